//! Statements that a server has not carried out.

use diesel::result::{DatabaseErrorKind as Kind, Error as DieselError};

use crate::dialect::Violation;

/// A statement that a server has not carried out, and what its answer tells besides its words.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What it means.
    pub(crate) violation: Violation,
    /// What has become of the connection.
    pub(crate) aftermath: Aftermath,
    /// The constraint that is violated, if the server names one.
    pub(crate) constraint: Option<Constraint>,
    /// What the log shows, and the application's own code gets.
    pub(crate) cause: DieselError,
}

/// What has become of a connection on which a statement has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aftermath {
    /// It goes on as before.
    Open,
    /// What it knows of the tables is no longer true; the statement was not run, and would be on a new connection.
    #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "PostgreSQL alone says so"))]
    Outdated,
    /// It is gone.
    Gone,
}

/// The name of a constraint, with the table it belongs to where the server tells that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Constraint {
    pub(crate) schema: Option<String>,
    pub(crate) table: Option<String>,
    pub(crate) name: String,
}

/// A failure that is not the server's: of Diesel, or of whoever reads the rows.
impl From<DieselError> for Failure {
    fn from(cause: DieselError) -> Self {
        Self { violation: Violation::Failure, aftermath: Aftermath::Open, constraint: None, cause }
    }
}

/// What Diesel calls a refusal.
pub(crate) const fn kind(violation: &Violation) -> Kind {
    match violation {
        Violation::Unique(_) => Kind::UniqueViolation,
        Violation::ForeignKey => Kind::ForeignKeyViolation,
        Violation::NotNull(_) => Kind::NotNullViolation,
        Violation::Check(_) => Kind::CheckViolation,
        Violation::Busy | Violation::Contended => Kind::SerializationFailure,
        Violation::ReadOnly => Kind::ReadOnlyTransaction,
        Violation::Unreachable => Kind::ClosedConnection,
        _ => Kind::Unknown,
    }
}
