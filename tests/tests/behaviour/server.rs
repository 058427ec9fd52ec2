//! A real server for one test: its own port, its own database.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpServer, rt};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use restless_actix::prelude::*;
use restless_actix::{DatabaseBuilder, DatabaseConnection};

use crate::backends::{self, Backend, Place};
use crate::client::{Answer, Request};
use crate::statements;

/// A server that stops when it is dropped.
pub struct Server {
    pub address: SocketAddr,
    /// `None` where the test is about an application without one.
    pub database: Option<Database>,
    pub agent: ureq::Agent,
    handle: ServerHandle,
    place: Place,
}

/// What a server is started with.
pub struct Setup {
    /// The statements that make the tables and their rows.
    pub schema: String,
    /// Whether the database is in memory instead of in a file.
    pub is_in_memory: bool,
    /// Whether the application hands the database to its handlers.
    pub has_database: bool,
    /// How long a request waits for a connection.
    pub patience: Duration,
    /// How long a statement may run.
    pub statement_timeout: Option<Duration>,
    /// Whether a handler ends when its client has gone.
    pub hears_of_clients: bool,
    /// Whatever else the database is opened with.
    pub settings: fn(DatabaseBuilder) -> DatabaseBuilder,
}

impl Setup {
    /// A database in a file, with those tables.
    pub fn new(schema: impl Into<String>) -> Self {
        Self {
            schema: schema.into(),
            is_in_memory: false,
            has_database: true,
            patience: Duration::from_secs(20),
            statement_timeout: None,
            hears_of_clients: false,
            settings: |builder| builder,
        }
    }

    /// Starts a server that `mount` furnishes.
    pub fn start(self, mount: impl Fn(&mut ServiceConfig) + Send + Clone + 'static) -> Server {
        self.start_in(Place::new(), mount)
    }

    /// Starts a server on the database of that place.
    pub fn start_in(self, place: Place, mount: impl Fn(&mut ServiceConfig) + Send + Clone + 'static) -> Server {
        let url = if self.is_in_memory { "sqlite::memory:".to_owned() } else { place.url.clone() };
        if !self.is_in_memory && place.backend != Backend::Sqlite {
            place.execute(&self.schema);
        }
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            rt::System::new().block_on(async move {
                let database = open(&self, &url).await;
                let offered = database.clone();
                let server = HttpServer::new(move || {
                    statements::attribute_to(&url);
                    let data = offered.clone().map(web::Data::new);
                    App::new().configure(|services| offer(services, data)).configure(mount.clone())
                });
                let server = server.h1_allow_half_closed(!self.hears_of_clients);
                let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).expect("a free port");
                let address = server.addrs()[0];
                let running = server.run();
                sender.send((address, running.handle(), database)).expect("a test that waits");
                running.await.expect("a server that runs until it is stopped");
            });
        });
        let (address, handle, database) = receiver.recv().expect("a server that starts");
        Server { address, database, agent: agent(), handle, place }
    }
}

async fn open(setup: &Setup, url: &str) -> Option<Database> {
    if !setup.has_database {
        return None;
    }
    let mut builder = (setup.settings)(Database::builder(url)).acquire_timeout(setup.patience);
    if let Some(limit) = setup.statement_timeout {
        builder = builder.statement_timeout(limit);
    }
    let database = builder.connect().await.expect("a database");
    if url.starts_with("sqlite:") {
        let schema = backends::translate(Backend::Sqlite, &setup.schema);
        database.run(move |connection| connection.batch_execute(&schema)).await.expect("a valid schema");
    }
    Some(database)
}

fn offer(services: &mut ServiceConfig, database: Option<web::Data<Database>>) {
    if let Some(database) = database {
        services.app_data(database);
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true);
    config
        .user_agent("")
        .accept("")
        .accept_encoding("")
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

impl Server {
    /// Starts a server on a database in a file.
    pub fn start(schema: &str, mount: impl Fn(&mut ServiceConfig) + Send + Clone + 'static) -> Self {
        Setup::new(schema).start(mount)
    }

    /// What the database is called where its statements are noted.
    pub fn log_name(&self) -> String {
        match self.place.backend {
            Backend::Sqlite => self.place.file(),
            _ => self.place.url.clone(),
        }
    }

    /// A connection to the database that restless knows nothing of.
    pub fn connection(&self) -> DatabaseConnection {
        self.place.connection()
    }

    /// Runs statements, written for SQLite, behind the back of restless.
    pub fn execute(&self, sql: &str) {
        self.place.execute(sql);
    }

    /// The values of the one column, called `value`, of a query.
    pub fn values(&self, sql: &str) -> Vec<Option<String>> {
        self.values_by(&mut self.connection(), sql)
    }

    /// The same by a connection that is there already.
    pub fn values_by(&self, connection: &mut DatabaseConnection, sql: &str) -> Vec<Option<String>> {
        let query = self.place.as_text(sql);
        let rows: Vec<Row> = diesel::sql_query(query).load(connection).expect("a valid query");
        rows.into_iter().map(|row| row.value).collect()
    }

    /// The same as one line, nulls written as `null`.
    pub fn line(&self, sql: &str) -> String {
        let values = self.values(sql).into_iter().map(|value| value.unwrap_or_else(|| "null".to_owned()));
        values.collect::<Vec<_>>().join(" ")
    }

    /// Runs code on the database of the application.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut DatabaseConnection) -> QueryResult<T> + Send + 'static,
    ) -> T {
        let database = self.database.clone().expect("a database");
        rt::System::new().block_on(async move { database.run(work).await }).expect("work that succeeds")
    }

    pub fn request(&self, method: &str, path: &str) -> Request<'_> {
        Request::new(self, method, path)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send()
    }

    pub fn post(&self, path: &str, document: &serde_json::Value) -> Answer {
        self.request("POST", path).document(document).send()
    }

    pub fn patch(&self, path: &str, document: &serde_json::Value) -> Answer {
        self.request("PATCH", path).document(document).send()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The command is sent at once; nobody waits until it is carried out.
        drop(self.handle.stop(false));
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}
