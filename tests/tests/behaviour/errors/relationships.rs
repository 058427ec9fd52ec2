//! What is said of a relationship that is missing, or that is called by its foreign key.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Answer;
use crate::expected::at_pointer;
use crate::server::Server;

diesel::table! {
    ticket (id) {
        id -> Integer,
        subject -> Text,
        requester_id -> Integer,
        helper_id -> Nullable<Integer>,
    }
}

diesel::table! {
    agent (id) {
        id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = ticket)]
#[restless(methods(GET, POST, PATCH), rename_all = "camelCase")]
#[restless(belongs_to(requester: Agent, foreign_key = requester_id))]
#[restless(belongs_to(helper: Agent, foreign_key = helper_id))]
struct Ticket {
    id: i32,
    subject: String,
    requester_id: i32,
}

#[derive(Restless)]
#[diesel(table_name = agent)]
struct Agent {
    id: i32,
}

const TABLES: &str = "
    CREATE TABLE agent (id INTEGER PRIMARY KEY);
    CREATE TABLE ticket (
        id INTEGER PRIMARY KEY, subject VARCHAR(20) NOT NULL,
        requester_id INTEGER NOT NULL REFERENCES agent (id), helper_id INTEGER REFERENCES agent (id)
    );
    INSERT INTO agent (id) VALUES (1);
    INSERT INTO ticket (id, subject, requester_id) VALUES (1, 'old', 1);
";

fn server() -> Server {
    Server::start(TABLES, |services| {
        services.service(Api::new("/api").resource(Ticket::api()).resource(Agent::api()).scope());
    })
}

fn ticket(attributes: &Value, relationships: &Value) -> Value {
    json!({"data": {"type": "ticket", "attributes": attributes, "relationships": relationships}})
}

fn classic(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    let request = server.request(method, path).header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(body.to_string()).send_to_anyone()
}

#[test]
fn one_that_is_missing_is_named_where_it_should_stand() {
    let server = server();
    let error = at_pointer(400, "Invalid value", "requester: must not be null", "/data/relationships/requester");
    let subject = json!({"subject": "new"});
    server
        .post("/api/ticket", &json!({"data": {"type": "ticket", "attributes": subject}}))
        .refuses(400, std::slice::from_ref(&error));
    let linkage = json!({"helper": {"data": {"type": "agent", "id": "1"}}});
    server.post("/api/ticket", &ticket(&subject, &linkage)).refuses(400, &[error]);
    let answer = classic(&server, "POST", "/api/ticket", &subject);
    assert_eq!((answer.status, answer.json()), (400, json!({"message": "requester: must not be null"})));
    // An attribute has no place of its own where it is missing.
    let requester = json!({"requester": {"data": {"type": "agent", "id": "1"}}});
    let error = at_pointer(400, "Invalid value", "subject: must not be null", "/data/attributes");
    server.post("/api/ticket", &ticket(&json!({}), &requester)).refuses(400, &[error]);
    assert_eq!(server.post("/api/ticket", &ticket(&subject, &requester)).status, 201);
}

#[test]
fn a_foreign_key_leads_to_its_relationship() {
    let server = server();
    let hint = |name: &str, what: &str, relationship: &str| {
        let detail = format!(
            "\"ticket\" has no {what} \"{name}\": the relationship \"{relationship}\" stands for this foreign key"
        );
        let place = if what == "attribute" { "attributes" } else { "relationships" };
        at_pointer(400, &format!("Unknown {what}"), &detail, &format!("/data/{place}/{name}"))
    };
    let linkage = json!({"data": {"type": "agent", "id": "1"}});
    for (name, relationship) in [("requesterId", "requester"), ("requester_id", "requester"), ("helper_id", "helper")] {
        let answer = server.post("/api/ticket", &ticket(&json!({"subject": "new", name: 1}), &json!({})));
        answer.refuses(400, &[hint(name, "attribute", relationship)]);
        let update = json!({"data": {"type": "ticket", "id": "1", "relationships": {name: linkage}}});
        server.patch("/api/ticket/1", &update).refuses(400, &[hint(name, "relationship", relationship)]);
    }
    // The classic format knows those that are fields, by the names that they have there.
    let message = |name: &str, relationship: &str| {
        json!({"message": format!(
            "\"ticket\" has no attribute \"{name}\": the relationship \"{relationship}\" stands for this foreign key"
        )})
    };
    let answer = classic(&server, "PATCH", "/api/ticket/1", &json!({"helper_id": 1}));
    assert_eq!((answer.status, answer.json()), (400, message("helper_id", "helper")));
    let answer = classic(&server, "PATCH", "/api/ticket/1", &json!({"requester_id": 1}));
    assert_eq!((answer.status, answer.json()), (400, message("requester_id", "requester")));
    assert_eq!(classic(&server, "PATCH", "/api/ticket/1", &json!({"requesterId": 1})).status, 200);
}

#[test]
fn validations_point_at_one_that_is_missing() {
    for name in ["requester", "requesterId"] {
        let server = Server::start(TABLES, move |services| {
            let tickets =
                Ticket::api().validate(move |changes| match changes.get(TicketFields::REQUESTER_ID).value() {
                    Some(_) => Ok(()),
                    None => Err(ValidationErrors::new().with(name, "has to be said")),
                });
            services.service(Api::new("/api").resource(tickets).resource(Agent::api()).scope());
        });
        let detail = format!("{name}: has to be said");
        let error = at_pointer(400, "Validation error", &detail, "/data/relationships/requester");
        let subject = json!({"subject": "new"});
        server.post("/api/ticket", &ticket(&subject, &json!({}))).refuses(400, &[error]);
        let answer = classic(&server, "POST", "/api/ticket", &subject);
        assert_eq!((answer.status, answer.json()), (400, json!({"validation_errors": {name: "has to be said"}})));
        let requester = json!({"requester": {"data": {"type": "agent", "id": "1"}}});
        assert_eq!(server.post("/api/ticket", &ticket(&subject, &requester)).status, 201);
    }
}
