//! Connections to PostgreSQL.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::pg::{Pg, PgMetadataLookup, PgTypeMetadata};
use futures_util::TryStreamExt as _;

use super::catalog;
use super::client::PostgresClient;
use super::row::PgRow;
use super::url::PostgresUrl;
use crate::backend::connection::{DatabaseConnection, OneOf as _, PostgresConnection};
use crate::backend::facts::{Fact, Facts};
use crate::backend::server::{Constraint, Driver, Failure, Identity, ServerOptions, Unopened};
use crate::backend::{Uniqueness, Visitor};
use crate::dialect::{TableName, Violation};
use crate::error::Error;
use crate::statement::Statement;

/// A connection to PostgreSQL. What is sent on it goes out at once, without waiting for the answers to what went before.
pub(crate) struct PostgresDriver {
    client: PostgresClient,
    /// How long statements may run.
    limit: Cell<Option<Duration>>,
    facts: Facts,
}

impl PostgresDriver {
    async fn set_up(&self, options: &ServerOptions) -> Result<(), Error> {
        let mut setup = format!("SET lock_timeout = {};", milliseconds(options.lock_timeout));
        if let timeout @ Some(_) = self.limit.get() {
            setup = format!("{setup} {};", limit(timeout));
        }
        if let Some(isolation) = options.isolation {
            setup = format!("{setup} SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {};", isolation.sql());
        }
        self.client.batch(&setup).await.map_err(|failure| Error::unreachable_database(failure.cause))
    }

    /// Tells statements that somebody has stopped from those that took too long, which PostgreSQL has one SQLSTATE for. One
    /// that ends before its time was not stopped for it.
    fn stopped(&self, failure: Failure, began: Instant) -> Failure {
        let is_early = self.limit.get().is_none_or(|limit| began.elapsed().as_millis() < milliseconds(limit));
        match failure.violation {
            Violation::TimedOut if is_early => Failure { violation: Violation::Cancelled, ..failure },
            _ => failure,
        }
    }
}

/// Tells types of the user's apart by their names, without asking the server what numbers they have there.
struct ByName;

impl PgMetadataLookup for ByName {
    fn lookup_type(&mut self, type_name: &str, schema: Option<&str>) -> PgTypeMetadata {
        let mut hasher = DefaultHasher::new();
        (schema, type_name).hash(&mut hasher);
        let name = hasher.finish();
        let half = |half: u64| u32::try_from(half).unwrap_or_default();
        PgTypeMetadata::new(half(name >> 32), half(name & u64::from(u32::MAX)))
    }
}

/// A timeout as PostgreSQL knows it, where 0 would be none.
fn milliseconds(timeout: Duration) -> u128 {
    timeout.as_millis().clamp(1, i32::MAX as u128)
}

/// Lets statements run for so long, or for as long as the server has it.
fn limit(timeout: Option<Duration>) -> String {
    match timeout {
        Some(timeout) => format!("SET statement_timeout = {}", milliseconds(timeout)),
        None => "SET statement_timeout TO DEFAULT".to_owned(),
    }
}

impl Driver for PostgresDriver {
    type Dialect = Pg;
    type Identity = Identity<PgTypeMetadata>;

    const DEPTH: usize = 64;
    const KNOWS_ITS_STATE: bool = true;
    const REFUSAL_FAILS_TRANSACTION: bool = true;

    /// The connection is one of those that write.
    fn begin_snapshot(timeout: Option<Duration>) -> String {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        match timeout {
            Some(timeout) => format!("{begin}; SET LOCAL statement_timeout = {}", milliseconds(timeout)),
            None => begin.to_owned(),
        }
    }

    async fn open(options: &ServerOptions, timeout: Option<Duration>) -> Result<Self, Unopened> {
        let client = PostgresClient::connect(&PostgresUrl::parse(&options.url)?).await?;
        let driver = Self { client, limit: Cell::new(timeout), facts: Facts::default() };
        driver.set_up(options).await?;
        Ok(driver)
    }

    async fn limit(&self, timeout: Option<Duration>) -> Result<(), Failure> {
        self.client.batch(&limit(timeout)).await?;
        self.limit.set(timeout);
        Ok(())
    }

    async fn cancel(&self, _: &ServerOptions) {
        if let Err(error) = self.client.cancel().await {
            log::warn!("a statement could not be stopped: {error}");
        }
    }

    fn is_open(&self) -> bool {
        self.client.is_open()
    }

    async fn batch(&self, sql: &str) -> Result<(), Failure> {
        self.client.batch(sql).await
    }

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Failure>
    where
        Q: Statement<Pg>,
        V: Visitor<Pg>,
    {
        let began = Instant::now();
        let stopped = |failure| self.stopped(failure, began);
        let mut rows = pin!(Box::pin(self.client.rows(statement)).await.map_err(stopped)?);
        while let Some(row) = rows.try_next().await.map_err(|error| stopped(error.into()))? {
            visitor.visit(&PgRow(row))?;
        }
        Ok(())
    }

    async fn execute<Q: Statement<Pg>>(&self, statement: &Q) -> Result<usize, Failure> {
        let began = Instant::now();
        Box::pin(self.client.execute(statement)).await.map_err(|failure| self.stopped(failure, began))
    }

    fn identity<Q: Statement<Pg>>(statement: &Q) -> Option<Self::Identity> {
        Identity::of(statement, &mut ByName)
    }

    async fn columns(&self, table: TableName, constraint: &Constraint) -> Vec<String> {
        catalog::columns(&self.client, table, constraint).await
    }

    async fn returns_what_it_keeps(&self, table: TableName) -> bool {
        let asked = catalog::returns_what_it_keeps(&self.client, table);
        self.facts.know(table, Fact::ReturnsWhatItKeeps, asked).await
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        let asked = catalog::checks_foreign_key(&self.client, table, column);
        self.facts.know(table, Fact::ChecksForeignKey(column), asked).await
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { self.uniqueness(table, column).await == Uniqueness::Unique };
        self.facts.know(table, Fact::IsUnique(column), asked).await
    }

    async fn uniqueness(&self, table: TableName, column: &str) -> Uniqueness {
        catalog::uniqueness(&self.client, table, column).await
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        catalog::settles_on_delete(&self.client, table, column).await
    }

    fn lend<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let Self { client, limit, facts } = self;
        let mut blocking = PostgresConnection::new(client).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        let connection = PostgresConnection::of_any(blocking);
        let connection = connection.map(|blocking| Self { client: blocking.into_inner(), limit, facts });
        (connection, outcome)
    }

    fn block_on<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let Self { client, limit, .. } = self;
        let mut blocking = PostgresConnection::new(client).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        // PostgreSQL minds a `ROLLBACK` outside of a transaction, and its log with it; one that has failed takes nothing else.
        let is_clean =
            blocking.batch_execute("BEGIN; ROLLBACK").or_else(|_| blocking.batch_execute("ROLLBACK")).is_ok();
        let connection = PostgresConnection::of_any(blocking).filter(|_| is_clean);
        let connection =
            connection.map(|blocking| Self { client: blocking.into_inner(), limit, facts: Facts::default() });
        (connection, outcome)
    }
}
