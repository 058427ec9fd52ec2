//! Diesel's statements on a connection of `mysql_async`, which keeps the number of what the server refuses.

use std::any::Any;
use std::collections::HashMap;

use diesel::connection::{CacheSize, DebugQuery, DynInstrumentation, InstrumentationEvent, StrQueryHelper};
use diesel::internal::derives::multiconnection::MultiConnectionHelper;
use diesel::mysql::{Mysql, MysqlQueryBuilder};
use diesel::query_builder::bind_collector::RawBytesBindCollector;
use diesel::query_builder::{QueryBuilder as _, QueryFragment, debug_query};
use diesel::result::{Error as DieselError, UnexpectedEndOfRow};
use diesel::{ConnectionError, ConnectionResult, QueryResult};
use diesel_async::{AsyncConnectionCore, AsyncMysqlConnection};
use futures_util::TryStreamExt as _;
use mysql_async::prelude::{FromRow, Queryable as _};
use mysql_async::{BinaryProtocol, Conn, Opts, OptsBuilder, Params, ResultSetStream, Statement};

use super::failure::unprepared;
use super::value::value;
use crate::backend::blocking::{Blocking, Client, Stream};
use crate::backend::server::Failure;

/// A row as Diesel reads it: diesel-async knows how, and makes one of each of the driver's.
pub type MysqlRow = <AsyncMysqlConnection as AsyncConnectionCore>::Row<'static, 'static>;

/// The rows of a result.
pub(super) type MysqlRows<'a> = ResultSetStream<'a, 'a, 'static, MysqlRow, BinaryProtocol>;

/// A connection to MySQL or MariaDB. It answers one statement after the other.
pub struct MysqlClient {
    connection: Conn,
    /// Those that stay prepared, by their text.
    statements: HashMap<String, Statement>,
    /// Those that do not. They are closed before the next one is sent, when their results have been read.
    spent: Vec<Statement>,
    keeps_statements: bool,
    instrumentation: DynInstrumentation,
}

/// What Diesel sets on its own connections: values of points in time are written and read in UTC.
const SETUP: [&str; 2] = ["SET time_zone = '+00:00'", "SET NAMES utf8mb4"];

impl MysqlClient {
    /// Opens a connection.
    pub(super) async fn connect(url: &str) -> Result<Self, mysql_async::Error> {
        let mut instrumentation = DynInstrumentation::default_instrumentation();
        instrumentation.on_connection_event(InstrumentationEvent::start_establish_connection(url));
        let opened = Self::open_quietly(url).await;
        let error = opened.as_ref().err().map(|error| ConnectionError::BadConnection(error.to_string()));
        instrumentation.on_connection_event(InstrumentationEvent::finish_establish_connection(url, error.as_ref()));
        Ok(Self {
            connection: opened?,
            statements: HashMap::new(),
            spent: Vec::new(),
            keeps_statements: true,
            instrumentation,
        })
    }

    /// Rows that an update finds count as changed, also if they had the values already, as everywhere else.
    async fn open_quietly(url: &str) -> Result<Conn, mysql_async::Error> {
        let url = match url.strip_prefix("mariadb://") {
            Some(rest) => format!("mysql://{rest}"),
            None => url.to_owned(),
        };
        let options = OptsBuilder::from_opts(Opts::from_url(&url)?);
        Conn::new(options.init(SETUP.to_vec()).stmt_cache_size(0).client_found_rows(true)).await
    }

    /// Runs statements that have no result.
    pub(super) async fn batch(&mut self, sql: &str) -> Result<(), Failure> {
        let text = StrQueryHelper::new(sql);
        self.instrumentation.on_connection_event(InstrumentationEvent::start_query(&text));
        let outcome = self.connection.query_drop(sql).await.map_err(Failure::from);
        note_end(&mut self.instrumentation, &text, &outcome);
        outcome
    }

    /// Runs a statement, whose rows come one after the other.
    pub(super) async fn rows(&mut self, query: &dyn QueryFragment<Mysql>) -> Result<MysqlRows<'_>, Failure> {
        let text = debug_query::<Mysql, _>(&query);
        self.instrumentation.on_connection_event(InstrumentationEvent::start_query(&text));
        let prepared = self.prepared(query).await;
        let Self { connection, instrumentation, .. } = self;
        let outcome = match prepared {
            Ok((statement, values)) => rows_of(connection, statement, values).await,
            Err(failure) => Err(failure),
        };
        note_end(instrumentation, &text, &outcome);
        outcome
    }

    /// Runs a statement and tells how many rows it changed.
    pub(super) async fn execute(&mut self, query: &dyn QueryFragment<Mysql>) -> Result<usize, Failure> {
        let text = debug_query::<Mysql, _>(&query);
        self.instrumentation.on_connection_event(InstrumentationEvent::start_query(&text));
        let outcome = self.change_of(query).await;
        note_end(&mut self.instrumentation, &text, &outcome);
        outcome
    }

    async fn change_of(&mut self, query: &dyn QueryFragment<Mysql>) -> Result<usize, Failure> {
        let (statement, values) = self.prepared(query).await?;
        self.connection.exec_drop(statement, values).await?;
        Ok(usize::try_from(self.connection.affected_rows()).unwrap_or(usize::MAX))
    }

    /// Asks for rows without keeping the question prepared.
    pub(super) async fn ask<T>(&mut self, sql: &str, values: &[&str]) -> Result<Vec<T>, mysql_async::Error>
    where
        T: FromRow + Send + 'static,
    {
        let statement = self.connection.prep(sql).await?;
        let values = Params::Positional(values.iter().map(|value| (*value).into()).collect());
        let rows = self.connection.exec(&statement, values).await;
        self.connection.close(statement).await?;
        rows
    }

    /// A statement that the server knows, and the values of its parameters.
    async fn prepared(&mut self, query: &dyn QueryFragment<Mysql>) -> Result<(Statement, Params), Failure> {
        let mut sql = MysqlQueryBuilder::default();
        query.to_sql(&mut sql, &Mysql)?;
        let mut binds = RawBytesBindCollector::<Mysql>::new();
        query.collect_binds(&mut binds, &mut (), &Mysql)?;
        let values = binds
            .metadata
            .into_iter()
            .zip(binds.binds)
            .map(|(kind, bytes)| value(kind, bytes))
            .collect::<QueryResult<Vec<_>>>()?;
        let statement = if self.keeps_statements && query.is_safe_to_cache_prepared(&Mysql)? {
            self.kept(sql.finish()).await?
        } else {
            self.unkept(&sql.finish()).await?
        };
        Ok((statement, Params::Positional(values)))
    }

    /// A statement that stays prepared.
    async fn kept(&mut self, sql: String) -> Result<Statement, Failure> {
        if let Some(statement) = self.statements.get(&sql) {
            return Ok(statement.clone());
        }
        let statement = self.connection.prep(&*sql).await.map_err(unprepared)?;
        self.instrumentation.on_connection_event(InstrumentationEvent::cache_query(&sql));
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    /// A statement whose text a client could make any number of.
    async fn unkept(&mut self, sql: &str) -> Result<Statement, Failure> {
        for statement in std::mem::take(&mut self.spent) {
            self.connection.close(statement).await?;
        }
        let statement = self.connection.prep(sql).await.map_err(unprepared)?;
        self.spent.push(statement.clone());
        Ok(statement)
    }
}

async fn rows_of(connection: &mut Conn, statement: Statement, values: Params) -> Result<MysqlRows<'_>, Failure> {
    let result = connection.exec_iter(statement, values).await?;
    let rows = result.stream_and_drop().await?;
    Ok(rows.ok_or_else(|| DieselError::DeserializationError(Box::new(UnexpectedEndOfRow)))?)
}

/// Tells whoever is told of statements that one is over.
fn note_end<T>(instrumentation: &mut DynInstrumentation, text: &dyn DebugQuery, outcome: &Result<T, Failure>) {
    let cause = outcome.as_ref().err().map(|failure| &failure.cause);
    instrumentation.on_connection_event(InstrumentationEvent::finish_query(text, cause));
}

impl Client for MysqlClient {
    type Backend = Mysql;
    type Row = MysqlRow;

    async fn open(url: &str) -> ConnectionResult<Self> {
        Self::connect(url).await.map_err(|error| ConnectionError::BadConnection(error.to_string()))
    }

    async fn run_batch(&mut self, sql: &str) -> QueryResult<()> {
        self.batch(sql).await.map_err(|failure| failure.cause)
    }

    async fn run<'a>(&'a mut self, query: &dyn QueryFragment<Mysql>) -> QueryResult<Stream<'a, MysqlRow>> {
        let rows = self.rows(query).await.map_err(|failure| failure.cause)?;
        Ok(Box::pin(rows.map_err(|error| Failure::from(error).cause)))
    }

    async fn change(&mut self, query: &dyn QueryFragment<Mysql>) -> QueryResult<usize> {
        self.execute(query).await.map_err(|failure| failure.cause)
    }

    fn instrumentation(&mut self) -> &mut DynInstrumentation {
        &mut self.instrumentation
    }

    fn keep_statements(&mut self, size: CacheSize) {
        self.keeps_statements = size != CacheSize::Disabled;
        if !self.keeps_statements {
            self.spent.extend(self.statements.drain().map(|(_, statement)| statement));
        }
    }
}

impl MultiConnectionHelper for Blocking<MysqlClient> {
    fn to_any<'a>(lookup: &mut ()) -> &mut (dyn Any + 'a) {
        lookup
    }

    fn from_any(lookup: &mut dyn Any) -> Option<&mut ()> {
        lookup.downcast_mut()
    }
}
