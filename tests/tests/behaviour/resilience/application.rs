//! An application on a database of any URL.

use std::net::SocketAddr;
use std::sync::mpsc;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, rt, web};
use diesel::connection::SimpleConnection as _;
use restless_actix::DatabaseBuilder;
use restless_actix::prelude::*;

diesel::table! {
    note (id) {
        id -> Integer,
        text -> Text,
    }
}

diesel::table! {
    label (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    note_label (note_id, label_id) {
        note_id -> Integer,
        label_id -> Integer,
    }
}

diesel::table! {
    slow_note (id) {
        id -> Integer,
        text -> Text,
    }
}

/// What clients write.
#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    many_to_many(labels: Label, through = note_label, foreign_key = note_id, target_key = label_id)
)]
struct Note {
    id: i32,
    text: String,
}

/// What notes may have.
#[derive(Restless)]
#[diesel(table_name = label)]
struct Label {
    id: i32,
    name: String,
}

/// A view that takes two seconds.
#[derive(Restless)]
#[diesel(table_name = slow_note)]
struct SlowNote {
    id: i32,
    text: String,
}

/// The tables, with two labels; `key` makes a column number its rows.
pub fn schema(key: &str) -> String {
    format!(
        "CREATE TABLE note (id {key}, text VARCHAR(200) NOT NULL UNIQUE);
         CREATE TABLE label (id {key}, name VARCHAR(200) NOT NULL);
         CREATE TABLE note_label (
             note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
             label_id INTEGER NOT NULL REFERENCES label (id),
             PRIMARY KEY (note_id, label_id)
         );
         INSERT INTO label (name) VALUES ('red'), ('blue');"
    )
}

/// A running application, which stops when it is dropped.
pub struct Application {
    pub address: SocketAddr,
    pub database: Database,
    handle: ServerHandle,
}

impl Application {
    /// Starts it with two workers, as most machines would.
    pub fn start(url: &str, schema: String) -> Self {
        Self::start_with(url, schema, |builder| builder)
    }

    /// The same with other settings.
    pub fn start_with(url: &str, schema: String, settings: fn(DatabaseBuilder) -> DatabaseBuilder) -> Self {
        let (sender, receiver) = mpsc::channel();
        let url = url.to_owned();
        std::thread::spawn(move || {
            rt::System::new().block_on(async move {
                let database = settings(Database::builder(&url)).connect().await.expect("a database");
                database.run(move |connection| connection.batch_execute(&schema)).await.expect("a valid schema");
                let offered = database.clone();
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(web::Data::new(offered.clone()))
                        .service(Note::api_scope())
                        .service(Label::api_scope())
                        .service(SlowNote::api_scope())
                });
                let server = server.workers(2).disable_signals().bind(("127.0.0.1", 0)).expect("a free port");
                let address = server.addrs()[0];
                let running = server.run();
                sender.send((address, running.handle(), database)).expect("a test that waits");
                running.await.expect("a server that runs until it is stopped");
            });
        });
        let (address, handle, database) = receiver.recv().expect("an application that starts");
        Self { address, database, handle }
    }

    /// Runs statements on a connection of the application.
    pub fn execute(&self, sql: &str) {
        let (database, sql) = (self.database.clone(), sql.to_owned());
        let ran = rt::System::new()
            .block_on(async move { database.run(move |connection| connection.batch_execute(&sql)).await });
        ran.expect("valid statements");
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
