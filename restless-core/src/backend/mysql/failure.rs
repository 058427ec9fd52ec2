//! What the refusals of MySQL and MariaDB mean, by their numbers, and by the SQLSTATE where a trigger has chosen one. Of the
//! words only names are read, which are the same in every language.

use diesel::result::{DatabaseErrorKind as Kind, Error as DieselError};
use mysql_async::{Error, ServerError};

use crate::backend::server::{Aftermath, Constraint, Failure, kind};
use crate::dialect::Violation;

/// What `SIGNAL` has for a number unless it says another one.
const SIGNAL: u16 = 1644;

/// There are as many connections as the server takes in all, or from this user.
const FULL: [u16; 3] = [1040, 1203, 1226];

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Server(answer) => answered(answer),
            error => Self {
                violation: Violation::Unreachable,
                aftermath: Aftermath::Gone,
                constraint: None,
                cause: DieselError::DatabaseError(Kind::ClosedConnection, Box::new(error.to_string())),
            },
        }
    }
}

/// A failure of a statement that was not even prepared, so that none of its values is to blame.
pub(super) fn unprepared(error: Error) -> Failure {
    let failure = Failure::from(error);
    match failure.violation {
        Violation::Argument => Failure { violation: Violation::Failure, ..failure },
        _ => failure,
    }
}

/// Whether a connection is refused since there are too many.
pub(super) fn is_full(error: &Error) -> bool {
    matches!(error, Error::Server(answer) if FULL.contains(&answer.code))
}

fn answered(answer: ServerError) -> Failure {
    let violation = violation(&answer);
    let aftermath = match answer.code {
        1053 | 1077..=1080 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 => Aftermath::Gone,
        _ => Aftermath::Open,
    };
    let name = match violation {
        Violation::Unique(_) => last_name(&answer.message).map(|(name, _)| name),
        Violation::Check(_) => first_name(&answer.message),
        _ => None,
    };
    // Some versions have the table before it.
    let name = name.map(|name| name.rsplit_once('.').map_or(name, |(_, own)| own).to_owned());
    let constraint = name.map(|name| Constraint { schema: None, table: None, name });
    let cause = DieselError::DatabaseError(kind(&violation), Box::new(answer.message));
    Failure { violation, aftermath, constraint, cause }
}

/// What a number means (MySQL's "Server Error Message Reference", MariaDB's "Error Codes").
fn violation(answer: &ServerError) -> Violation {
    match answer.code {
        1022 | 1062 | 1169 | 1586 | 1859 => Violation::Unique(Vec::new()),
        1216 | 1217 | 1451 | 1452 | 1830 | 1834 => Violation::ForeignKey,
        1048 | 1364 => Violation::NotNull(first_name(&answer.message).map(str::to_owned)),
        3819 | 4025 => Violation::Check(Vec::new()),
        // Regular expressions, full-text queries, and what cannot be divided.
        1064 | 1139 | 1365 | 3684..=3700 | 3887 => Violation::Argument,
        1153
        | 1264..=1267
        | 1271
        | 1292
        | 1300
        | 1366
        | 1367
        | 1406
        | 1411
        | 1441
        | 1690
        | 1977
        | 3140..=3158
        | 3854
        | 4035..=4044 => Violation::Type(column(&answer.message)),
        1020 | 1213 | 1615 => Violation::Contended,
        1205 | 3572 => Violation::Busy,
        1969 | 3024 => Violation::TimedOut,
        1317 => Violation::Cancelled,
        1290 | 1792 | 1836 => Violation::ReadOnly,
        1053 | 1077..=1080 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 => Violation::Unreachable,
        1004..=1041 | 1105 | 1114 | 1194 | 1195 | 1356 | 1442 | 1449 | 1815 => Violation::Failure,
        _ => by_state(answer),
    }
}

/// What a SQLSTATE means.
fn by_state(answer: &ServerError) -> Violation {
    match (answer.state.as_str(), answer.state.get(..2).unwrap_or_default()) {
        ("40001", _) => Violation::Contended,
        ("25006", _) => Violation::ReadOnly,
        ("22012", _) => Violation::Argument,
        (_, "22") => Violation::Type(column(&answer.message)),
        (_, "08") => Violation::Unreachable,
        (_, "28" | "3D" | "42") if answer.code != SIGNAL => Violation::Failure,
        _ => Violation::Refused,
    }
}

/// The column in `Out of range value for column 'age' at row 1` and ``… for column `db`.`person`.`age` at row 1``. What
/// the client sent stands before it; only behind columns there is the number of a row.
fn column(message: &str) -> Option<String> {
    let (name, rest) = last_name(message)?;
    rest.ends_with(|letter: char| letter.is_ascii_digit()).then(|| name.to_owned())
}

/// The last name in quotes, and what follows it.
fn last_name(message: &str) -> Option<(&str, &str)> {
    let (before, rest) = message.rsplit_once(QUOTES)?;
    let (_, name) = before.rsplit_once(QUOTES)?;
    Some((name, rest))
}

/// The first name in quotes.
fn first_name(message: &str) -> Option<&str> {
    message.split(QUOTES).nth(1)
}

const QUOTES: [char; 2] = ['\'', '`'];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: u16, state: &str, message: &str) -> Failure {
        Error::Server(ServerError { code, state: state.to_owned(), message: message.to_owned() }).into()
    }

    #[test]
    fn finds_the_column_that_a_value_is_too_great_for() {
        for (message, name) in [
            ("Out of range value for column 'age' at row 1", Some("age")),
            ("Außerhalb gültigen Wertebereichs für Feld 'age' in Zeile 1", Some("age")),
            ("Incorrect integer value: 'for column `x`' for column `db`.`person`.`age` at row 1", Some("age")),
            ("Truncated incorrect DOUBLE value: 'age'", None),
        ] {
            assert_eq!(of(1264, "22003", message).violation, Violation::Type(name.map(str::to_owned)), "{message}");
        }
        let missing = of(1048, "23000", "Feld 'name' darf nicht NULL sein");
        assert_eq!(missing.violation, Violation::NotNull(Some("name".to_owned())));
    }

    #[test]
    fn finds_the_constraint_in_the_words_of_either() {
        for (code, message, name) in [
            (1062, "Duplicate entry 'Ann' for key 'name'", "name"),
            (1062, "Duplicate entry ' for key 'x'' for key 'person.name'", "name"),
            (1062, "Doppelter Eintrag 'Ann' für Schlüssel 'name'", "name"),
            (4025, "CONSTRAINT `adult` failed for `db`.`person`", "adult"),
            (4025, "CONSTRAINT `person.age` failed for `db`.`person`", "age"),
            (3819, "Check constraint 'adult' is violated.", "adult"),
        ] {
            let found = of(code, "23000", message).constraint.map(|constraint| constraint.name);
            assert_eq!(found.as_deref(), Some(name), "{message}");
        }
    }

    #[test]
    fn tells_a_trigger_from_a_failure_whatever_it_says() {
        for message in ["Table 'db.person' doesn't exist", "Lost connection", "Deadlock found", "minors may not vote"] {
            assert_eq!(of(SIGNAL, "45000", message).violation, Violation::Refused, "{message}");
            assert_eq!(of(1146, "42S02", message).violation, Violation::Failure, "{message}");
            assert_eq!(of(1213, "40001", message).violation, Violation::Contended, "{message}");
            assert_eq!(of(SIGNAL, "40001", message).violation, Violation::Contended, "{message}");
            assert_eq!(of(1927, "70100", message).aftermath, Aftermath::Gone, "{message}");
        }
    }
}
