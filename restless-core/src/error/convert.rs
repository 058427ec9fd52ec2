//! Errors of Diesel, as far as they mean something without knowing the statement.

use diesel::result::{ConnectionError, DatabaseErrorKind, Error as DieselError};

use super::Error;

impl From<DieselError> for Error {
    /// A missing row is 404, a violated constraint 409 or 400, a lost connection 503, everything else 500.
    fn from(error: DieselError) -> Self {
        let refusal = match &error {
            DieselError::NotFound => Error::not_found("there is no such row"),
            DieselError::DatabaseError(kind, _) => by_kind(*kind),
            _ => return Error::internal(error),
        };
        refusal.with_cause(error)
    }
}

fn by_kind(kind: DatabaseErrorKind) -> Error {
    use DatabaseErrorKind as Kind;
    match kind {
        Kind::UniqueViolation | Kind::ExclusionViolation => Error::conflict("another resource has this value already"),
        Kind::ForeignKeyViolation | Kind::RestrictViolation => {
            Error::conflict("another resource is missing, or depends on this one")
        }
        Kind::NotNullViolation => Error::bad_request("a value must not be null"),
        Kind::CheckViolation => Error::bad_request("a value is not allowed"),
        Kind::SerializationFailure => Error::conflict("another request changed the same rows; try again"),
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
    /// Whatever the application's own code runs into is the server's fault: 500.
    fn from(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Error::internal(error)
    }
}
