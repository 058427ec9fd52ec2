//! Connections to PostgreSQL.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::SimpleConnection as _;
use diesel::pg::{Pg, PgMetadataLookup, PgTypeMetadata};
use diesel::result::DatabaseErrorKind;
use diesel_async::{AsyncConnectionCore, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::TryStreamExt as _;
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::TlsStream;
use tokio_postgres::{CancelToken, NoTls, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::url::PostgresUrl;
use super::{catalog, message, tls};
use crate::backend::connection::{DatabaseConnection, OneOf as _, PostgresConnection};
use crate::backend::facts::{Fact, Facts};
use crate::backend::server::{Driver, Identity, Information, ServerOptions, Unopened};
use crate::backend::{Uniqueness, Visitor};
use crate::dialect::{TableName, Violation};
use crate::error::Error;
use crate::statement::Statement;

/// A connection to PostgreSQL. What is sent on it goes out at once, without waiting for the answers to what went before.
pub(crate) struct PostgresDriver {
    connection: AsyncPgConnection,
    is_closed: Arc<AtomicBool>,
    canceller: Canceller,
    facts: Facts,
}

/// What stops the statement that a connection runs.
struct Canceller {
    token: CancelToken,
    connector: Option<MakeRustlsConnect>,
}

impl PostgresDriver {
    async fn connect(url: &PostgresUrl) -> Result<Self, Unopened> {
        let is_closed = Arc::new(AtomicBool::new(false));
        let connector = tls::connector(url)?;
        let client = match connector.clone() {
            None => {
                let (client, connection) = url.config.connect(NoTls).await.map_err(|error| unopened(&error))?;
                tokio::spawn(serve(connection, Arc::clone(&is_closed)));
                client
            }
            Some(connector) => {
                let (client, connection) = url.config.connect(connector).await.map_err(|error| unopened(&error))?;
                tokio::spawn(serve(connection, Arc::clone(&is_closed)));
                client
            }
        };
        let canceller = Canceller { token: client.cancel_token(), connector };
        let connection = AsyncPgConnection::try_from(client).await.map_err(Error::from)?;
        Ok(Self { connection, is_closed, canceller, facts: Facts::default() })
    }

    async fn set_up(&self, options: &ServerOptions, timeout: Option<Duration>) -> Result<(), Error> {
        let mut setup = format!("SET lock_timeout = {};", milliseconds(options.lock_timeout));
        if timeout.is_some() {
            setup = format!("{setup} {};", limit(timeout));
        }
        if let Some(isolation) = options.isolation {
            setup = format!("{setup} SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {};", isolation.sql());
        }
        self.batch(&setup).await.map_err(Error::unreachable_database)?;
        // Diesel keeps of an error its message, not its code; so the messages had better be the English ones. Not every
        // user may ask for them.
        let _ = self.batch("SET lc_messages = 'C'").await;
        Ok(())
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

/// Moves bytes until the connection ends, and tells when it has.
async fn serve<S>(connection: tokio_postgres::Connection<Socket, S>, is_closed: Arc<AtomicBool>)
where
    S: TlsStream + Unpin + Send + 'static,
{
    let closing = Closing(is_closed);
    if let Err(error) = connection.await {
        log::warn!("a connection to PostgreSQL has ended: {error}");
    }
    drop(closing);
}

/// Tells that a connection is closed, even if its runtime ends before it does.
struct Closing(Arc<AtomicBool>);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
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

fn unopened(error: &tokio_postgres::Error) -> Unopened {
    let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let reason = format!("{error}: {reason}");
    if error.code() == Some(&SqlState::TOO_MANY_CONNECTIONS) {
        Unopened::Full(reason)
    } else {
        Unopened::Failed(Error::unreachable_database(reason))
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
        let driver = Self::connect(&PostgresUrl::parse(&options.url)?).await?;
        driver.set_up(options, timeout).await?;
        Ok(driver)
    }

    async fn limit(&self, timeout: Option<Duration>) -> QueryResult<()> {
        self.batch(&limit(timeout)).await
    }

    async fn cancel(&self, _: &ServerOptions) {
        let Canceller { token, connector } = &self.canceller;
        let cancelled = match connector {
            None => token.cancel_query(NoTls).await,
            Some(connector) => token.cancel_query(connector.clone()).await,
        };
        if let Err(error) = cancelled {
            log::warn!("a statement could not be stopped: {error}");
        }
    }

    fn is_open(&self) -> bool {
        !self.is_closed.load(Ordering::Acquire)
    }

    async fn batch(&self, sql: &str) -> QueryResult<()> {
        (&self.connection).batch_execute(sql).await
    }

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> QueryResult<()>
    where
        Q: Statement<Pg>,
        V: Visitor<Pg>,
    {
        let mut connection = &self.connection;
        let mut rows = AsyncConnectionCore::load(&mut connection, statement).await?;
        while let Some(row) = rows.try_next().await? {
            visitor.visit(&row)?;
        }
        Ok(())
    }

    async fn execute<Q: Statement<Pg>>(&self, statement: &Q) -> QueryResult<usize> {
        let mut connection = &self.connection;
        AsyncConnectionCore::execute_returning_count(&mut connection, statement).await
    }

    fn identity<Q: Statement<Pg>>(statement: &Q) -> Option<Self::Identity> {
        Identity::of(statement, &mut ByName)
    }

    fn violation(kind: DatabaseErrorKind, information: Information<'_>) -> Violation {
        message::violation(kind, information)
    }

    fn is_outdated(information: Information<'_>) -> bool {
        message::is_outdated(information.message())
    }

    async fn columns(&self, table: TableName, information: Information<'_>) -> Vec<String> {
        let constraint = information.constraint_name().unwrap_or_default();
        catalog::columns(&self.connection, table, constraint).await
    }

    async fn returns_what_it_keeps(&self, table: TableName) -> bool {
        let asked = catalog::returns_what_it_keeps(&self.connection, table);
        self.facts.know(table, Fact::ReturnsWhatItKeeps, asked).await
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        let asked = catalog::checks_foreign_key(&self.connection, table, column);
        self.facts.know(table, Fact::ChecksForeignKey(column), asked).await
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { self.uniqueness(table, column).await == Uniqueness::Unique };
        self.facts.know(table, Fact::IsUnique(column), asked).await
    }

    async fn uniqueness(&self, table: TableName, column: &str) -> Uniqueness {
        catalog::uniqueness(&self.connection, table, column).await
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        catalog::settles_on_delete(&self.connection, table, column).await
    }

    fn lend<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let Self { connection, is_closed, canceller, facts } = self;
        let mut blocking = PostgresConnection::new(connection).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        let connection = PostgresConnection::of_any(blocking);
        let connection =
            connection.map(|blocking| Self { connection: blocking.into_inner(), is_closed, canceller, facts });
        (connection, outcome)
    }

    fn block_on<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let Self { connection, is_closed, canceller, .. } = self;
        let mut blocking = PostgresConnection::new(connection).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        // PostgreSQL minds a `ROLLBACK` outside of a transaction, and its log with it; one that has failed takes nothing else.
        let is_clean =
            blocking.batch_execute("BEGIN; ROLLBACK").or_else(|_| blocking.batch_execute("ROLLBACK")).is_ok();
        let connection = PostgresConnection::of_any(blocking).filter(|_| is_clean).map(|blocking| {
            let connection = blocking.into_inner();
            Self { connection, is_closed, canceller, facts: Facts::default() }
        });
        (connection, outcome)
    }
}
