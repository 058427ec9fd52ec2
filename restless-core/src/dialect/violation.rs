//! What a database refuses, without the database's words.

/// Why a database refused a statement. Columns are those of the statement's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// Another row has these values already.
    Unique(Vec<String>),
    /// A row that is referred to does not exist, or one that others refer to would go away.
    ForeignKey,
    /// A column must have a value.
    NotNull(Option<String>),
    /// A check refuses a value; the columns are those that the check may be about.
    Check(Vec<String>),
    /// A value is not of the column's type or lies outside its range.
    Type(Option<String>),
    /// An operator or a function cannot take what it is given: a malformed full-text query, a pattern that is too complex.
    Argument,
    /// A trigger or a rule of the database refuses the change.
    Refused,
    /// Another statement holds what this one needs.
    Busy,
    /// Another transaction was in the way; this one has been taken back, and might succeed if it is tried again.
    Contended,
    /// The statement took longer than it may.
    TimedOut,
    /// Somebody has asked the database to stop the statement.
    Cancelled,
    /// The database takes no changes at the moment.
    ReadOnly,
    /// The connection is gone.
    Unreachable,
    /// The statement or the database is broken: nothing that a client could mend.
    Failure,
}
