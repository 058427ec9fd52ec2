//! Connections to MySQL and MariaDB.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::mysql::{Mysql, MysqlType};
use futures_util::TryStreamExt as _;
use tokio::sync::Mutex;

use super::client::MysqlClient;
use super::number::Number;
use super::{catalog, failure};
use crate::backend::connection::{DatabaseConnection, MysqlConnection, OneOf as _};
use crate::backend::facts::{Fact, Facts};
use crate::backend::server::{Constraint, Driver, Failure, Identity, ServerOptions, Unopened};
use crate::backend::{Isolation, Uniqueness, Visitor};
use crate::dialect::TableName;
use crate::error::Error;
use crate::statement::Statement;

/// The longest that MySQL and MariaDB may be told to wait for a row.
const MOST_SECONDS: f64 = 100_000_000.0;

/// A connection to MySQL or MariaDB. It answers one statement after the other.
pub(crate) struct MysqlDriver {
    client: Mutex<MysqlClient>,
    number: Option<Number>,
    facts: Facts,
}

impl MysqlDriver {
    fn new(client: MysqlClient, number: Option<Number>) -> Self {
        Self { client: Mutex::new(client), number, facts: Facts::default() }
    }

    async fn set_up(&self, options: &ServerOptions, timeout: Option<Duration>) -> Result<(), Error> {
        let usual = "SET SESSION sql_mode = CONCAT_WS(',', NULLIF(@@SESSION.sql_mode, ''), 'STRICT_ALL_TABLES', \
             'NO_ZERO_DATE', 'NO_ZERO_IN_DATE', 'ERROR_FOR_DIVISION_BY_ZERO');";
        let timeout = timeout.map(|timeout| format!(" {};", limit(Some(timeout))));
        // Both count in seconds, and the first one from 1 on.
        let seconds = options.lock_timeout.as_secs_f64().ceil().clamp(1.0, MOST_SECONDS);
        let locks = format!(" SET SESSION innodb_lock_wait_timeout = {seconds}, lock_wait_timeout = {seconds};");
        let isolation = options.isolation.map(Isolation::sql);
        let isolation = isolation.map(|name| format!(" SET SESSION TRANSACTION ISOLATION LEVEL {name};"));
        let setup = [Some(usual.to_owned()), timeout, Some(locks), isolation].into_iter().flatten().collect::<String>();
        self.batch(&setup).await.map_err(|failure| Error::unreachable_database(failure.cause))
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

fn unopened(error: &mysql_async::Error) -> Unopened {
    let reason = error.to_string();
    if failure::is_full(error) { Unopened::Full(reason) } else { Unopened::Failed(Error::unreachable_database(reason)) }
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
        let mut client = MysqlClient::connect(&options.url).await.map_err(|error| unopened(&error))?;
        let number = Number::of(&mut client).await;
        let driver = Self::new(client, number);
        driver.set_up(options, timeout).await?;
        Ok(driver)
    }

    async fn limit(&self, timeout: Option<Duration>) -> Result<(), Failure> {
        self.batch(&limit(timeout)).await
    }

    async fn cancel(&self, options: &ServerOptions) {
        let Some(number) = &self.number else {
            return;
        };
        if let Err(error) = number.kill(&options.url).await {
            log::warn!("a statement could not be stopped: {error}");
        }
    }

    fn is_open(&self) -> bool {
        true
    }

    async fn batch(&self, sql: &str) -> Result<(), Failure> {
        self.client.lock().await.batch(sql).await
    }

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Failure>
    where
        Q: Statement<Mysql>,
        V: Visitor<Mysql>,
    {
        let mut client = self.client.lock().await;
        let mut rows = client.rows(statement).await?;
        while let Some(row) = rows.try_next().await? {
            visitor.visit(&row)?;
        }
        Ok(())
    }

    async fn execute<Q: Statement<Mysql>>(&self, statement: &Q) -> Result<usize, Failure> {
        self.client.lock().await.execute(statement).await
    }

    fn identity<Q: Statement<Mysql>>(statement: &Q) -> Option<Self::Identity> {
        Identity::of(statement, &mut ())
    }

    async fn columns(&self, table: TableName, constraint: &Constraint) -> Vec<String> {
        catalog::columns(&mut *self.client.lock().await, table, constraint).await
    }

    /// MySQL returns nothing.
    async fn returns_what_it_keeps(&self, _: TableName) -> bool {
        false
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { catalog::checks_foreign_key(&mut *self.client.lock().await, table, column).await };
        self.facts.know(table, Fact::ChecksForeignKey(column), asked).await
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { self.uniqueness(table, column).await == Uniqueness::Unique };
        self.facts.know(table, Fact::IsUnique(column), asked).await
    }

    async fn uniqueness(&self, table: TableName, column: &str) -> Uniqueness {
        catalog::uniqueness(&mut *self.client.lock().await, table, column).await
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        catalog::settles_on_delete(&mut *self.client.lock().await, table, column).await
    }

    fn lend<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let (client, number) = (self.client.into_inner(), self.number);
        let mut blocking = MysqlConnection::new(client).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        let connection = MysqlConnection::of_any(blocking).map(|blocking| Self::new(blocking.into_inner(), number));
        (connection, outcome)
    }

    fn block_on<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>) {
        let (client, number) = (self.client.into_inner(), self.number);
        let mut blocking = MysqlConnection::new(client).into_any();
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut blocking)));
        let is_clean = blocking.batch_execute("ROLLBACK").is_ok();
        let connection = MysqlConnection::of_any(blocking).filter(|_| is_clean);
        let connection = connection.map(|blocking| Self::new(blocking.into_inner(), number));
        (connection, outcome)
    }
}
