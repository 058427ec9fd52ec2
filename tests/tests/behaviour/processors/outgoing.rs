//! A processor changes what is sent.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::blog;
use crate::relationships::blog::Person;

/// Shows nobody's age, greets by name, and tells how many there are.
struct Dress;

fn dress(resources: &mut [restless_actix::ResourceObject]) {
    for resource in resources {
        resource.attributes.remove("age");
        let name = resource.attributes.get("name").and_then(Value::as_str).unwrap_or_default();
        let greeting = json!(format!("Hello {name}, number {}", resource.id()));
        resource.attributes.insert("greeting".to_owned(), greeting);
    }
}

impl Processor<Person> for Dress {
    async fn after_get_collection(&self, _: &Context, outgoing: &mut ResponseResources<Person>) -> Result<(), Error> {
        dress(&mut outgoing.resources);
        outgoing.meta.insert("shown".to_owned(), outgoing.resources.len().into());
        Ok(())
    }

    async fn after_get_resource(&self, _: &Context, outgoing: &mut ResponseResources<Person>) -> Result<(), Error> {
        dress(&mut outgoing.resources);
        Ok(())
    }

    async fn after_post_resource(&self, _: &Context, outgoing: &mut ResponseResources<Person>) -> Result<(), Error> {
        dress(&mut outgoing.resources);
        outgoing.meta.insert("welcome".to_owned(), json!(true));
        Ok(())
    }
}

#[test]
fn changes_a_collection_and_its_meta() {
    let server = blog(|people| people.processor(Dress));
    let document = server.get("/api/person?sort=name").json();
    assert_eq!(document["data"][0]["attributes"], json!({"name": "Ann", "greeting": "Hello Ann, number 1"}));
    assert_eq!(document["meta"], json!({"total": 3, "shown": 3}));
}

#[test]
fn changes_a_resource_wherever_it_is_included() {
    let server = blog(|people| people.processor(Dress));
    let expected = json!({"name": "Ann", "greeting": "Hello Ann, number 1"});
    assert_eq!(server.get("/api/person/1").json()["data"]["attributes"], expected);
    let document = server.get("/api/article/2?include=author").json();
    assert_eq!(document["included"][0]["attributes"], expected);
}

#[test]
fn changes_what_a_write_answers() {
    let server = blog(|people| people.processor(Dress));
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Dan", "age": 5}}});
    let created = server.post("/api/person", &sent).json();
    assert_eq!(created["data"]["attributes"], json!({"name": "Dan", "greeting": "Hello Dan, number 4"}));
    assert_eq!(created["meta"], json!({"welcome": true}));
    assert_eq!(server.line("SELECT CAST(age AS TEXT) AS value FROM person WHERE name = 'Dan'"), "5");
}
