//! A processor changes what is asked for and what is written.

use restless_actix::prelude::*;
use serde_json::json;

use super::blog;
use crate::relationships::blog::Person;

/// Reads `me` as the id in a header, sorts by name, and keeps names without spaces at their ends.
struct Adjust;

impl Processor<Person> for Adjust {
    async fn before_get_collection(&self, _: &Context, query: &mut Query) -> Result<(), Error> {
        query.remove_parameter("ignored");
        if query.parameter("sort").is_none() {
            query.set_parameter("sort", "-name")?;
        }
        Ok(())
    }

    async fn before_get_resource(&self, context: &Context, id: &mut String) -> Result<(), Error> {
        if id == "me" {
            context.header("x-user").unwrap_or_default().clone_into(id);
        }
        Ok(())
    }

    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Person>) -> Result<(), Error> {
        if let Some(name) = changes.json("name").and_then(|name| Some(name.as_str()?.trim().to_owned())) {
            changes.set_json("name", &json!(name));
        }
        changes.remove("age");
        Ok(())
    }

    async fn before_patch_resource(
        &self,
        context: &Context,
        id: &mut String,
        changes: &mut Changes<Person>,
    ) -> Result<(), Error> {
        if id == "me" {
            context.header("x-user").unwrap_or_default().clone_into(id);
        }
        if changes.names().any(|name| name == "name") {
            changes.set_json("age", &json!(99));
        }
        Ok(())
    }
}

#[test]
fn of_the_query_are_as_if_the_client_had_sent_them() {
    let server = blog(|people| people.processor(Adjust));
    assert_eq!(server.get("/api/person").ids(), "3 2 1");
    assert_eq!(server.get("/api/person?sort=name&ignored=1").ids(), "1 2 3");
    assert_eq!(server.get("/api/person?sort=name&other=1").status, 400);
}

#[test]
fn of_the_id_lead_to_another_resource() {
    let server = blog(|people| people.processor(Adjust));
    let found = server.request("GET", "/api/person/me").header("X-User", "2").send();
    assert_eq!(found.json()["data"]["attributes"]["name"], "Bob");
    assert_eq!(server.get("/api/person/me").status, 404);
}

#[test]
fn of_a_new_resource_are_checked_and_written() {
    let server = blog(|people| people.processor(Adjust));
    let sent = json!({"data": {"type": "person", "attributes": {"name": "  Dan ", "age": 5}}});
    let created = server.post("/api/person", &sent);
    assert_eq!(created.status, 201);
    assert_eq!(created.json()["data"]["attributes"], json!({"name": "Dan", "age": null}));
}

#[test]
fn of_an_update_are_shown_to_the_client() {
    let server = blog(|people| people.processor(Adjust));
    let sent = json!({"data": {"type": "person", "id": "1", "attributes": {"name": "Anna"}}});
    let updated = server.patch("/api/person/1", &sent);
    assert_eq!(updated.status, 200);
    assert_eq!(updated.json()["data"]["attributes"], json!({"name": "Anna", "age": 99}));
    let unchanged = json!({"data": {"type": "person", "id": "1", "attributes": {"age": 7}}});
    server.patch("/api/person/1", &unchanged).tells_what_is_read_from(&server);
}

/// Leads every relationship called `mine` to the articles of Ann, and the article 9 to the second.
struct Mine;

impl Mine {
    fn lead(relation: &mut Relation) {
        if relation.name() == "mine" {
            relation.set_name("articles");
            "1".clone_into(&mut relation.id);
        }
        if relation.name() == "about" {
            relation.set_name("profile");
        }
        if relation.member.as_deref() == Some("9") {
            relation.member = Some("2".to_owned());
        }
    }
}

impl Processor<Person> for Mine {
    async fn before_get_relation(&self, _: &Context, relation: &mut Relation, _: &mut Query) -> Result<(), Error> {
        Self::lead(relation);
        Ok(())
    }

    async fn before_get_related_resource(&self, _: &Context, relation: &mut Relation) -> Result<(), Error> {
        Self::lead(relation);
        Ok(())
    }

    async fn before_get_relationship(&self, _: &Context, relation: &mut Relation, _: &mut Query) -> Result<(), Error> {
        Self::lead(relation);
        Ok(())
    }

    async fn before_post_relationship(
        &self,
        _: &Context,
        relation: &mut Relation,
        _: &mut Members,
    ) -> Result<(), Error> {
        Self::lead(relation);
        Ok(())
    }

    async fn after_get_to_one_relation(&self, _: &Context, outgoing: &mut ResponseResources) -> Result<(), Error> {
        outgoing.meta.insert("leads_to".to_owned(), json!("one"));
        Ok(())
    }

    async fn after_get_to_many_relation(&self, _: &Context, outgoing: &mut ResponseResources) -> Result<(), Error> {
        outgoing.meta.insert("leads_to".to_owned(), json!("many"));
        Ok(())
    }
}

#[test]
fn of_the_relationship_decide_who_is_asked_afterwards() {
    let server = blog(|people| people.processor(Mine));
    for (path, expected) in [("profile", "one"), ("about", "one"), ("articles", "many"), ("mine", "many")] {
        let meta = server.get(&format!("/api/person/1/{path}")).json()["meta"].clone();
        assert_eq!(meta["leads_to"], expected, "{path}");
    }
}

#[test]
fn of_the_relationship_lead_elsewhere() {
    let server = blog(|people| people.methods([Method::GET, Method::PATCH]).processor(Mine));
    assert_eq!(server.get("/api/person/3/mine?sort=id").ids(), "1 2");
    assert_eq!(server.get("/api/person/3/relationships/mine?sort=id").ids(), "1 2");
    assert_eq!(server.get("/api/person/3/mine/9").data()["id"], "2");
    let members = json!({"data": [{"type": "article", "id": "3"}]});
    assert_eq!(server.post("/api/person/3/relationships/mine", &members).status, 204);
    assert_eq!(server.get("/api/person/1/articles?sort=id").ids(), "1 2 3");
    for path in ["/api/person/3/yours", "/api/person/3/relationships/yours", "/api/person/3/yours/1"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}
