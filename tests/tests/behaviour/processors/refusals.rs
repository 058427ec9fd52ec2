//! A processor refuses: nothing is read, nothing is written.

use restless_actix::prelude::*;
use serde_json::json;

use super::blog;
use crate::relationships::blog::Person;

/// Refuses whoever does not say the word, and everything about the person 2.
struct Guard;

impl Guard {
    fn check(context: &Context) -> Result<(), Error> {
        match context.header("x-word") {
            Some("please") => Ok(()),
            _ => Err(Error::unauthorized("say the word").with_title("No word")),
        }
    }
}

impl Processor<Person> for Guard {
    async fn before_get_collection(&self, context: &Context, _: &mut Query) -> Result<(), Error> {
        Self::check(context)
    }

    async fn before_post_resource(&self, context: &Context, _: &mut Changes<Person>) -> Result<(), Error> {
        Self::check(context)
    }

    async fn after_patch_resource(&self, context: &Context, _: &mut ResponseResources<Person>) -> Result<(), Error> {
        Self::check(context)
    }

    async fn after_delete_resource(&self, context: &Context, _: &Row<Person>) -> Result<(), Error> {
        Self::check(context)
    }

    async fn after_post_relationship(&self, context: &Context, _: &Relation) -> Result<(), Error> {
        Self::check(context)
    }
}

fn refusal() -> serde_json::Value {
    json!({"errors": [{"status": "401", "title": "No word", "detail": "say the word"}], "jsonapi": {"version": "1.1"}})
}

#[test]
fn of_a_read_are_the_answer() {
    let server = blog(|people| people.processor(Guard));
    server.get("/api/person").is(401, &refusal());
    assert_eq!(server.request("GET", "/api/person").header("X-Word", "please").send().status, 200);
}

#[test]
fn before_a_write_leave_everything_as_it_is() {
    let server = blog(|people| people.processor(Guard));
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Dan"}}});
    server.post("/api/person", &sent).is(401, &refusal());
    assert_eq!(server.line("SELECT CAST(count(*) AS TEXT) AS value FROM person"), "3");
}

#[test]
fn after_a_write_take_it_back() {
    let server = blog(|people| people.processor(Guard));
    let sent = json!({"data": {"type": "person", "id": "1", "attributes": {"name": "Anna"}}});
    server.patch("/api/person/1", &sent).is(401, &refusal());
    server.delete("/api/person/3").is(401, &refusal());
    let articles = json!({"data": [{"type": "article", "id": "3"}]});
    server.post("/api/person/3/relationships/articles", &articles).is(401, &refusal());
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ann Bob Cleo");
    assert_eq!(server.line(crate::relationships::blog::AUTHORS), "1 1 null");
    let granted = server.request("PATCH", "/api/person/1").header("X-Word", "please").document(&sent).send();
    assert_eq!(granted.status, 200);
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Anna Bob Cleo");
}
