//! Connections that are killed while clients write.

use std::time::Duration;

use actix_web::rt;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use restless_actix::prelude::*;

use super::application::{Application, schema};
use super::clients::{self, Clients};
use super::instance::Instance;
use crate::backends::{self, Backend, Place};

/// How often all connections are killed.
const ROUNDS: usize = 20;

/// Statements that kill the other connections to the same database of PostgreSQL.
const OF_POSTGRES: &str = "SELECT format('SELECT pg_terminate_backend(%s)', pid) AS statement FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// The same for MySQL.
const OF_MYSQL: &str = "SELECT CONCAT('KILL ', ID) AS statement FROM information_schema.PROCESSLIST
    WHERE DB = DATABASE() AND ID <> CONNECTION_ID()";

#[derive(QueryableByName)]
struct Kill {
    #[diesel(sql_type = Text)]
    statement: String,
}

#[test]
fn on_postgres_lose_no_acknowledged_write() {
    match Instance::start() {
        Some(instance) => kill_while_writing(&instance.url(), "SERIAL PRIMARY KEY", OF_POSTGRES),
        None => backends::skipped("PostgreSQL's server programs"),
    }
}

#[test]
fn on_mysql_lose_no_acknowledged_write() {
    match Backend::Mysql.find() {
        Some(server) => {
            kill_while_writing(&Place::on(Backend::Mysql, &server).url, "INTEGER AUTO_INCREMENT PRIMARY KEY", OF_MYSQL);
        }
        None => backends::skipped("a MySQL server"),
    }
}

#[test]
fn on_postgres_are_not_noticed_by_the_applications_own_code() {
    match Instance::start() {
        Some(instance) => kill_idle_connections(&instance.url(), OF_POSTGRES),
        None => backends::skipped("PostgreSQL's server programs"),
    }
}

#[test]
fn on_mysql_are_not_noticed_by_the_applications_own_code() {
    match Backend::Mysql.find() {
        Some(server) => kill_idle_connections(&Place::on(Backend::Mysql, &server).url, OF_MYSQL),
        None => backends::skipped("a MySQL server"),
    }
}

/// Code that is given to `Database::run` is run once, so it has to find a connection that lives.
fn kill_idle_connections(url: &str, kills: &'static str) {
    rt::System::new().block_on(async {
        let killer = Database::connect(url).await.expect("a database");
        let database = Database::connect(url).await.expect("a database");
        for _ in 0..3 {
            let several = [(); 3].map(|()| rt::spawn(run_once(database.clone())));
            for ran in several {
                ran.await.expect("code that does not panic").expect("a statement that is run");
            }
            killer.run(move |connection| kill(connection, kills)).await.expect("connections to kill");
            // A server says goodbye, and the application's side has to hear it.
            rt::time::sleep(Duration::from_millis(200)).await;
        }
    });
}

async fn run_once(database: Database) -> Result<(), Error> {
    database.run(|connection| connection.batch_execute("SELECT 1")).await
}

fn kill_while_writing(url: &str, key: &str, kills: &'static str) {
    let application = Application::start(url, schema(key));
    let clients = Clients::start(24, application.address);
    rt::System::new().block_on(async {
        let killer = Database::connect(url).await.expect("a database");
        for _ in 0..ROUNDS {
            rt::time::sleep(Duration::from_millis(150)).await;
            killer.run(move |connection| kill(connection, kills)).await.expect("connections to kill");
        }
    });
    let told = clients.stop();
    clients::check(application.address, &told);
}

fn kill(connection: &mut restless_actix::DatabaseConnection, kills: &str) -> QueryResult<()> {
    for Kill { statement } in diesel::sql_query(kills).load::<Kill>(connection)? {
        // It may be gone already.
        let _ = connection.batch_execute(&statement);
    }
    Ok(())
}
