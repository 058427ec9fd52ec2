//! The application's own statements are part of a write.

use std::time::Duration;

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::json;

use super::blog;
use crate::relationships::blog::{Person, tag};

/// Notes every new person in the table of tags; waits a moment, as whoever asks another service does; refuses some.
struct Audit;

impl Processor<Person> for Audit {
    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<Person>) -> Result<(), Error> {
        let name = changes.json("name").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
        let noted = context.transaction(move |connection| {
            diesel::insert_into(tag::table).values((tag::id.eq(100), tag::name.eq(name))).execute(connection)
        });
        assert_eq!(noted.await?, 1);
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        Ok(())
    }

    async fn after_post_resource(
        &self,
        context: &Context,
        outgoing: &mut ResponseResources<Person>,
    ) -> Result<(), Error> {
        let count = context
            .transaction(|connection| crate::relationships::blog::person::table.count().get_result::<i64>(connection));
        outgoing.meta.insert("people".to_owned(), count.await?.into());
        let name = outgoing.resources[0].attributes["name"].clone();
        if name == "Mallory" { Err(Error::forbidden("not you")) } else { Ok(()) }
    }
}

/// Marks people instead of deleting them, and knows who is marked already.
struct Mark;

impl Processor<Person> for Mark {
    async fn before_delete_resource(
        &self,
        context: &Context,
        id: &mut String,
        _: Option<&Row<Person>>,
    ) -> Result<(), Error> {
        use crate::relationships::blog::person;
        let key: i32 = id.parse().map_err(|_| Error::not_found("no such person"))?;
        let mark = diesel::update(person::table.find(key).filter(person::name.not_like("%+")))
            .set(person::name.eq(person::name.concat("+")));
        if context.transaction(move |connection| mark.execute(connection)).await? == 0 {
            return Err(Error::not_found("no such person"));
        }
        context.mark_handled();
        Ok(())
    }

    async fn after_delete_resource(&self, context: &Context, row: &Row<Person>) -> Result<(), Error> {
        match context.header("x-refuse") {
            Some(_) => Err(Error::forbidden(format!("{} stays", row.id()))),
            None => Ok(()),
        }
    }
}

#[test]
fn may_settle_a_deletion() {
    let server = blog(|people| people.processor(Mark));
    let people = "SELECT name AS value FROM person ORDER BY id";
    assert_eq!(server.request("DELETE", "/api/person/3").header("X-Refuse", "1").send().status, 403);
    assert_eq!(server.line(people), "Ann Bob Cleo");
    assert_eq!(server.delete("/api/person/3").status, 204);
    assert_eq!(server.line(people), "Ann Bob Cleo+");
    for path in ["/api/person/3", "/api/person/77", "/api/person/x"] {
        assert_eq!(server.delete(path).status, 404, "{path}");
    }
    assert_eq!(server.line(people), "Ann Bob Cleo+");
}

const NOTED: &str = "SELECT name AS value FROM tag WHERE id = 100";

#[test]
fn are_committed_with_the_write() {
    let server = blog(|people| people.processor(Audit));
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Dan"}}});
    let created = server.post("/api/person", &sent);
    assert_eq!(created.status, 201, "{created:#?}");
    assert_eq!(created.json()["meta"], json!({"people": 4}));
    assert_eq!(server.line(NOTED), "Dan");
}

#[test]
fn are_taken_back_with_the_write() {
    let server = blog(|people| people.processor(Audit));
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Mallory"}}});
    assert_eq!(server.post("/api/person", &sent).status, 403);
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    assert_eq!(server.post("/api/person", &sent).status, 409);
    assert_eq!(server.line(NOTED), "");
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ann Bob Cleo");
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Eve"}}});
    assert_eq!(server.post("/api/person", &sent).status, 201);
}
