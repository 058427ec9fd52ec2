//! `Database::run`: the application's own code on the same database.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use restless_actix::Status;
use restless_actix::prelude::*;
use serde_json::json;

use crate::backends::by_backend;
use crate::expected::person_document;
use crate::models::{self, person};
use crate::server::Server;

/// Runs the code and gives back what it gives back.
fn run<T, E, F>(server: &Server, work: F) -> Result<T, Error>
where
    F: FnOnce(&mut restless_actix::DatabaseConnection) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: Into<Error> + Send + 'static,
{
    let database = server.database.clone().expect("a database");
    actix_web::rt::System::new().block_on(async move { database.run(work).await })
}

#[test]
fn shares_the_rows_with_the_endpoints() {
    let server = models::empty();
    let ann = models::Person { id: 7, name: "Ann".to_owned(), age: Some(30), birth_date: None };
    let inserted = server.run(move |connection| diesel::insert_into(person::table).values(&ann).execute(connection));
    assert_eq!(inserted, 1);
    server.get("/api/person/7").is(200, &person_document(7, "Ann", Some(30)));

    let sent = json!({"data": {"type": "person", "id": "7", "attributes": {"name": "Anna"}}});
    server.patch("/api/person/7", &sent).tells_what_is_read_from(&server);
    let people = server.run(|connection| person::table.select(models::Person::as_select()).load(connection));
    assert_eq!(people.into_iter().map(|person| person.name).collect::<Vec<_>>(), ["Anna"]);
}

/// A socket is good for the runtime alone that it was opened in.
#[test]
fn works_in_several_runtimes_of_one_thread_by_turns() {
    let server = models::empty();
    let runtimes = [actix_web::rt::System::new(), actix_web::rt::System::new()];
    for turn in 0..6 {
        let database = server.database.clone().expect("a database");
        let insert = format!("INSERT INTO person (name) VALUES ('{turn}')");
        let inserted = database.run(move |connection| connection.batch_execute(&insert));
        runtimes[turn % 2].block_on(inserted).expect("a row");
    }
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "0 1 2 3 4 5");
}

#[test]
fn tells_the_codes_own_error() {
    let server = models::empty();
    let missing = run(&server, |connection| person::table.select(person::name).first::<String>(connection));
    assert_eq!(missing.expect_err("no row").status(), Status::NOT_FOUND);
    let own = run(&server, |_| Err::<(), _>(Error::forbidden("not today")));
    assert_eq!(own.expect_err("an error").detail(), "not today");
}

#[test]
fn rolls_back_what_the_code_leaves_open() {
    let server = models::empty();
    let begun =
        run(&server, |connection| connection.batch_execute("BEGIN; INSERT INTO person (id, name) VALUES (1, 'Ann')"));
    begun.expect("no error");
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Bob"}}});
    // MySQL makes no key twice, even if the row did not stay.
    let id = by_backend(1, 1, 2);
    server.post("/api/person", &sent).is(201, &person_document(id, "Bob", None));
}

#[test]
fn survives_code_that_panics() {
    let server = models::empty();
    let panicked = run(&server, |connection| {
        connection.batch_execute("INSERT INTO person (id, name) VALUES (100, 'Ann')")?;
        assert!(connection.batch_execute("SELECT 1").is_err(), "the code panics");
        diesel::QueryResult::Ok(())
    });
    assert_eq!(panicked.expect_err("a panic").status(), Status::INTERNAL_SERVER_ERROR);
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Bob"}}});
    assert_eq!(server.post("/api/person", &sent).status, 201);
}

#[test]
fn rolls_back_a_transaction_in_which_code_panics() {
    let server = models::empty();
    let panicked = run(&server, |connection| {
        connection.transaction(|connection| {
            connection.batch_execute("INSERT INTO person (id, name) VALUES (1, 'Ann')")?;
            assert!(connection.batch_execute("SELECT 1").is_err(), "the code panics");
            diesel::QueryResult::Ok(())
        })
    });
    assert_eq!(panicked.expect_err("a panic").status(), Status::INTERNAL_SERVER_ERROR);
    assert_eq!(server.get("/api/person").ids(), "");
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Bob"}}});
    assert_eq!(server.post("/api/person", &sent).status, 201);
}

#[test]
fn sees_transactions_of_diesel_through() {
    let server = models::empty();
    let failed: Result<(), Error> = run(&server, |connection| {
        connection.transaction(|connection| {
            connection.batch_execute("INSERT INTO person (id, name) VALUES (1, 'Ann')")?;
            Err(diesel::result::Error::RollbackTransaction)
        })
    });
    assert!(failed.is_err());
    assert_eq!(server.get("/api/person").ids(), "");
}
