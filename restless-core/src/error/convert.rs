//! Errors of Diesel, as far as they mean something without knowing the statement.

use diesel::result::{ConnectionError, DatabaseErrorKind as Kind, Error as DieselError};

use super::{Error, ValidationErrors};

impl From<DieselError> for Error {
    /// A missing row is 404, a violated constraint 409 or 400, a lost connection 503, everything else 500.
    fn from(error: DieselError) -> Self {
        let refusal = match &error {
            DieselError::NotFound => Error::not_found("there is no such row"),
            DieselError::DatabaseError(Kind::Unknown, said) if is_locked(said.message()) => Error::contended(),
            DieselError::DatabaseError(kind, _) => by_kind(*kind),
            _ => return Error::internal(error),
        };
        refusal.with_cause(error)
    }
}

/// What the databases say when others have held for too long what a statement needs.
const LOCKED: [&str; 4] = [
    "canceling statement due to lock timeout",
    "Lock wait timeout exceeded",
    "database is locked",
    "database table is locked",
];

fn is_locked(message: &str) -> bool {
    LOCKED.iter().any(|start| message.starts_with(start))
}

fn by_kind(kind: Kind) -> Error {
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

impl From<ValidationErrors> for Error {
    /// 400 with everything that is wrong in its detail. A function that `validate` names gives an error for each attribute.
    fn from(errors: ValidationErrors) -> Self {
        Error::bad_request(errors.to_string()).with_title("Validation error").of_validation()
    }
}

#[cfg(feature = "validator")]
impl From<validator::ValidationErrors> for Error {
    fn from(errors: validator::ValidationErrors) -> Self {
        ValidationErrors::from(errors).into()
    }
}

#[cfg(feature = "garde")]
impl From<garde::Report> for Error {
    fn from(report: garde::Report) -> Self {
        ValidationErrors::from(report).into()
    }
}
