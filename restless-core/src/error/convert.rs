//! Errors of Diesel, as far as they mean something without knowing the statement.

use diesel::result::{ConnectionError, DatabaseErrorKind as Kind, Error as DieselError};

use super::{Error, Errors, ValidationErrors};

impl From<DieselError> for Error {
    /// A missing row is 404, a violated constraint 409 or 400, a lost connection 503, everything else 500.
    fn from(error: DieselError) -> Self {
        let refusal = match &error {
            DieselError::NotFound => Error::not_found("there is no such row"),
            DieselError::DatabaseError(Kind::Unknown, said) if begins(said.message(), &CONTENDED) => Error::contended(),
            DieselError::DatabaseError(Kind::Unknown, said) if is_read_only(said.message()) => {
                Error::read_only_database()
            }
            DieselError::DatabaseError(kind, _) => by_kind(*kind),
            _ => return Error::internal(error),
        };
        refusal.with_cause(error)
    }
}

/// What SQLite says when others have held for too long what a statement needs. Servers are told by numbers, which the kind
/// stands for here.
const CONTENDED: [&str; 2] = ["database is locked", "database table is locked"];

fn begins(message: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| message.starts_with(start))
}

/// Whether SQLite takes no changes.
pub(crate) fn is_read_only(message: &str) -> bool {
    message.starts_with("attempt to write a readonly database")
}

fn by_kind(kind: Kind) -> Error {
    match kind {
        Kind::UniqueViolation | Kind::ExclusionViolation => Error::conflict("another resource has this value already"),
        Kind::ForeignKeyViolation | Kind::RestrictViolation => {
            Error::conflict("another resource is missing, or depends on this one")
        }
        Kind::NotNullViolation => Error::bad_request("a value must not be null"),
        Kind::CheckViolation => Error::bad_request("a value is not allowed"),
        Kind::SerializationFailure => Error::contended(),
        Kind::ReadOnlyTransaction => Error::read_only_database(),
        Kind::ClosedConnection => Error::service_unavailable("the database cannot be reached at the moment"),
        _ => Error::internal("the database failed"),
    }
}

impl From<ConnectionError> for Error {
    fn from(error: ConnectionError) -> Self {
        Error::unreachable_database(error)
    }
}

impl From<Box<dyn std::error::Error + Send + Sync>> for Error {
    /// Whatever the application's own code runs into is the server's fault: 500, unless it is an error of another type here.
    fn from(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        let error = match error.downcast::<DieselError>() {
            Ok(error) => return (*error).into(),
            Err(error) => error,
        };
        match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(error) => Error::internal(error),
        }
    }
}

impl From<ValidationErrors> for Errors {
    /// One for each message, 400 with the title "Validation error". Where a processor gives them before a write, each has the
    /// pointer of its attribute.
    fn from(found: ValidationErrors) -> Self {
        let mut errors = found.iter().map(|(attribute, message)| Error::invalid(attribute, message));
        let first = errors.next().unwrap_or_else(|| Error::bad_request("it is invalid").with_title("Validation error"));
        let mut all = Errors::from(first);
        errors.for_each(|error| all.push(error));
        all
    }
}

/// What becomes errors by way of another type, and an error by way of all of them.
macro_rules! become_errors {
    ($($(#[$feature:meta])? $found:ty => $way:ty;)*) => {$(
        $(#[$feature])?
        impl From<$found> for Errors {
            fn from(found: $found) -> Self {
                <$way>::from(found).into()
            }
        }
    )*};
}

become_errors! {
    DieselError => Error;
    ConnectionError => Error;
    Box<dyn std::error::Error + Send + Sync> => Error;
    #[cfg(feature = "validator")]
    validator::ValidationErrors => ValidationErrors;
    #[cfg(feature = "garde")]
    garde::Report => ValidationErrors;
}

impl From<ValidationErrors> for Error {
    /// An error that stands for one for each message, as [`Errors`] has them.
    fn from(found: ValidationErrors) -> Self {
        Errors::from(found).into()
    }
}

#[cfg(feature = "validator")]
impl From<validator::ValidationErrors> for Error {
    fn from(found: validator::ValidationErrors) -> Self {
        Errors::from(found).into()
    }
}

#[cfg(feature = "garde")]
impl From<garde::Report> for Error {
    fn from(found: garde::Report) -> Self {
        Errors::from(found).into()
    }
}
