//! The one interface through which operations reach a database.

use diesel::QueryResult;
use diesel::result::Error as DieselError;
use diesel::row::{Field as _, Row};

use super::DatabaseConnection;
use super::journal::{Counted, Entry};
use crate::dialect::{Dialect, TableName, Violation};
use crate::error::{Error, Errors};
use crate::statement::Statement;

/// How an operation uses the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// It reads one row by its key.
    ReadOne,
    /// It reads any number of rows.
    Read,
    /// It writes; all of it or nothing.
    Write,
}

/// Something to do within one session: one read, or one transaction.
pub(crate) trait Operation<DB: Dialect>: 'static {
    /// What comes of it.
    type Output: 'static;

    /// How it uses the database.
    fn access(&self) -> Access;

    /// The one row that it is about, if it writes one that there is.
    fn row(&self) -> Option<RowId<'_>> {
        None
    }

    /// A row that what it writes is to refer to, which the database keeps as it is until the transaction ends.
    fn referred(&self) -> Option<RowId<'_>> {
        None
    }

    /// Does it. An error takes back everything that was written. It may be done again, from the beginning, after the
    /// database has taken back a first attempt.
    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Self::Output, Errors>;
}

/// A row that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RowId<'a> {
    /// The address of the table's name: each table of a schema is one static.
    table: usize,
    id: &'a str,
}

impl<'a> RowId<'a> {
    /// The row of a table with that id.
    pub(crate) fn new(table: TableName, id: &'a str) -> Self {
        Self::of_table(table.address(), id)
    }

    /// The row with that id of the table whose name has that address.
    pub(super) const fn of_table(table: usize, id: &'a str) -> Self {
        Self { table, id }
    }
}

/// Takes the rows of a result, one after the other.
pub(crate) trait Visitor<DB: Dialect> {
    /// Reads one row.
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()>;
}

/// Runs a statement that tells one number.
pub(super) async fn count<S: Session + ?Sized, Q: Statement<S::Dialect>>(
    session: &S,
    statement: &Q,
) -> Result<u64, Refused> {
    let mut reader = CountReader::default();
    session.load(statement, &mut reader).await.map(|()| reader.0)
}

/// Reads a number.
#[derive(Default)]
struct CountReader(u64);

impl<DB: Dialect> Visitor<DB> for CountReader {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let field = row.get(0);
        let value = field.as_ref().and_then(|field| field.value());
        let number = DB::read_integer(value).map_err(DieselError::DeserializationError)?;
        self.0 = u64::try_from(number).unwrap_or(0);
        Ok(())
    }
}

/// A statement that the database refuses, or that has failed: what that means, and its own words for the log.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) violation: Violation,
    pub(crate) cause: DieselError,
}

/// A connection for the time of one operation.
pub(crate) trait Session {
    type Dialect: Dialect;

    /// Whether statements that are run at the same time go out together.
    const PIPELINES: bool;

    /// Runs a statement and hands its rows to the visitor, whatever the log says of it.
    async fn query<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Refused>
    where
        Q: Statement<Self::Dialect>,
        V: Visitor<Self::Dialect>;

    /// Runs a statement and tells how many rows it changed, whatever the log says of it.
    async fn change<Q: Statement<Self::Dialect>>(&self, statement: &Q) -> Result<usize, Refused>;

    /// Runs a statement and hands its rows to the visitor.
    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Refused>
    where
        Q: Statement<Self::Dialect>,
        V: Visitor<Self::Dialect>,
    {
        let entry = Entry::of(statement);
        let mut counted = Counted { visitor, rows: 0 };
        let outcome = self.query(statement, &mut counted).await;
        entry.end(outcome.as_ref().map(|()| counted.rows));
        outcome
    }

    /// Runs a statement that tells one number. Its answer may serve several operations that ask for the same at the same time,
    /// but none that asked after the statement was sent.
    async fn count<Q: Statement<Self::Dialect>>(&self, statement: &Q) -> Result<u64, Refused> {
        count(self, statement).await
    }

    /// Runs a statement and tells how many rows it changed.
    async fn execute<Q: Statement<Self::Dialect>>(&self, statement: &Q) -> Result<usize, Refused> {
        let entry = Entry::of(statement);
        let outcome = self.change(statement).await;
        entry.end(outcome.as_ref().copied());
        outcome
    }

    /// Makes everything from here on one transaction. A single statement is one by itself. A transaction in which the
    /// database has refused a statement may be taken back at once.
    async fn begin(&self) -> Result<(), Refused>;

    /// Runs the application's own code on the connection, within the transaction, where it may block.
    async fn lend<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static;

    /// Whether the row that a write returns is the row that the database keeps: no trigger changes it afterwards.
    async fn returns_what_it_keeps(&self, table: TableName) -> bool;

    /// Whether the database refuses, with the statement that writes it, a value of this column that refers to no row.
    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool;

    /// Whether the texts of points in time in this column are in another order than what they mean, since they are spelt in
    /// several ways.
    async fn mixes_spellings(&self, _: TableName, _: &'static str) -> bool {
        false
    }

    /// Whether the database lets no two rows of a table have the same value in this column.
    async fn is_unique(&self, table: TableName, column: &'static str) -> bool;

    /// Whether the database itself deletes or releases the rows that refer to a deleted one by this column.
    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool;
}

/// Connections to one database.
pub(crate) trait Pool<DB: Dialect> {
    /// Runs an operation on a connection that suits its access, on whatever thread has one.
    async fn run<O>(&self, operation: O) -> Result<O::Output, Errors>
    where
        O: Operation<DB> + Send,
        O::Output: Send;

    /// Runs an operation that writes on this thread, where the application's own code has a part in it: that code may
    /// wait for whatever this thread's runtime offers.
    async fn run_here<O: Operation<DB>>(&self, operation: O) -> Result<O::Output, Errors>;
}
