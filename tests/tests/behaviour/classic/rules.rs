//! Rules of rows and fields, and processors, hold in this format too.

use restless_actix::prelude::*;
use serde_json::json;

use super::shop::{Computer, ComputerFields, Person, PersonFields, ROWS, TABLES, get, ids, message, search, send};
use crate::server::Server;

fn server(
    people: fn(ResourceApi<Person>) -> ResourceApi<Person>,
    computers: fn(ResourceApi<Computer>) -> ResourceApi<Computer>,
) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let api = Api::new("/api").resource(people(Person::api())).resource(computers(Computer::api()));
        services.service(api.scope());
    })
}

/// Only Ada exists.
fn only_ada() -> Server {
    server(|people| people.row_filter(|_| PersonFields::NAME.eq("Ada")), |computers| computers)
}

#[test]
fn what_does_not_exist_is_named_by_no_foreign_key() {
    let server = only_ada();
    let c3 = get(&server, "/api/computer/3").json();
    assert_eq!((&c3["owner"], &c3["owner_id"]), (&json!(null), &json!(null)));
    let list = get(&server, "/api/computer").json();
    let owners: Vec<_> = list["objects"].as_array().into_iter().flatten().map(|one| one["owner_id"].clone()).collect();
    assert_eq!(owners, [json!(1), json!(1), json!(null), json!(null)]);
    assert_eq!(ids(&get(&server, "/api/person")), "1");
    get(&server, "/api/person/2").is(404, &json!({}));
    get(&server, "/api/computer/3/owner").is(404, &json!({}));
}

#[test]
fn what_does_not_exist_is_found_by_no_foreign_key() {
    let server = only_ada();
    let cases = [
        (json!({"name": "owner_id", "op": "eq", "val": 2}), ""),
        (json!({"name": "owner_id", "op": "eq", "val": 1}), "1 2"),
        (json!({"name": "owner_id", "op": "is_null"}), "3 4"),
        (json!({"name": "owner_id", "op": "is_not_null"}), "1 2"),
        (json!({"name": "owner_id", "op": "ne", "val": 1}), ""),
        (json!({"not": {"name": "owner_id", "op": "eq", "val": 2}}), "1 2 3 4"),
    ];
    for (filter, found) in cases {
        assert_eq!(ids(&search(&server, "/api/computer", &json!({"filters": [filter]}))), found, "{filter}");
    }
    // In the order of owners are those whose owner exists.
    let by_owner = json!({"order_by": [{"field": "owner__name"}]});
    assert_eq!(ids(&search(&server, "/api/computer", &by_owner)), "1 2");
    for q in [
        json!({"order_by": [{"field": "owner_id"}]}),
        json!({"group_by": [{"field": "owner_id"}]}),
        json!({"filters": [{"name": "id", "op": "eq", "field": "owner_id"}]}),
    ] {
        message(&search(&server, "/api/computer", &q), 400);
    }
}

#[test]
fn what_does_not_exist_is_written_by_nobody() {
    let server = only_ada();
    for body in [json!({"owner_id": 2}), json!({"owner": {"id": 2}}), json!({"owner": {"id": 2, "age": 99}})] {
        let answer = send(&server, "PATCH", "/api/computer/1", &body);
        assert_eq!(answer.status, 400, "{body}: {answer:#?}");
    }
    send(&server, "PATCH", "/api/person", &json!({"age": 99})).is(200, &json!({"num_modified": 1}));
    // Whoever leaves the rule is taken back, and nothing else changes either.
    assert_eq!(send(&server, "PATCH", "/api/person", &json!({"name": "Eve"})).status, 403);
    assert_eq!(send(&server, "PATCH", "/api/computer/1", &json!({"owner": {"id": 1, "name": "Eve"}})).status, 403);
    assert_eq!(server.line("SELECT age AS value FROM person ORDER BY id"), "99 12 null");
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd");
    assert_eq!(super::shop::delete(&server, "/api/person").json(), json!({"num_deleted": 1}));
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Bob Cyd");
}

#[test]
fn a_hidden_relation_hides_its_foreign_key() {
    let server =
        server(|people| people, |computers| computers.field_access(|_| FieldAccess::all().hide(ComputerFields::OWNER)));
    get(&server, "/api/computer/1").is(
        200,
        &json!({"id": 1, "name": "c1", "vendor": "foo", "tags": [{"name": "new", "color": null}, {"name": "old", "color": "grey"}]}),
    );
    assert!(get(&server, "/api/person/1").json()["computers"][0].get("owner_id").is_none());
    let by_owner = json!({"filters": [{"name": "owner_id", "op": "eq", "val": 1}]});
    message(&search(&server, "/api/computer", &by_owner), 400);
    assert_eq!(send(&server, "PATCH", "/api/computer/1", &json!({"owner_id": 2})).status, 400);
}

#[test]
fn a_locked_relation_locks_its_foreign_key() {
    let server =
        server(|people| people, |computers| computers.field_access(|_| FieldAccess::all().lock(ComputerFields::OWNER)));
    for body in [json!({"owner_id": 2}), json!({"owner": {"id": 2}}), json!({"owner": null})] {
        assert_eq!(send(&server, "PATCH", "/api/computer/1", &body).status, 400, "{body}");
    }
    assert_eq!(get(&server, "/api/computer/1").json()["owner_id"], json!(1));
}

/// Doubles names, and refuses one of them.
struct Doubling;

impl Processor<Computer> for Doubling {
    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Computer>) -> Result<(), Error> {
        match changes.get(ComputerFields::NAME).value() {
            Some(name) if name == "bad" => Err(Error::forbidden("bad name")),
            Some(name) => {
                changes.set(ComputerFields::NAME, format!("{name}{name}"));
                Ok(())
            }
            None => Ok(()),
        }
    }

    async fn before_delete_resource(
        &self,
        _: &Context,
        id: &mut String,
        _: Option<&Row<Computer>>,
    ) -> Result<(), Error> {
        if id == "2" { Err(Error::forbidden("two stays")) } else { Ok(()) }
    }
}

#[test]
fn processors_see_related_objects_and_each_of_many() {
    let server = server(|people| people, |computers| computers.processor(Doubling).allow_delete_many());
    let answer = send(&server, "POST", "/api/person", &json!({"name": "Dan", "computers": [{"name": "x"}]}));
    assert_eq!(answer.json()["computers"][0]["name"], json!("xx"), "{answer:#?}");
    let refused = send(&server, "POST", "/api/person", &json!({"name": "Eve", "computers": [{"name": "bad"}]}));
    assert_eq!(message(&refused, 403), "bad name");
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd Dan");
    assert_eq!(message(&super::shop::delete(&server, "/api/computer"), 403), "two stays");
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM computer"), "5");
    let q = super::shop::encode("{\"filters\":[{\"name\":\"id\",\"op\":\"ne\",\"val\":2}]}");
    let deleted = super::shop::delete(&server, &format!("/api/computer?q={q}"));
    assert_eq!(deleted.json(), json!({"num_deleted": 4}));
}

/// Computers are Bob's, whatever a client says.
struct Bobs;

impl Processor<Computer> for Bobs {
    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Computer>) -> Result<(), Error> {
        changes.set(ComputerFields::OWNER_ID, 2);
        Ok(())
    }

    async fn before_patch_resource(
        &self,
        _: &Context,
        _: &mut String,
        changes: &mut Changes<Computer>,
    ) -> Result<(), Error> {
        changes.set(ComputerFields::OWNER_ID, 2);
        Ok(())
    }
}

#[test]
fn a_foreign_key_that_a_processor_sets_is_the_one_that_counts() {
    let server = server(|people| people, |computers| computers.processor(Bobs));
    for mut body in [
        json!({}),
        json!({"owner_id": 1}),
        json!({"owner_id": null}),
        json!({"owner": {"id": 1}}),
        json!({"owner": null}),
        json!({"owner": {"name": "Eve"}}),
        json!({"owner": {"id": 1}, "owner_id": 3}),
    ] {
        let patched = send(&server, "PATCH", "/api/computer/1", &body);
        assert_eq!((patched.status, &patched.json()["owner_id"]), (200, &json!(2)), "{body}: {patched:#?}");
        server.execute("UPDATE computer SET owner_id = 1 WHERE id = 1");
        body["name"] = json!("new");
        let created = send(&server, "POST", "/api/computer", &body);
        assert_eq!((created.status, &created.json()["owner_id"]), (201, &json!(2)), "{body}: {created:#?}");
    }
    let owner = json!({"owner": {"data": {"type": "person", "id": "3"}}});
    server.patch("/api/computer/1", &json!({"data": {"type": "computer", "id": "1", "relationships": owner}}));
    assert_eq!(server.line("SELECT owner_id AS value FROM computer WHERE id = 1"), "2");
    // Who is not written is not made either.
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd");
}
