//! What hooks return, and what they may ask of the database.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::JSON_API;
use crate::expected::{at_pointer, error, internal};
use crate::models::{FIVE, Person, PersonFields, TABLES};
use crate::server::{Server, Setup};

/// Refuses with several errors at once, by what the client calls itself.
struct Strict;

fn look(context: &Context, changes: &Changes<Person>) -> Result<(), ValidationErrors> {
    let mut found = ValidationErrors::new();
    if changes.get(PersonFields::AGE).value().is_some_and(|age| age < 0) {
        found.add("age", "must be positive");
    }
    if context.header("x-nameless").is_some() {
        found.add("name", "must not be told");
    }
    found.check()
}

fn refuse_all(context: &Context) -> Result<(), Errors> {
    let mut errors = Errors::from(Error::conflict("it is closed").with_source(Source::Pointer("/data/id".into())));
    errors.push(Error::conflict("it is not yours"));
    if context.header("x-closed").is_some() { Err(errors) } else { Ok(()) }
}

impl Processor<Person> for Strict {
    async fn before_any(&self, context: &Context) -> Result<(), Error> {
        if context.header("x-outside").is_some() { Ok(refuse_all(context)?) } else { Ok(()) }
    }

    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<Person>) -> Result<(), Error> {
        Ok(look(context, changes)?)
    }

    async fn before_patch_resource(
        &self,
        context: &Context,
        _: &mut String,
        changes: &mut Changes<Person>,
    ) -> Result<(), Error> {
        refuse_all(context)?;
        Ok(look(context, changes)?)
    }
}

fn strict() -> Server {
    Server::start(&format!("{TABLES}{FIVE}"), |services| {
        services.service(Person::api().processor(Strict).scope());
    })
}

fn sent(attributes: &Value) -> Value {
    json!({"data": {"type": "person", "id": "1", "attributes": attributes}})
}

#[test]
fn name_everything_that_is_invalid_with_its_pointer() {
    let server = strict();
    let patch = |attributes: &Value| {
        server.request("PATCH", "/api/person/1").header("X-Nameless", "1").document(&sent(attributes)).send()
    };
    let invalid = |detail: &str, pointer: &str| at_pointer(400, "Validation error", detail, pointer);
    patch(&json!({"age": -1, "name": "Ann"})).refuses(
        400,
        &[
            invalid("age: must be positive", "/data/attributes/age"),
            invalid("name: must not be told", "/data/attributes/name"),
        ],
    );
    patch(&json!({"age": 1})).refuses(400, &[invalid("name: must not be told", "/data/attributes")]);
    let document = json!({"data": {"type": "person", "attributes": {"name": "Eve", "age": -1}}});
    let expected = invalid("age: must be positive", "/data/attributes/age");
    server.post("/api/person", &document).refuses(400, &[expected]);
    let request = server.request("PATCH", "/api/person/1").header("X-Nameless", "1");
    let answer = request.header("Content-Type", "application/json").body(r#"{"age": -1}"#).send_to_anyone();
    let found = json!({"validation_errors": {"age": "must be positive", "name": "must not be told"}});
    assert_eq!((answer.status, answer.json()), (400, found));
    assert_eq!(server.line("SELECT age AS value FROM person WHERE id = 1"), "23");
}

#[test]
fn tell_several_errors_at_once() {
    let server = strict();
    let closed = at_pointer(409, "Conflict", "it is closed", "/data/id");
    let expected = [closed, error(409, "Conflict", "it is not yours")];
    let request = server.request("PATCH", "/api/person/1").header("X-Closed", "1");
    request.document(&sent(&json!({"age": 1}))).send().refuses(409, &expected);
    let request = server.request("GET", "/api/person").header("X-Closed", "1").header("X-Outside", "1");
    // There is no document for the pointer to point into.
    request.send_to_anyone().refuses(409, &expected);
    let request = server.request("PATCH", "/api/person/1").header("X-Closed", "1");
    let answer = request.header("Content-Type", "application/json").body(r#"{"age": 1}"#).send_to_anyone();
    // A place in a document is the same in both formats.
    assert_eq!(answer.status, 409);
    assert!(answer.json()["message"].as_str().is_some_and(|said| said.ends_with("it is not yours")), "{answer:#?}");
}

/// Asks the database in ways that would wait for the write itself, and keeps what it is told.
#[derive(Clone, Default)]
struct Impatient(Arc<Mutex<Vec<String>>>);

impl Impatient {
    async fn ask(&self, context: &Context) -> Result<(), Error> {
        let outcome = context.database().run(|connection| connection.batch_execute("SELECT 1")).await;
        let told = outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
        self.0.lock().expect("a list").push(told);
        context.transaction(|connection| connection.batch_execute("UPDATE person SET age = 1 WHERE id = 5")).await?;
        if context.header("x-insist").is_some() { outcome } else { Ok(()) }
    }

    fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("a list"))
    }
}

impl Processor<Person> for Impatient {
    async fn before_get_resource(&self, context: &Context, _: &mut String) -> Result<(), Error> {
        context.database().run(|connection| connection.batch_execute("SELECT 1")).await
    }

    async fn before_post_resource(&self, context: &Context, _: &mut Changes<Person>) -> Result<(), Error> {
        self.ask(context).await
    }

    async fn after_patch_resource(&self, context: &Context, _: &mut ResponseResources<Person>) -> Result<(), Error> {
        self.ask(context).await
    }

    async fn before_delete_resource(
        &self,
        context: &Context,
        _: &mut String,
        _: Option<&Row<Person>>,
    ) -> Result<(), Error> {
        self.ask(context).await
    }
}

#[test]
fn are_refused_at_once_what_would_wait_for_their_own_write() {
    for is_in_memory in [false, true] {
        let impatient = Impatient::default();
        let given = impatient.clone();
        let setup = Setup { is_in_memory, ..Setup::new(format!("{TABLES}{FIVE}")) };
        let server = setup.start(move |services| {
            services.service(Person::api().processor(given.clone()).scope());
        });
        let began = Instant::now();
        assert_eq!(server.get("/api/person/1").status, 200);
        let created = json!({"data": {"type": "person", "attributes": {"name": "Eve"}}});
        assert_eq!(server.post("/api/person", &created).status, 201);
        assert!(server.patch("/api/person/1", &sent(&json!({"age": 3}))).status < 300);
        assert_eq!(server.delete("/api/person/2").status, 204);
        let told = impatient.told();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|told| told.contains("`context.transaction`")), "{told:?}");
        let request = server.request("DELETE", "/api/person/3").header("X-Insist", "1").header("Accept", JSON_API);
        request.send().refuses(500, &[internal()]);
        assert_eq!(server.get("/api/person/3").status, 200);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}
