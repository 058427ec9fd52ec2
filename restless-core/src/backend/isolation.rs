//! How much transactions see of each other.

/// The isolation of transactions (SQL:2016, part 2, section 4.41.4), for
/// [`DatabaseBuilder::isolation`](crate::DatabaseBuilder::isolation).
///
/// SQLite has one writer and is always serializable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isolation {
    /// A statement sees what was committed before it began.
    ReadCommitted,
    /// A transaction sees what was committed before its first statement.
    RepeatableRead,
    /// Transactions have the effect that they would have one after the other. The database may refuse one that would
    /// not; restless tries it again, and answers with 409 if that fails too.
    Serializable,
}

impl Isolation {
    /// Its name in SQL.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        }
    }
}
