//! A database that takes no changes at the moment, as one that follows another after a failover.

use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{Backend, Place, skipped};
use crate::expected::error;
use crate::models::{FIVE, Person, TABLES};
use crate::server::{Server, Setup};

/// What a database says of a change, said by a trigger; SQLite is told itself.
const SAID: [(Backend, &str); 4] = [
    (Backend::Sqlite, "PRAGMA query_only = ON"),
    (
        Backend::Postgres,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'cannot execute UPDATE in a read-only transaction' USING ERRCODE = '25006'; END $$;
         CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON person FOR EACH ROW EXECUTE FUNCTION refuse()",
    ),
    (
        Backend::Mysql,
        "CREATE TRIGGER c BEFORE INSERT ON person FOR EACH ROW SIGNAL SQLSTATE '25006' SET MYSQL_ERRNO = 1792,
            MESSAGE_TEXT = 'Cannot execute statement in a READ ONLY transaction';
         CREATE TRIGGER u BEFORE UPDATE ON person FOR EACH ROW SIGNAL SQLSTATE '25006' SET MYSQL_ERRNO = 1792,
            MESSAGE_TEXT = 'Cannot execute statement in a READ ONLY transaction';
         CREATE TRIGGER d BEFORE DELETE ON person FOR EACH ROW SIGNAL SQLSTATE '25006' SET MYSQL_ERRNO = 1792,
            MESSAGE_TEXT = 'Cannot execute statement in a READ ONLY transaction'",
    ),
    (
        Backend::Mysql,
        "CREATE TRIGGER c BEFORE INSERT ON person FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT =
            'The MariaDB server is running with the --read-only option so it cannot execute this statement';
         CREATE TRIGGER u BEFORE UPDATE ON person FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT =
            'The MariaDB server is running with the --read-only option so it cannot execute this statement';
         CREATE TRIGGER d BEFORE DELETE ON person FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT =
            'The MariaDB server is running with the --read-only option so it cannot execute this statement'",
    ),
];

/// Makes PostgreSQL itself refuse, and does what its own code would meet.
struct Own;

impl Processor<Person> for Own {
    async fn before_patch_resource(
        &self,
        context: &Context,
        _: &mut String,
        _: &mut Changes<Person>,
    ) -> Result<(), Error> {
        if context.header("x-own").is_some() {
            let code = "UPDATE person SET age = 1 WHERE id = 5";
            context.transaction(move |connection| connection.batch_execute(code)).await?;
        }
        if context.header("x-real").is_some() {
            context.transaction(|connection| connection.batch_execute("SET TRANSACTION READ ONLY")).await?;
        }
        Ok(())
    }
}

fn server(backend: Backend, url: &str) -> Server {
    Setup::new(format!("{TABLES}{FIVE}")).start_in(Place::on(backend, url), |services| {
        services.service(Person::api_scope()).service(Person::api().collection_name("hooked").processor(Own).scope());
    })
}

fn of(kind: &str) -> Value {
    json!({"data": {"type": kind, "id": "1", "attributes": {"age": 3}}})
}

fn refusal() -> Value {
    error(503, "Service Unavailable", "the database takes no changes at the moment")
}

fn refuses_changes(backend: Backend, server: &Server) {
    let created = json!({"data": {"type": "person", "attributes": {"name": "Eve"}}});
    let own = server.request("PATCH", "/api/hooked/1").header("X-Own", "1").document(&of("hooked")).send();
    let answers = [
        server.post("/api/person", &created),
        server.patch("/api/person/1", &of("person")),
        server.delete("/api/person/1"),
        server.patch("/api/hooked/1", &of("hooked")),
        own,
    ];
    for answer in answers {
        answer.refuses(503, &[refusal()]);
        assert_eq!(answer.header("retry-after"), Some("1"), "{backend}: {answer:#?}");
    }
    let request = server.request("PATCH", "/api/person/1").header("Content-Type", "application/json");
    let answer = request.body(r#"{"age": 3}"#).send_to_anyone();
    let message = json!("the database takes no changes at the moment");
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{backend}: {answer:#?}");
    assert_eq!(answer.json()["message"], message);
    assert_eq!(server.get("/api/person/1").attributes()["age"], json!(23), "{backend}");
}

#[test]
fn is_503_for_whoever_changes_something() {
    for (backend, said) in SAID {
        let Some(url) = backend.find() else {
            skipped(&format!("a {backend} server at {}", backend.url()));
            continue;
        };
        let server = server(backend, &url);
        match backend {
            Backend::Sqlite => server.run(|connection| connection.batch_execute("PRAGMA query_only = ON")),
            _ => server.connection().batch_execute(said).expect("triggers"),
        }
        refuses_changes(backend, &server);
    }
}

#[test]
fn is_taken_back_once_it_changes_again() {
    let Some(url) = Backend::Postgres.find() else {
        return skipped("a PostgreSQL server");
    };
    let server = server(Backend::Postgres, &url);
    let request = server.request("PATCH", "/api/hooked/1").header("X-Real", "1").document(&of("hooked"));
    request.send().refuses(503, &[refusal()]);
    assert!(server.patch("/api/hooked/1", &of("hooked")).status < 300);
    assert_eq!(server.get("/api/person/1").attributes()["age"], json!(3));
}
