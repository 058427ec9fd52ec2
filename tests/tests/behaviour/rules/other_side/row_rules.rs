//! Rows that a relationship would move out of their own rule, or that are outside of it.
use serde_json::json;

use super::desk::plain::{TeamFields, TicketFields};
use super::desk::{everything, ruled};
use super::ways::{Effect, Relationship};

#[test]
fn are_not_moved_out_of_it() {
    // Of tickets there are those of Bob, of teams those with somebody in them.
    let server = ruled(|| TicketFields::ASSIGNEE_ID.eq(2), || TeamFields::AGENTS.is_not_null());
    let before = everything(&server);
    for way in Relationship::Tickets.ways() {
        // Ann has no ticket that there is for the client, so that nothing is taken from her.
        let takes_nothing = way.body["data"] == json!([]) || way.body["tickets"] == json!([]);
        let answer = way.send(&server);
        if takes_nothing {
            assert!(answer.status < 300, "{way:?}: {answer:#?}");
        } else {
            assert!([400, 403, 404].contains(&answer.status), "{way:?}: {answer:#?}");
        }
        assert_eq!(everything(&server), before, "{way:?}");
    }
    let to_nobody = json!({"data": []});
    let answer = server.patch("/api/agent/2/relationships/tickets", &to_nobody);
    let detail = "a resource of type \"ticket\" with these values is out of reach for this request";
    answer.refuses(403, &[crate::expected::error(403, "Out of reach", detail)]);
    let answer = server.patch("/api/agent/2/relationships/teams", &to_nobody);
    let detail = detail.replace("ticket", "team");
    answer.refuses(403, &[crate::expected::error(403, "Out of reach", &detail)]);
    assert_eq!(everything(&server), before);
}

#[test]
fn are_moved_within_it() {
    let server = ruled(|| TicketFields::ID.le(3), || TeamFields::ID.ne(3));
    let before = everything(&server);
    for way in Relationship::Teams.ways() {
        // The team of Bob is outside of the rule.
        let names_hidden = way.body.to_string().contains("\"id\":\"3\"") || way.body.to_string().contains("{\"id\":3}");
        if names_hidden {
            let answer = way.send(&server);
            assert!([400, 404].contains(&answer.status), "{way:?}: {answer:#?}");
            assert_eq!(everything(&server), before, "{way:?}");
        }
    }
    for way in Relationship::Tickets.ways().into_iter().filter(|way| way.effect == Effect::Moves) {
        let server = ruled(|| TicketFields::ID.le(3), || TeamFields::ID.ne(3));
        assert!(way.send(&server).status < 300, "{way:?}");
        assert_ne!(everything(&server), before, "{way:?}");
    }
}
