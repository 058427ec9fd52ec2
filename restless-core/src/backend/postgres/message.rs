//! What PostgreSQL's refusals mean. Diesel keeps the SQLSTATE of some of them as their kind; of the others there is the
//! message, in English if the server lets its language be chosen.

use diesel::result::DatabaseErrorKind;

use crate::backend::server::Information;
use crate::dialect::Violation;

/// Parts of what PostgreSQL says when a value is not one of the column's type (class 22 of SQLSTATE), or is no question to
/// ask of a text.
const TYPES: [&str; 12] = [
    "out of range",
    "value too long for type",
    "invalid input ",
    "numeric field overflow",
    "invalid byte sequence for encoding",
    "null character not permitted",
    "unsupported Unicode escape sequence",
    "cannot be converted to text",
    "value overflows numeric format",
    "invalid memory alloc request size",
    "requested length too large",
    "string is too long",
];

/// What it says when an operator or a function cannot take what it is given (42601 of `to_tsquery`, 2201B, 22025, 22012,
/// 54001, 42883).
const ARGUMENTS: [&str; 8] = [
    "tsquery",
    "distance in phrase operator",
    "invalid regular expression",
    "LIKE pattern",
    "division by zero",
    "stack depth limit exceeded",
    "could not identify an",
    "operator does not exist",
];

/// What it says when others are in the way (40P01, 40001).
const CONTENTION: [&str; 2] = ["deadlock detected", "could not serialize access"];

/// What it says when it takes the connection away (class 57).
const ENDS: [&str; 4] = ["terminating connection", "the database system is", "connection ", "server closed"];

/// What it says when it does not run a statement, since what the connection knows is no longer true (0A000, 26000).
const OUTDATED: [&str; 2] = ["cached plan must not change", "prepared statement \""];

/// What it says when the fault is the server's or the schema's (classes 25, 42, 53, 58).
const FAILURES: [&str; 13] = [
    "relation \"",
    "column ",
    "permission denied",
    "must be owner",
    "syntax error",
    "function ",
    "type \"",
    "schema \"",
    "current transaction is aborted",
    "out of memory",
    "could not extend",
    "could not write",
    "no space left",
];

/// What the refusal means.
pub(super) fn violation(kind: DatabaseErrorKind, information: Information<'_>) -> Violation {
    match kind {
        DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ExclusionViolation => {
            Violation::Unique(key(information.details().unwrap_or_default()))
        }
        DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => Violation::ForeignKey,
        DatabaseErrorKind::NotNullViolation => Violation::NotNull(information.column_name().map(str::to_owned)),
        DatabaseErrorKind::CheckViolation => Violation::Check(Vec::new()),
        DatabaseErrorKind::SerializationFailure => Violation::Contended,
        DatabaseErrorKind::ReadOnlyTransaction => Violation::ReadOnly,
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => Violation::Unreachable,
        _ => by_message(information),
    }
}

fn by_message(information: Information<'_>) -> Violation {
    let message = information.message();
    let starts_with = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    if ARGUMENTS.iter().any(|part| message.contains(part)) {
        Violation::Argument
    } else if TYPES.iter().any(|part| message.contains(part)) {
        Violation::Type(information.column_name().map(str::to_owned))
    } else if starts_with(&CONTENTION) {
        Violation::Contended
    } else if message.starts_with("canceling statement due to lock") || message.starts_with("could not obtain lock") {
        Violation::Busy
    } else if message == "canceling statement due to user request" {
        Violation::Cancelled
    } else if message.starts_with("canceling statement") {
        Violation::TimedOut
    } else if starts_with(&ENDS) || is_outdated(message) {
        Violation::Unreachable
    } else if starts_with(&FAILURES) {
        Violation::Failure
    } else {
        Violation::Refused
    }
}

/// Whether the statement was not run, and would be on a new connection.
pub(super) fn is_outdated(message: &str) -> bool {
    OUTDATED.iter().any(|start| message.starts_with(start))
}

/// The columns in `Key (name, age)=(Ann, 3) already exists.`, and the words of what an index has in their place.
fn key(details: &str) -> Vec<String> {
    let list = details.strip_prefix("Key (").and_then(|rest| rest.split_once(")=("));
    let list = list.map(|(columns, _)| columns).unwrap_or_default();
    let words = list.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_columns_of_a_key() {
        assert_eq!(key("Key (name, age)=(Ann, 3) already exists."), ["name", "age"]);
        assert_eq!(key("Key (lower(name))=(ann) already exists."), ["lower", "name"]);
        assert_eq!(key("Key (name)=()=() already exists."), ["name"]);
        assert_eq!(key(""), [""; 0]);
    }

    #[test]
    fn tells_a_trigger_from_a_failure() {
        let of = |message: &str| {
            let information: Box<dyn diesel::result::DatabaseErrorInformation + Send + Sync> =
                Box::new(message.to_owned());
            violation(DatabaseErrorKind::Unknown, information.as_ref())
        };
        assert_eq!(of("minors may not vote"), Violation::Refused);
        assert_eq!(of("relation \"person\" does not exist"), Violation::Failure);
        assert_eq!(of("deadlock detected"), Violation::Contended);
        assert_eq!(of("integer out of range"), Violation::Type(None));
        assert_eq!(of("syntax error in tsquery: \"a &\""), Violation::Argument);
        assert_eq!(of("invalid regular expression: brackets [] not balanced"), Violation::Argument);
        assert_eq!(of("canceling statement due to statement timeout"), Violation::TimedOut);
        assert_eq!(of("canceling statement due to user request"), Violation::Cancelled);
        assert_eq!(of("terminating connection due to administrator command"), Violation::Unreachable);
    }
}
