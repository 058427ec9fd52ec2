//! SQLite's error messages, the only place where it names the columns of a violated constraint.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::bound::STOPPED;
use crate::backend::Refused;
use crate::dialect::Violation;
use crate::error::is_read_only;

/// What it says when a value is not one of its column's type, or none of SQLite's at all.
const TYPES: [&str; 3] = ["datatype mismatch", "string or blob too big", "integer overflow"];

/// What SQLite says when the fault is the server's, by the beginning of its message.
const FAILURES: [&str; 13] = [
    "no such ",
    "near ",
    "disk I/O error",
    "database or disk is full",
    "out of memory",
    "database disk image is malformed",
    "file is not a database",
    "unable to open database",
    "SQL logic error",
    "bad parameter",
    "too many ",
    "ambiguous ",
    "table ",
];

/// Whether the file itself has failed.
pub(super) fn is_of_the_disk(message: &str) -> bool {
    ["disk I/O error", "database disk image is malformed"].iter().any(|start| message.starts_with(start))
}

/// A failed statement, with what its failure means.
pub(super) fn refused(cause: DieselError) -> Refused {
    let violation = match &cause {
        DieselError::DatabaseError(kind, information) => violation(*kind, information.message()),
        _ => Violation::Failure,
    };
    Refused { violation, cause }
}

/// What the refusal means.
fn violation(kind: DatabaseErrorKind, message: &str) -> Violation {
    match kind {
        DatabaseErrorKind::UniqueViolation => Violation::Unique(columns(message)),
        DatabaseErrorKind::ForeignKeyViolation => Violation::ForeignKey,
        DatabaseErrorKind::NotNullViolation => Violation::NotNull(columns(message).pop()),
        DatabaseErrorKind::CheckViolation => Violation::Check(words(after_colon(message))),
        _ => by_message(message),
    }
}

fn by_message(message: &str) -> Violation {
    if message.contains("is locked") || message.contains("is busy") {
        Violation::Busy
    } else if message == STOPPED {
        Violation::TimedOut
    } else if message.starts_with("cannot store ") {
        Violation::Type(columns(message).pop())
    } else if TYPES.iter().any(|start| message.starts_with(start)) {
        Violation::Type(None)
    } else if message.contains("pattern too complex") || message.contains("regular expression") {
        Violation::Argument
    } else if is_read_only(message) {
        Violation::ReadOnly
    } else if FAILURES.iter().any(|start| message.starts_with(start)) {
        Violation::Failure
    } else {
        Violation::Refused
    }
}

/// The columns in `UNIQUE constraint failed: person.name, person.age` and
/// `cannot store TEXT value in INTEGER column person.age`.
fn columns(message: &str) -> Vec<String> {
    let list = message.split_once(": ").map(|(_, list)| list);
    let list = list.or_else(|| message.rsplit_once(' ').map(|(_, last)| last)).unwrap_or_default();
    let names = list.split(", ").filter_map(|name| name.rsplit_once('.'));
    names.map(|(_, column)| column.to_owned()).collect()
}

fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or("", |(_, text)| text)
}

/// The name in `CHECK constraint failed: adult` and `UNIQUE constraint failed: index 'lower_name'`, if it is one.
pub(super) fn constraint(message: &str) -> Option<&str> {
    let name = after_colon(message);
    let name = name.strip_prefix("index '").map_or(name, |rest| rest.trim_end_matches('\''));
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// The words of a check's name or expression, among which are the columns that it is about.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_columns_of_a_composite_key() {
        let found = violation(DatabaseErrorKind::UniqueViolation, "UNIQUE constraint failed: person.name, person.age");
        assert_eq!(found, Violation::Unique(vec!["name".to_owned(), "age".to_owned()]));
    }

    #[test]
    fn tells_a_trigger_from_a_failure() {
        assert_eq!(violation(DatabaseErrorKind::Unknown, "minors may not vote"), Violation::Refused);
        assert_eq!(violation(DatabaseErrorKind::Unknown, "no such table: person"), Violation::Failure);
        assert_eq!(violation(DatabaseErrorKind::Unknown, "database is locked"), Violation::Busy);
        let told = violation(DatabaseErrorKind::Unknown, "attempt to write a readonly database");
        assert_eq!(told, Violation::ReadOnly);
        assert_eq!(violation(DatabaseErrorKind::Unknown, STOPPED), Violation::TimedOut);
        assert_eq!(violation(DatabaseErrorKind::Unknown, "integer overflow"), Violation::Type(None));
        assert_eq!(violation(DatabaseErrorKind::Unknown, "LIKE or GLOB pattern too complex"), Violation::Argument);
    }
}
