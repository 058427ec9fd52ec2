//! Diesel's statements on a connection of `tokio-postgres`, which keeps the SQLSTATE of what the server refuses.

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::pin;

use diesel::connection::{CacheSize, DynInstrumentation, InstrumentationEvent, StrQueryHelper};
use diesel::pg::{Pg, PgQueryBuilder, PgTypeMetadata};
use diesel::query_builder::bind_collector::RawBytesBindCollector;
use diesel::query_builder::{QueryBuilder as _, QueryFragment, debug_query};
use diesel::result::Error as DieselError;
use diesel::{ConnectionError, ConnectionResult, QueryResult};
use futures_util::TryStreamExt as _;
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::TlsStream;
use tokio_postgres::types::{Kind, ToSql, Type};
use tokio_postgres::{NoTls, Row, RowStream, Socket, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::row::{PgRow, Written};
use super::tls;
use super::types::{TypeName, Types};
use super::url::PostgresUrl;
use crate::backend::blocking::{Client, Stream};
use crate::backend::server::{Failure, Unopened};
use crate::error::Error;

/// A connection to PostgreSQL. What is sent on it goes out at once, without waiting for the answers to what went before.
pub struct PostgresClient {
    client: tokio_postgres::Client,
    connector: Option<MakeRustlsConnect>,
    /// Those that stay prepared, by their text; one for each set of types that the parameters have had.
    statements: RefCell<HashMap<String, Vec<Statement>>>,
    keeps_statements: bool,
    types: RefCell<Types>,
    instrumentation: RefCell<DynInstrumentation>,
}

/// What Diesel sets on its own connections: values of points in time are written and read in UTC.
const SETUP: &str = "SET TIME ZONE 'UTC'";

/// A type's number and that of arrays of it.
const TYPE: &str = "SELECT t.oid, t.typarray FROM pg_type t \
    WHERE t.oid = to_regtype(coalesce(quote_ident($1) || '.', '') || quote_ident($2))";

impl PostgresClient {
    /// Opens a connection.
    pub(super) async fn connect(url: &PostgresUrl) -> Result<Self, Unopened> {
        let connector = tls::connector(url)?;
        let client = match connector.clone() {
            None => {
                let (client, connection) = url.config.connect(NoTls).await.map_err(|error| unopened(&error))?;
                tokio::spawn(serve(connection));
                client
            }
            Some(connector) => {
                let (client, connection) = url.config.connect(connector).await.map_err(|error| unopened(&error))?;
                tokio::spawn(serve(connection));
                client
            }
        };
        client.batch_execute(SETUP).await.map_err(|error| unopened(&error))?;
        Ok(Self {
            client,
            connector,
            statements: RefCell::default(),
            keeps_statements: true,
            types: RefCell::default(),
            instrumentation: RefCell::new(DynInstrumentation::default_instrumentation()),
        })
    }

    /// Whether the server is there, as far as is known.
    pub(super) fn is_open(&self) -> bool {
        !self.client.is_closed()
    }

    /// Asks the server to stop the statement that it is running.
    pub(super) async fn cancel(&self) -> Result<(), tokio_postgres::Error> {
        let token = self.client.cancel_token();
        match self.connector.clone() {
            None => token.cancel_query(NoTls).await,
            Some(connector) => token.cancel_query(connector).await,
        }
    }

    /// Runs statements that have no result.
    pub(super) async fn batch(&self, sql: &str) -> Result<(), Failure> {
        let text = StrQueryHelper::new(sql);
        self.note(InstrumentationEvent::start_query(&text));
        let outcome = self.client.batch_execute(sql).await.map_err(Failure::from);
        self.note(InstrumentationEvent::finish_query(&text, outcome.as_ref().err().map(|failure| &failure.cause)));
        outcome
    }

    /// Runs a statement, whose rows come one after the other.
    pub(super) async fn rows(&self, query: &dyn QueryFragment<Pg>) -> Result<RowStream, Failure> {
        let text = debug_query::<Pg, _>(&query);
        self.note(InstrumentationEvent::start_query(&text));
        let outcome = self.send(query).await;
        self.note(InstrumentationEvent::finish_query(&text, outcome.as_ref().err().map(|failure| &failure.cause)));
        outcome
    }

    /// Runs a statement and tells how many rows it changed.
    pub(super) async fn execute(&self, query: &dyn QueryFragment<Pg>) -> Result<usize, Failure> {
        let mut rows = pin!(self.rows(query).await?);
        while rows.try_next().await?.is_some() {}
        Ok(rows.rows_affected().and_then(|number| usize::try_from(number).ok()).unwrap_or_default())
    }

    /// Asks for rows without keeping the question prepared.
    pub(super) async fn ask(&self, sql: &str, values: &[Option<&str>]) -> Result<Vec<Row>, tokio_postgres::Error> {
        let values = values.iter().map(|value| (value as &(dyn ToSql + Sync), Type::TEXT)).collect::<Vec<_>>();
        self.client.query_typed(sql, &values).await
    }

    /// A statement whose text a client could make any number of goes out with its values and is forgotten. What is seldom
    /// done is in boxes, since every operation has the room for it otherwise.
    async fn send(&self, query: &dyn QueryFragment<Pg>) -> Result<RowStream, Failure> {
        let mut sql = PgQueryBuilder::default();
        query.to_sql(&mut sql, &Pg)?;
        let sql = sql.finish();
        let RawBytesBindCollector { metadata, binds, .. } = self.binds(query).await?;
        let oids = metadata.iter().map(PgTypeMetadata::oid).collect::<Result<Vec<u32>, _>>();
        let types = oids.map_err(|error| DieselError::SerializationError(Box::new(error)))?.into_iter().map(type_of);
        let values = binds.into_iter().map(Written);
        if self.keeps_statements && query.is_safe_to_cache_prepared(&Pg)? {
            let statement = self.prepared(sql, &types.collect::<Vec<_>>()).await?;
            Ok(self.client.query_raw(&statement, values).await?)
        } else {
            Ok(Box::pin(self.client.query_typed_raw(&sql, values.zip(types))).await?)
        }
    }

    /// The values of a statement's parameters, and their types.
    async fn binds(&self, query: &dyn QueryFragment<Pg>) -> Result<RawBytesBindCollector<Pg>, Failure> {
        loop {
            let mut binds = RawBytesBindCollector::new();
            query.collect_binds(&mut binds, &mut *self.types.borrow_mut(), &Pg)?;
            let missing = self.types.borrow_mut().take_missing();
            if missing.is_empty() {
                return Ok(binds);
            }
            Box::pin(self.learn(missing)).await?;
        }
    }

    /// Asks for the numbers of types.
    async fn learn(&self, missing: Vec<TypeName>) -> Result<(), Failure> {
        for name in missing {
            let found = self.ask(TYPE, &[name.0.as_deref(), Some(&name.1)]).await?;
            let found = found.first().ok_or_else(|| {
                DieselError::SerializationError(format!("there is no type {:?} in the database", name.1).into())
            })?;
            let oids = (found.try_get(0)?, found.try_get(1)?);
            self.types.borrow_mut().know(name, oids.0, oids.1);
        }
        Ok(())
    }

    /// A statement that stays prepared.
    async fn prepared(&self, sql: String, types: &[Type]) -> Result<Statement, Failure> {
        // Of types that are not PostgreSQL's own the number is all that both sides know.
        let is_same = |statement: &&Statement| statement.params().iter().map(Type::oid).eq(types.iter().map(Type::oid));
        let known = self.statements.borrow().get(&sql).and_then(|all| all.iter().find(is_same).cloned());
        if let Some(statement) = known {
            return Ok(statement);
        }
        let statement = Box::pin(self.client.prepare_typed(&sql, types)).await?;
        self.note(InstrumentationEvent::cache_query(&sql));
        self.statements.borrow_mut().entry(sql).or_default().push(statement.clone());
        Ok(statement)
    }

    fn note(&self, event: InstrumentationEvent<'_>) {
        self.instrumentation.borrow_mut().on_connection_event(event);
    }
}

/// The type with that number.
fn type_of(oid: u32) -> Type {
    Type::from_oid(oid).unwrap_or_else(|| Type::new(String::new(), oid, Kind::Simple, String::new()))
}

/// Moves bytes until the connection ends.
async fn serve<S>(connection: tokio_postgres::Connection<Socket, S>)
where
    S: TlsStream + Unpin + Send + 'static,
{
    if let Err(error) = connection.await {
        log::warn!("a connection to PostgreSQL has ended: {error}");
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

impl Client for PostgresClient {
    type Backend = Pg;
    type Row = PgRow;

    async fn open(url: &str) -> ConnectionResult<Self> {
        let url = PostgresUrl::parse(url).map_err(|error| ConnectionError::InvalidConnectionUrl(error.to_string()))?;
        Self::connect(&url).await.map_err(|unopened| ConnectionError::BadConnection(unopened.to_string()))
    }

    async fn run_batch(&mut self, sql: &str) -> QueryResult<()> {
        self.batch(sql).await.map_err(|failure| failure.cause)
    }

    async fn run<'a>(&'a mut self, query: &dyn QueryFragment<Pg>) -> QueryResult<Stream<'a, PgRow>> {
        let rows = self.rows(query).await.map_err(|failure| failure.cause)?;
        Ok(Box::pin(rows.map_ok(PgRow).map_err(|error| Failure::from(error).cause)))
    }

    async fn change(&mut self, query: &dyn QueryFragment<Pg>) -> QueryResult<usize> {
        self.execute(query).await.map_err(|failure| failure.cause)
    }

    fn instrumentation(&mut self) -> &mut DynInstrumentation {
        self.instrumentation.get_mut()
    }

    fn keep_statements(&mut self, size: CacheSize) {
        self.keeps_statements = size != CacheSize::Disabled;
        if !self.keeps_statements {
            self.statements.get_mut().clear();
        }
    }
}
