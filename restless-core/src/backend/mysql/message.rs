//! What the refusals of MySQL and MariaDB mean. Diesel keeps of them the message, whose language is set to English.

use diesel::result::DatabaseErrorKind;

use crate::dialect::Violation;

/// What the refusal means.
pub(super) fn violation(kind: DatabaseErrorKind, _message: &str) -> Violation {
    match kind {
        DatabaseErrorKind::UniqueViolation => Violation::Unique(Vec::new()),
        DatabaseErrorKind::ForeignKeyViolation => Violation::ForeignKey,
        DatabaseErrorKind::NotNullViolation => Violation::NotNull(None),
        DatabaseErrorKind::CheckViolation => Violation::Check(Vec::new()),
        DatabaseErrorKind::SerializationFailure => Violation::Contended,
        DatabaseErrorKind::ClosedConnection => Violation::Unreachable,
        _ => Violation::Failure,
    }
}
