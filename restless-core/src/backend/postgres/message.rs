//! What PostgreSQL's refusals mean.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind};

use crate::dialect::Violation;

type Information<'a> = &'a (dyn DatabaseErrorInformation + Send + Sync);

/// What the refusal means.
pub(super) fn violation(kind: DatabaseErrorKind, information: Information<'_>) -> Violation {
    match kind {
        DatabaseErrorKind::UniqueViolation => Violation::Unique(key(information)),
        DatabaseErrorKind::ExclusionViolation => Violation::Unique(key(information)),
        DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => Violation::ForeignKey,
        DatabaseErrorKind::NotNullViolation => Violation::NotNull(information.column_name().map(str::to_owned)),
        DatabaseErrorKind::CheckViolation => Violation::Check(Vec::new()),
        DatabaseErrorKind::SerializationFailure => Violation::Contended,
        DatabaseErrorKind::ReadOnlyTransaction => Violation::Failure,
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => Violation::Unreachable,
        _ => Violation::Failure,
    }
}

/// The columns in `Key (name, age)=(Ann, 3) already exists.`
fn key(information: Information<'_>) -> Vec<String> {
    let details = information.details().unwrap_or_default();
    let list = details.strip_prefix("Key (").and_then(|rest| rest.split_once(")=("));
    let columns = list.map(|(columns, _)| columns).unwrap_or_default().split(", ");
    columns.filter(|column| !column.is_empty()).map(|column| column.trim_matches('"').to_owned()).collect()
}
