//! Related objects within the one that is written.

use serde_json::{Value, json};

use super::shop::{self, computer, get, send};
use crate::server::Server;

/// Everything in the database, to be compared.
fn everything(server: &Server) -> [String; 4] {
    [
        server.line("SELECT name AS value FROM person ORDER BY id"),
        server.line("SELECT COALESCE(vendor, '-') AS value FROM computer ORDER BY id"),
        server.line("SELECT tag_name AS value FROM computer_tag ORDER BY computer_id, tag_name"),
        server.line("SELECT name AS value FROM tag ORDER BY name"),
    ]
}

fn computers_of(server: &Server, id: i32) -> Value {
    get(server, &format!("/api/person/{id}")).json()["computers"].clone()
}

#[test]
fn are_new_known_or_changed() {
    let server = shop::shop();
    let body = json!({"name": "Dan", "computers": [{"id": 4}, {"id": 3, "vendor": "baz"}, {"name": "c5"}]});
    let answer = send(&server, "POST", "/api/person", &body);
    let computers = [computer(3, Some("baz"), Some(4)), computer(4, None, Some(4)), computer(5, None, Some(4))];
    answer.is(201, &json!({"id": 4, "name": "Dan", "age": null, "is_minor": null, "computers": computers}));
    assert_eq!(computers_of(&server, 2), json!([]));
}

#[test]
fn lie_within_each_other() {
    let server = shop::shop();
    let body = json!({
        "name": "c5",
        "owner": {"name": "Dan", "computers": [{"name": "c6", "tags": [{"name": "fast", "color": "red"}]}]},
        "tags": [{"name": "old"}, {"name": "rare"}],
    });
    let answer = send(&server, "POST", "/api/computer", &body);
    assert_eq!((answer.status, &answer.json()["owner"]["name"]), (201, &json!("Dan")), "{answer:#?}");
    assert_eq!(answer.json()["tags"], json!([{"name": "old", "color": "grey"}, {"name": "rare", "color": null}]));
    let owner = get(&server, "/api/person/4").json();
    let names: Vec<&Value> = owner["computers"].as_array().into_iter().flatten().map(|one| &one["name"]).collect();
    assert_eq!(names.len(), 2, "{owner}");
    assert_eq!(server.line("SELECT color AS value FROM tag WHERE name = 'fast'"), "red");
}

#[test]
fn replace_those_that_there_were() {
    let server = shop::shop();
    let body = json!({"computers": [{"id": 1}, {"id": 3, "vendor": "Apple"}, {"name": "new", "vendor": "Lenovo"}]});
    for method in ["PATCH", "PUT"] {
        let answer = send(&server, method, "/api/person/1", &body);
        assert_eq!(answer.status, 200, "{answer:#?}");
        let found = computers_of(&server, 1);
        assert_eq!((found[1].clone(), &found[2]["vendor"]), (computer(3, Some("Apple"), Some(1)), &json!("Lenovo")));
        assert_eq!(found.as_array().map(Vec::len), Some(3), "{method}: {found}");
    }
    assert_eq!(get(&server, "/api/computer/2").json()["owner_id"], json!(null));
    assert_eq!(send(&server, "PATCH", "/api/person/1", &json!({"computers": []})).json()["computers"], json!([]));
}

#[test]
fn are_added() {
    let server = shop::shop();
    let cases = [
        json!({"add": [{"id": 4}]}),
        json!({"add": {"id": 3}}),
        json!({"add": [{"name": "c5"}, {"name": "c6", "tags": [{"name": "new"}]}]}),
        json!({"add": {"id": 4, "vendor": "qux"}, "remove": {"id": 1}}),
    ];
    for (case, found) in cases.into_iter().zip(["1 2 4", "1 2 3 4", "1 2 3 4 5 6", "2 3 4 5 6"]) {
        let answer = send(&server, "PATCH", "/api/person/1", &json!({"computers": case}));
        let ids = answer.json()["computers"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one["id"].to_string())
            .collect::<Vec<_>>();
        assert_eq!((answer.status, ids.join(" ").as_str()), (200, found), "{case}");
    }
    assert_eq!(server.line("SELECT vendor AS value FROM computer WHERE id = 4"), "qux");
}

#[test]
fn are_removed_by_key_or_by_what_they_are_like() {
    let server = shop::shop();
    for (removed, left) in [(json!({"id": 2}), 1), (json!([{"name": "c1", "vendor": "foo"}]), 0)] {
        let answer = send(&server, "PATCH", "/api/person/1", &json!({"computers": {"remove": removed}}));
        assert_eq!(answer.json()["computers"].as_array().map(Vec::len), Some(left), "{answer:#?}");
    }
    assert_eq!(server.line("SELECT id AS value FROM computer ORDER BY id"), "1 2 3 4");
    let answer = send(&server, "PATCH", "/api/computer/1", &json!({"tags": {"remove": [{"color": null}]}}));
    assert_eq!(answer.json()["tags"], json!([{"name": "old", "color": "grey"}]));
}

#[test]
fn are_deleted_on_demand() {
    let server = shop::shop();
    let body = json!({"computers": {"remove": [{"id": 2, "__delete__": true}, {"id": 1, "__delete__": false}]}});
    assert_eq!(send(&server, "PATCH", "/api/person/1", &body).json()["computers"], json!([]));
    assert_eq!(server.line("SELECT id AS value FROM computer ORDER BY id"), "1 3 4");
}

#[test]
fn of_a_relation_to_one_are_set_changed_and_cleared() {
    let server = shop::shop();
    let cases = [
        (json!({"id": 2}), json!({"id": 2, "name": "Bob", "age": 12, "is_minor": true})),
        (json!({"id": 1, "age": 29}), json!({"id": 1, "name": "Ada", "age": 29, "is_minor": false})),
        (json!({"add": {"id": 3}}), json!({"id": 3, "name": "Cyd", "age": null, "is_minor": null})),
        (json!({"name": "Dan"}), json!({"id": 4, "name": "Dan", "age": null, "is_minor": null})),
        (json!(null), json!(null)),
    ];
    for (owner, found) in cases {
        let answer = send(&server, "PATCH", "/api/computer/4", &json!({"owner": owner}));
        assert_eq!((answer.status, &answer.json()["owner"]), (200, &found), "{owner}");
    }
    // The object counts for more than the column beside it.
    let both = send(&server, "PATCH", "/api/computer/4", &json!({"owner_id": 1, "owner": {"id": 2}}));
    assert_eq!(both.json()["owner_id"], json!(2));
}

#[test]
fn are_refused_as_a_whole_and_nothing_changes() {
    let server = shop::shop();
    let before = everything(&server);
    let cases = [
        json!({"computers": 5}),
        json!({"computers": "c1"}),
        json!({"computers": null}),
        json!({"computers": [5]}),
        json!({"computers": [[]]}),
        json!({"computers": {"add": [], "drop": []}}),
        json!({"computers": {}}),
        json!({"computers": {"remove": [{"id": 99}]}}),
        json!({"computers": {"remove": [{"id": 3}]}}),
        json!({"computers": {"remove": [{}]}}),
        json!({"computers": {"remove": [{"name": "nothing"}]}}),
        json!({"computers": {"remove": [{"bogus": 1}]}}),
        json!({"computers": {"remove": [5]}}),
        json!({"computers": [{"id": 99}]}),
        json!({"computers": [{"id": "abc"}]}),
        json!({"computers": [{"id": 1, "vendor": "x"}, {"name": "ok"}, {"vendor": "no name"}]}),
        json!({"computers": [{"id": 1, "bogus": 1}]}),
        json!({"computers": [{"id": {}}]}),
        json!({"computers": [{"name": "c9", "tags": [{"name": "new"}, {"color": "no name"}]}]}),
        json!({"bogus": [{"id": 1}]}),
    ];
    for case in cases {
        for (method, path) in [("PATCH", "/api/person/1"), ("POST", "/api/person")] {
            let mut body = case.clone();
            if method == "POST" {
                body["name"] = json!("New");
            }
            let answer = send(&server, method, path, &body);
            assert_eq!(answer.status, 400, "{method} {body}: {answer:#?}");
            assert_eq!(everything(&server), before, "{method} {body}");
        }
    }
    for tags in [json!([{"name": ""}]), json!([{"name": null}]), json!([{"name": [1]}]), json!(["old"])] {
        let answer = send(&server, "PATCH", "/api/computer/1", &json!({"tags": tags}));
        assert_eq!(answer.status, 400, "{tags}: {answer:#?}");
        assert_eq!(everything(&server), before, "{tags}");
    }
    for owner in [json!([]), json!(5), json!({"remove": {"id": 1}}), json!({"id": 99}), json!({"add": 5})] {
        let answer = send(&server, "PATCH", "/api/computer/1", &json!({"owner": owner}));
        assert_eq!(answer.status, 400, "{owner}: {answer:#?}");
        assert_eq!(everything(&server), before, "{owner}");
    }
}

#[test]
fn lie_within_each_other_only_so_deep() {
    let server = shop::shop();
    let nested = (0..12).fold(json!({"name": "x"}), |inner, level| match level % 2 {
        0 => json!({"name": "c", "owner": inner}),
        _ => json!({"name": format!("p{level}"), "computers": [inner]}),
    });
    let answer = send(&server, "POST", "/api/person", &nested);
    assert!(answer.body.contains("8 objects within each other"), "{answer:#?}");
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd");
}

#[test]
fn need_the_methods_of_their_own_collection() {
    let server = shop::with(|_| {
        use restless_actix::prelude::*;
        let computers = shop::Computer::api().methods([Method::GET]);
        Api::new("/api").resource(shop::Person::api()).resource(computers).resource(shop::Tag::api())
    });
    for computer in [json!({"name": "c9"}), json!({"id": 1, "vendor": "x"})] {
        let answer = send(&server, "PATCH", "/api/person/1", &json!({"computers": [computer]}));
        assert_eq!(answer.status, 403, "{answer:#?}");
    }
    let deleted = json!({"computers": {"remove": [{"id": 1, "__delete__": true}]}});
    assert_eq!(send(&server, "PATCH", "/api/person/1", &deleted).status, 403);
    // Computers that come or go are changed, those that stay are not.
    for computers in [json!([{"id": 1}, {"id": 2}, {"id": 4}]), json!([{"id": 1}]), json!({"add": [{"id": 3}]})] {
        let answer = send(&server, "PATCH", "/api/person/1", &json!({"computers": computers}));
        assert_eq!(answer.status, 403, "{computers}: {answer:#?}");
    }
    let kept = send(&server, "PATCH", "/api/person/1", &json!({"computers": [{"id": 1}, {"id": 2}]}));
    assert_eq!(kept.json()["computers"].as_array().map(Vec::len), Some(2));
    assert_eq!(server.line("SELECT owner_id AS value FROM computer ORDER BY id"), "1 1 2 null");
    assert_eq!(server.line("SELECT name AS value FROM computer ORDER BY id"), "c1 c2 c3 c4");
}
