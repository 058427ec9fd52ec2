//! What PostgreSQL's refusals mean, by their SQLSTATE. Its words are in the language of the server and may be anybody's, such
//! as a trigger's; nothing here reads them.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind as Kind, Error as DieselError};
use tokio_postgres::error::{DbError, ErrorPosition, Severity};

use crate::backend::server::{Aftermath, Constraint, Failure, kind};
use crate::dialect::Violation;

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        let words = error.to_string();
        let answer = error.into_source().and_then(|source| source.downcast::<DbError>().ok());
        match answer {
            Some(answer) => answered(answer),
            // The driver gives up on connections whose bytes it cannot send or read.
            None => Self {
                violation: Violation::Unreachable,
                aftermath: Aftermath::Gone,
                constraint: None,
                cause: DieselError::DatabaseError(Kind::ClosedConnection, Box::new(words)),
            },
        }
    }
}

fn answered(answer: Box<DbError>) -> Failure {
    let aftermath = aftermath(&answer);
    let violation = if aftermath == Aftermath::Open { violation(&answer) } else { Violation::Unreachable };
    let kind = match answer.code().code() {
        "23P01" => Kind::ExclusionViolation,
        "23001" => Kind::RestrictViolation,
        _ => kind(&violation),
    };
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let constraint = answer.constraint().map(|name| Constraint {
        schema: owned(answer.schema()),
        table: owned(answer.table()),
        name: name.to_owned(),
    });
    Failure { violation, aftermath, constraint, cause: DieselError::DatabaseError(kind, Box::new(Answer(answer))) }
}

fn aftermath(answer: &DbError) -> Aftermath {
    match (answer.parsed_severity(), answer.code().code(), answer.routine()) {
        (Some(Severity::Fatal | Severity::Panic), ..) => Aftermath::Gone,
        (_, "26000", _) | (_, "0A000", Some("RevalidateCachedQuery")) => Aftermath::Outdated,
        _ => Aftermath::Open,
    }
}

/// What a SQLSTATE means (PostgreSQL's appendix A). A few stand for several things; those are told apart by where in the
/// server, or in the statement, they come from.
fn violation(answer: &DbError) -> Violation {
    match answer.code().code() {
        "23505" | "23P01" => Violation::Unique(Vec::new()),
        "23503" | "23001" => Violation::ForeignKey,
        "23502" => Violation::NotNull(answer.column().map(str::to_owned)),
        "23514" => Violation::Check(Vec::new()),
        "40001" | "40P01" => Violation::Contended,
        "55P03" => Violation::Busy,
        "25006" => Violation::ReadOnly,
        // Whether the time was over or somebody has asked for it, only the clock tells; see `PostgresDriver`.
        "57014" => Violation::TimedOut,
        // A mistake in SQL has a place there; one in a full-text query, which is a value, has none.
        "42601" if answer.position().is_none() => Violation::Argument,
        "42883" if answer.routine() != Some("ParseFuncOrColumn") && is_ours(answer) => Violation::Argument,
        // Privileges, other than policies and triggers, are the server's fault.
        "42501" if answer.routine() != Some("aclcheck_error") => Violation::Refused,
        // A sequence has come to its end, which no value of the client's is to blame for.
        "2200H" => Violation::Refused,
        "22012" | "22019" | "22023" | "22025" | "2201B" | "2201E" | "2201F" | "54001" => Violation::Argument,
        state => by_class(&state[..2], answer),
    }
}

fn by_class(class: &str, answer: &DbError) -> Violation {
    match class {
        "22" | "54" => Violation::Type(answer.column().map(str::to_owned)),
        "08" | "57" => Violation::Unreachable,
        "25" | "26" | "28" | "3D" | "3F" | "42" | "53" | "58" | "F0" | "HV" | "XX" => Violation::Failure,
        _ => Violation::Refused,
    }
}

/// Whether the fault is in the statement that was sent, not in the code of a function that it calls.
fn is_ours(answer: &DbError) -> bool {
    matches!(answer.position(), Some(ErrorPosition::Original(_)))
}

/// What PostgreSQL says, in Diesel's words.
struct Answer(Box<DbError>);

impl DatabaseErrorInformation for Answer {
    fn message(&self) -> &str {
        self.0.message()
    }

    fn details(&self) -> Option<&str> {
        self.0.detail()
    }

    fn hint(&self) -> Option<&str> {
        self.0.hint()
    }

    fn table_name(&self) -> Option<&str> {
        self.0.table()
    }

    fn column_name(&self) -> Option<&str> {
        self.0.column()
    }

    fn constraint_name(&self) -> Option<&str> {
        self.0.constraint()
    }

    fn statement_position(&self) -> Option<i32> {
        let (ErrorPosition::Original(position) | ErrorPosition::Internal { position, .. }) = self.0.position()?;
        i32::try_from(*position).ok()
    }
}
