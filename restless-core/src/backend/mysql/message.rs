//! What the refusals of MySQL and MariaDB mean. Diesel keeps the number of some of them as their kind; of the others
//! there is the message, in English since the connection asks for it.

use diesel::result::DatabaseErrorKind;

use crate::backend::server::Information;
use crate::dialect::Violation;
use crate::error::is_read_only;

/// The beginnings of what they say when a value is not one of the column's type (1264, 1265, 1292, 1366, 1406, …).
const TYPES: [&str; 11] = [
    "Out of range value",
    "Data too long",
    "Data truncated",
    "Incorrect ",
    "Truncated incorrect",
    "Illegal ",
    "Invalid JSON text",
    "BIGINT ",
    "DOUBLE value is out of range",
    "Cannot convert",
    "Got a packet bigger than",
];

/// When others are in the way (1213, 1020, 1615).
const CONTENTION: [&str; 3] = ["Deadlock found", "Record has changed since", "Prepared statement needs to be"];

/// When the connection is gone, or about to go (1053, 1927, 2006, 2013). A statement that is stopped is 1317.
const ENDS: [&str; 8] = [
    "Input/output error",
    "Driver error",
    "Other error",
    "Server shutdown",
    "Connection was killed",
    "MySQL server has gone away",
    "Lost connection",
    "Normal shutdown",
];

/// When the fault is the server's or the schema's (1046, 1049, 1054, 1064, 1142, 1146, 1290, …).
const FAILURES: [&str; 15] = [
    "Table '",
    "Unknown ",
    "You have an error in your SQL",
    "Access denied",
    "The table '",
    "The MariaDB server is running",
    "The MySQL server is running",
    "Got error",
    "Can't ",
    "No database selected",
    "INSERT command denied",
    "UPDATE command denied",
    "DELETE command denied",
    "SELECT command denied",
    "FUNCTION ",
];

/// When there are as many connections as it takes in all, or from this user (1040, 1203, 1226).
const FULL: [&str; 3] = ["Too many connections", "max_user_connections", "has exceeded the 'max_"];

/// Whether a connection is refused since there are too many.
pub(super) fn is_full(reason: &str) -> bool {
    FULL.iter().any(|words| reason.contains(words))
}

/// What the refusal means.
pub(super) fn violation(kind: DatabaseErrorKind, information: Information<'_>) -> Violation {
    let message = information.message();
    match kind {
        DatabaseErrorKind::UniqueViolation => Violation::Unique(Vec::new()),
        DatabaseErrorKind::ForeignKeyViolation => Violation::ForeignKey,
        DatabaseErrorKind::NotNullViolation => Violation::NotNull(quoted(message).map(str::to_owned)),
        DatabaseErrorKind::CheckViolation => Violation::Check(Vec::new()),
        DatabaseErrorKind::ReadOnlyTransaction => Violation::ReadOnly,
        DatabaseErrorKind::SerializationFailure => Violation::Contended,
        DatabaseErrorKind::ClosedConnection => Violation::Unreachable,
        _ => by_message(message),
    }
}

fn by_message(message: &str) -> Violation {
    let starts_with = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    if message.contains("regular expression") || (starts_with(&["Got error"]) && message.contains("from regexp")) {
        Violation::Argument
    } else if starts_with(&TYPES) {
        Violation::Type(column(message))
    } else if message.starts_with("CONSTRAINT `") {
        Violation::Check(Vec::new())
    } else if starts_with(&CONTENTION) {
        Violation::Contended
    } else if message.starts_with("Lock wait timeout") {
        Violation::Busy
    } else if message.contains("max_statement_time exceeded") || message.contains("maximum statement execution time") {
        Violation::TimedOut
    } else if message.starts_with("Query execution was interrupted") {
        Violation::Cancelled
    } else if starts_with(&ENDS) {
        Violation::Unreachable
    } else if is_read_only(message) {
        Violation::ReadOnly
    } else if starts_with(&FAILURES) || message.ends_with("doesn't exist") {
        Violation::Failure
    } else {
        Violation::Refused
    }
}

/// The column in `Out of range value for column 'age' at row 1` and ``… for column `db`.`person`.`age` at row 1``. What
/// the client sent stands before it.
fn column(message: &str) -> Option<String> {
    let (_, rest) = message.rsplit_once("for column ")?;
    let name = rest.split(" at row").next()?;
    let last = name.rsplit("`.`").next()?;
    Some(last.trim_matches(['`', '\'']).to_owned())
}

/// The first name in quotes: `Column 'name' cannot be null`.
fn quoted(message: &str) -> Option<&str> {
    message.split('\'').nth(1)
}

/// The constraint in `Duplicate entry 'Ann' for key 'person.name'`, ``CONSTRAINT `adult` failed for `db`.`person` `` and
/// `Check constraint 'adult' is violated.`
pub(super) fn constraint(message: &str) -> Option<&str> {
    if let Some(rest) = message.strip_prefix("CONSTRAINT `") {
        return rest.split("` failed for").next();
    }
    if let Some(rest) = message.strip_prefix("Check constraint '") {
        return rest.split('\'').next();
    }
    let (_, key) = message.rsplit_once(" for key '")?;
    let key = key.trim_end_matches('\'');
    Some(key.rsplit_once('.').map_or(key, |(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_column_that_a_value_is_too_great_for() {
        assert_eq!(column("Out of range value for column 'age' at row 1").as_deref(), Some("age"));
        let message = "Incorrect integer value: 'for column `x`' for column `db`.`person`.`age` at row 1";
        assert_eq!(column(message).as_deref(), Some("age"));
    }

    #[test]
    fn finds_the_constraint_in_the_words_of_either() {
        assert_eq!(constraint("Duplicate entry 'Ann' for key 'name'"), Some("name"));
        assert_eq!(constraint("Duplicate entry ' for key 'x'' for key 'person.name'"), Some("name"));
        assert_eq!(constraint("CONSTRAINT `adult` failed for `db`.`person`"), Some("adult"));
        assert_eq!(constraint("CONSTRAINT `person.age` failed for `db`.`person`"), Some("person.age"));
        assert_eq!(constraint("Check constraint 'adult' is violated."), Some("adult"));
    }

    #[test]
    fn tells_a_trigger_from_a_failure() {
        assert_eq!(by_message("minors may not vote"), Violation::Refused);
        assert_eq!(by_message("Table 'db.person' doesn't exist"), Violation::Failure);
        let running =
            |option: &str| format!("The MariaDB server is running with the {option} option so it cannot execute");
        assert_eq!(by_message(&running("--read-only")), Violation::ReadOnly);
        assert_eq!(by_message(&running("--secure-file-priv")), Violation::Failure);
        assert_eq!(
            by_message("Deadlock found when trying to get lock; try restarting transaction"),
            Violation::Contended
        );
        assert_eq!(by_message("Driver error: `Connection to the server is closed.'"), Violation::Unreachable);
    }
}
