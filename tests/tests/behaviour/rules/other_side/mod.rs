//! What writes a column is refused wherever the column may not be written, whichever relationship leads to it.

mod desk;
mod foreign_keys;
mod row_rules;
mod ways;

use serde_json::{Value, json};

use self::desk::{Reason, desk, everything};
use self::ways::{Effect, Format, Relationship, Way, own_ways};
use crate::client::Answer;

/// Whether a reason at the other end refuses what a way does.
fn refuses(reason: Reason, relationship: Relationship, effect: Effect) -> bool {
    let is_joined = relationship == Relationship::Teams;
    match reason {
        Reason::Nothing => false,
        // A join table has no field, and no methods of its own.
        Reason::ReadOnlyField | Reason::Validation => !is_joined && effect != Effect::Deletes,
        Reason::CreateOnlyField => !is_joined && effect == Effect::Moves,
        Reason::Methods => !is_joined || effect != Effect::Moves,
        // Whoever deletes a row of a join table with its member writes that table.
        Reason::ReadOnlyRelation | Reason::Locked | Reason::Hidden => is_joined || effect != Effect::Deletes,
    }
}

/// The status of a refusal.
fn status(reason: Reason, way: &Way) -> u16 {
    match (reason, way.format) {
        (Reason::Validation, _) => 400,
        (Reason::Methods, _) | (_, Format::JsonApi) => 403,
        (_, Format::Classic) => 400,
    }
}

/// Where the answer says that the mistake is; the document has to have something there.
fn pointed_at(answer: &Answer, way: &Way) -> Value {
    let body = answer.json();
    let pointer = body["errors"][0]["source"]["pointer"].as_str().unwrap_or_else(|| panic!("no pointer: {body}"));
    way.body.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is nowhere in {}", way.body)).clone()
}

#[test]
fn refuses_what_it_does_not_let_be_written() {
    for reason in Reason::ALL {
        let server = desk(reason);
        let before = everything(&server);
        for relationship in Relationship::ALL {
            for way in relationship.ways() {
                if !refuses(reason, relationship, way.effect) {
                    continue;
                }
                let answer = way.send(&server);
                assert_eq!(answer.status, status(reason, &way), "{reason:?}, {way:?}: {answer:#?}");
                assert_eq!(everything(&server), before, "{reason:?}, {way:?}");
                if way.format == Format::JsonApi {
                    pointed_at(&answer, &way);
                }
                if reason == Reason::Hidden {
                    let names = ["assignee", "holder", "agents"];
                    assert!(!names.iter().any(|name| answer.body.contains(name)), "{way:?}: {}", answer.body);
                }
            }
        }
    }
}

#[test]
fn lets_be_written_what_it_does_not_refuse() {
    for reason in Reason::ALL.into_iter().chain([Reason::Nothing]) {
        for relationship in Relationship::ALL {
            for way in relationship.ways() {
                if refuses(reason, relationship, way.effect) {
                    continue;
                }
                let server = desk(reason);
                let before = everything(&server);
                let answer = way.send(&server);
                assert!(answer.status < 300, "{reason:?}, {way:?}: {answer:#?}");
                assert_ne!(everything(&server), before, "{reason:?}, {way:?}");
            }
        }
    }
}

#[test]
fn holds_where_the_foreign_key_stands_too() {
    for reason in Reason::ALL.into_iter().filter(|reason| *reason != Reason::Methods) {
        let server = desk(reason);
        let before = everything(&server);
        for way in own_ways() {
            if reason == Reason::CreateOnlyField && way.effect == Effect::Creates {
                continue;
            }
            let answer = way.send(&server);
            let is_unknown = reason == Reason::Hidden;
            let expected = match way.format {
                Format::JsonApi if is_unknown && way.path.contains("relationships") => 404,
                Format::JsonApi if is_unknown => 400,
                _ => status(reason, &way),
            };
            assert_eq!(answer.status, expected, "{reason:?}, {way:?}: {answer:#?}");
            assert_eq!(everything(&server), before, "{reason:?}, {way:?}");
            if way.format == Format::JsonApi && expected != 404 {
                pointed_at(&answer, &way);
            }
        }
    }
}

#[test]
fn lets_the_foreign_key_be_written_where_it_stands() {
    for reason in [Reason::Nothing, Reason::CreateOnlyField] {
        for way in own_ways() {
            if reason == Reason::CreateOnlyField && way.effect == Effect::Moves {
                continue;
            }
            let server = desk(reason);
            let before = everything(&server);
            let answer = way.send(&server);
            assert!(answer.status < 300, "{reason:?}, {way:?}: {answer:#?}");
            assert_ne!(everything(&server), before, "{reason:?}, {way:?}");
        }
    }
}

#[test]
fn keeps_members_as_they_are_where_nothing_changes() {
    for reason in [Reason::CreateOnlyField, Reason::Methods, Reason::Validation] {
        let server = desk(reason);
        let before = everything(&server);
        let own = json!({"data": [{"type": "ticket", "id": "1"}, {"type": "ticket", "id": "2"}]});
        assert_eq!(server.patch("/api/agent/1/relationships/tickets", &own).status, 204, "{reason:?}");
        assert_eq!(server.post("/api/agent/1/relationships/tickets", &own).status, 204, "{reason:?}");
        let badge = json!({"data": {"type": "badge", "id": "1"}});
        assert_eq!(server.patch("/api/agent/1/relationships/badge", &badge).status, 204, "{reason:?}");
        let none = json!({"data": null});
        assert_eq!(server.patch("/api/agent/3/relationships/badge", &none).status, 204, "{reason:?}");
        assert_eq!(everything(&server), before, "{reason:?}");
    }
}

#[test]
fn says_what_is_not_written() {
    let ticket = json!({"data": [{"type": "ticket", "id": "3"}]});
    let cases = [
        (
            Reason::Locked,
            "Read-only relationship",
            "tickets: \"assignee\" of the type \"ticket\" is read-only",
            "/data",
        ),
        (Reason::Hidden, "Read-only relationship", "tickets: is read-only", "/data"),
        (
            Reason::CreateOnlyField,
            "Create-only relationship",
            "tickets: resources of the type \"ticket\" become members only when they are created",
            "/data/0",
        ),
        (Reason::Methods, "Forbidden", "\"ticket\" is not changed here", "/data/0"),
    ];
    for (reason, title, detail, pointer) in cases {
        let answer = desk(reason).post("/api/agent/1/relationships/tickets", &ticket);
        answer.refuses(403, &[crate::expected::at_pointer(403, title, detail, pointer)]);
    }
    let answer = desk(Reason::Validation).post("/api/agent/1/relationships/tickets", &ticket);
    let detail = "assignee_id: stays as it is";
    answer.refuses(400, &[crate::expected::at_pointer(400, "Validation error", detail, "/data/0")]);
    let team = json!({"data": [{"type": "team", "id": "3"}]});
    let answer = desk(Reason::ReadOnlyRelation).post("/api/agent/1/relationships/teams", &team);
    let detail = "teams: \"agents\" of the type \"team\" is read-only";
    answer.refuses(403, &[crate::expected::at_pointer(403, "Read-only relationship", detail, "/data")]);
}
