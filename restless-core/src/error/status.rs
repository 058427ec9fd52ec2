//! HTTP statuses of errors.

/// The HTTP status of an error (RFC 9110, section 15): 400 to 599.
///
/// ```
/// use restless_core::Status;
/// assert_eq!(Status::NOT_FOUND.code(), 404);
/// assert_eq!(Status::from_code(418).map(Status::code), Some(418));
/// assert_eq!(Status::from_code(200), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status(u16);

macro_rules! statuses {
    ($($name:ident = $code:literal $title:literal;)*) => {
        impl Status {
            $(
                #[doc = concat!("`", $code, " ", $title, "`.")]
                pub const $name: Status = Status($code);
            )*

            /// The name that RFC 9110 gives the status.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self.0 {
                    $($code => $title,)*
                    400..=499 => "Client Error",
                    _ => "Server Error",
                }
            }
        }
    };
}

statuses! {
    BAD_REQUEST = 400 "Bad Request";
    UNAUTHORIZED = 401 "Unauthorized";
    FORBIDDEN = 403 "Forbidden";
    NOT_FOUND = 404 "Not Found";
    METHOD_NOT_ALLOWED = 405 "Method Not Allowed";
    NOT_ACCEPTABLE = 406 "Not Acceptable";
    REQUEST_TIMEOUT = 408 "Request Timeout";
    CONFLICT = 409 "Conflict";
    GONE = 410 "Gone";
    PRECONDITION_FAILED = 412 "Precondition Failed";
    CONTENT_TOO_LARGE = 413 "Content Too Large";
    UNSUPPORTED_MEDIA_TYPE = 415 "Unsupported Media Type";
    UNPROCESSABLE_CONTENT = 422 "Unprocessable Content";
    TOO_MANY_REQUESTS = 429 "Too Many Requests";
    INTERNAL_SERVER_ERROR = 500 "Internal Server Error";
    SERVICE_UNAVAILABLE = 503 "Service Unavailable";
}

impl Status {
    /// The status with that code, if it is one of an error.
    #[must_use]
    pub const fn from_code(code: u16) -> Option<Status> {
        if code >= 400 && code <= 599 { Some(Status(code)) } else { None }
    }

    /// The number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// Whether the server is at fault.
    #[must_use]
    pub const fn is_server_error(self) -> bool {
        self.0 >= 500
    }
}
