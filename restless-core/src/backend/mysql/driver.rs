//! Connections to MySQL and MariaDB.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::mysql::{Mysql, MysqlType};
use diesel::result::DatabaseErrorKind;
use diesel::{ConnectionError, QueryResult};
use diesel_async::{AsyncConnectionCore as _, AsyncMysqlConnection, SimpleAsyncConnection as _};
use futures_util::TryStreamExt as _;
use tokio::sync::Mutex;

use super::number::{Number, establish};
use super::{catalog, message};
use crate::backend::connection::{DatabaseConnection, MysqlConnection, OneOf as _};
use crate::backend::facts::{Fact, Facts};
use crate::backend::server::{Driver, Identity, Information, ServerOptions, Unopened};
use crate::backend::{Isolation, Uniqueness, Visitor};
use crate::dialect::{TableName, Violation};
use crate::error::Error;
use crate::statement::Statement;

/// The longest that MySQL and MariaDB may be told to wait for a row.
const MOST_SECONDS: f64 = 100_000_000.0;

/// A connection to MySQL or MariaDB. It answers one statement after the other.
pub(crate) struct MysqlDriver {
    connection: Mutex<AsyncMysqlConnection>,
    number: Option<Number>,
    facts: Facts,
}

impl MysqlDriver {
    fn new(connection: AsyncMysqlConnection, number: Option<Number>) -> Self {
        Self { connection: Mutex::new(connection), number, facts: Facts::default() }
    }

    async fn set_up(&self, options: &ServerOptions, timeout: Option<Duration>) -> Result<(), Error> {
        let usual = "SET SESSION sql_mode = CONCAT_WS(',', NULLIF(@@SESSION.sql_mode, ''), 'STRICT_ALL_TABLES', \
             'NO_ZERO_DATE', 'NO_ZERO_IN_DATE', 'ERROR_FOR_DIVISION_BY_ZERO'); SET NAMES utf8mb4; \
             SET SESSION lc_messages = 'en_US';";
        let timeout = timeout.map(|timeout| format!(" {};", limit(Some(timeout))));
        // Both count in seconds, and the first one from 1 on.
        let seconds = options.lock_timeout.as_secs_f64().ceil().clamp(1.0, MOST_SECONDS);
        let locks = format!(" SET SESSION innodb_lock_wait_timeout = {seconds}, lock_wait_timeout = {seconds};");
        let isolation = options.isolation.map(Isolation::sql);
        let isolation = isolation.map(|name| format!(" SET SESSION TRANSACTION ISOLATION LEVEL {name};"));
        let setup = [Some(usual.to_owned()), timeout, Some(locks), isolation].into_iter().flatten().collect::<String>();
        self.batch(&setup).await.map_err(Error::unreachable_database)
    }
}

/// Lets statements run for so long, or for as long as the server has it. Each of the two reads but one of these comments,
/// and zero would be no limit.
fn limit(timeout: Option<Duration>) -> String {
    let [milliseconds, seconds] = match timeout {
        Some(timeout) => [timeout.as_millis().max(1).to_string(), timeout.as_secs_f64().max(0.001).to_string()],
        None => ["DEFAULT", "DEFAULT"].map(str::to_owned),
    };
    format!("SET SESSION /*!50708 max_execution_time = {milliseconds} */ /*M! max_statement_time = {seconds} */")
}

fn unopened(error: ConnectionError) -> Unopened {
    let reason = error.to_string();
    if message::is_full(&reason) { Unopened::Full(reason) } else { Unopened::Failed(error.into()) }
}

impl Driver for MysqlDriver {
    type Dialect = Mysql;
    type Identity = Identity<MysqlType>;

    const DEPTH: usize = 1;
    const KNOWS_ITS_STATE: bool = false;
    const REFUSAL_FAILS_TRANSACTION: bool = false;

    /// The connection is one of those that read.
    fn begin_snapshot(_: Option<Duration>) -> String {
        let isolation = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
        format!("{isolation}; START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    }

    async fn open(options: &ServerOptions, timeout: Option<Duration>) -> Result<Self, Unopened> {
        let mut connection = establish(options).await.map_err(unopened)?;
        let number = Number::of(&mut connection).await.ok();
        let driver = Self::new(connection, number);
        driver.set_up(options, timeout).await?;
        Ok(driver)
    }

    async fn limit(&self, timeout: Option<Duration>) -> QueryResult<()> {
        self.batch(&limit(timeout)).await
    }

    async fn cancel(&self, options: &ServerOptions) {
        let Some(number) = &self.number else {
            return;
        };
        if let Err(error) = number.kill(options).await {
            log::warn!("a statement could not be stopped: {error}");
        }
    }

    fn is_open(&self) -> bool {
        true
    }

    async fn batch(&self, sql: &str) -> QueryResult<()> {
        self.connection.lock().await.batch_execute(sql).await
    }

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> QueryResult<()>
    where
        Q: Statement<Mysql>,
        V: Visitor<Mysql>,
    {
        let mut connection = self.connection.lock().await;
        let mut rows = connection.load(statement).await?;
        while let Some(row) = rows.try_next().await? {
            visitor.visit(&row)?;
        }
        Ok(())
    }

    async fn execute<Q: Statement<Mysql>>(&self, statement: &Q) -> QueryResult<usize> {
        self.connection.lock().await.execute_returning_count(statement).await
    }

    fn identity<Q: Statement<Mysql>>(statement: &Q) -> Option<Self::Identity> {
        Identity::of(statement, &mut ())
    }

    fn violation(kind: DatabaseErrorKind, information: Information<'_>) -> Violation {
        message::violation(kind, information)
    }

    /// A statement that it would not run (1615) is contended.
    fn is_outdated(_: Information<'_>) -> bool {
        false
    }

    async fn columns(&self, table: TableName, information: Information<'_>) -> Vec<String> {
        let Some(constraint) = message::constraint(information.message()) else {
            return Vec::new();
        };
        catalog::columns(&mut *self.connection.lock().await, table, constraint).await
    }

    /// MySQL returns nothing.
    async fn returns_what_it_keeps(&self, _: TableName) -> bool {
        false
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { catalog::checks_foreign_key(&mut *self.connection.lock().await, table, column).await };
        self.facts.know(table, Fact::ChecksForeignKey(column), asked).await
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { self.uniqueness(table, column).await == Uniqueness::Unique };
        self.facts.know(table, Fact::IsUnique(column), asked).await
    }

    async fn uniqueness(&self, table: TableName, column: &str) -> Uniqueness {
        catalog::uniqueness(&mut *self.connection.lock().await, table, column).await
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        catalog::settles_on_delete(&mut *self.connection.lock().await, table, column).await
    }

    fn lend<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let (connection, number) = (self.connection.into_inner(), self.number);
        let mut blocking = MysqlConnection::new(connection).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        let connection = MysqlConnection::of_any(blocking).map(|blocking| Self::new(blocking.into_inner(), number));
        (connection, outcome)
    }

    fn block_on<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let (connection, number) = (self.connection.into_inner(), self.number);
        let mut blocking = MysqlConnection::new(connection).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        let is_clean = blocking.batch_execute("ROLLBACK").is_ok();
        let connection = MysqlConnection::of_any(blocking).filter(|_| is_clean);
        let connection = connection.map(|blocking| Self::new(blocking.into_inner(), number));
        (connection, outcome)
    }
}
