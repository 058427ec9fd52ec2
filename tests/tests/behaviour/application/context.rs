//! Validation that knows the request.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{at_pointer, error, invalid_value};
use crate::server::Server;

diesel::table! {
    loan (id) {
        id -> Integer,
        amount -> Integer,
        rate -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = loan)]
#[restless(methods(GET, POST, PATCH), validate = check)]
struct Loan {
    id: i32,
    amount: i32,
    rate: Option<i32>,
}

/// How much somebody may lend depends on who asks.
fn check(context: &Context, changes: &Changes<Loan>) -> Result<(), ValidationErrors> {
    let most = if context.header("x-role") == Some("manager") { 1000 } else { 100 };
    let mut errors = ValidationErrors::new();
    if changes.get(LoanFields::AMOUNT).value().is_some_and(|amount| amount > most) {
        errors.add("amount", format!("must be {most} at most"));
    }
    errors.check()
}

const TABLE: &str = "CREATE TABLE loan (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, rate INTEGER);
    INSERT INTO loan (id, amount, rate) VALUES (1, 10, NULL);";

fn loan(attributes: &Value) -> Value {
    json!({"data": {"type": "loan", "id": "1", "attributes": attributes}})
}

fn too_much(most: u32) -> Value {
    let detail = format!("amount: must be {most} at most");
    at_pointer(400, "Validation error", &detail, "/data/attributes/amount")
}

#[test]
fn is_asked_before_every_write() {
    let server = Server::start(TABLE, |services| {
        services.service(Loan::api_scope());
    });
    server.patch("/api/loan/1", &loan(&json!({"amount": 500}))).refuses(400, &[too_much(100)]);
    let document = json!({"data": {"type": "loan", "attributes": {"amount": 2000}}});
    let request = server.request("POST", "/api/loan").header("X-Role", "manager");
    request.document(&document).send().refuses(400, &[too_much(1000)]);
    let request = server.request("PATCH", "/api/loan/1").header("X-Role", "manager");
    assert!(request.document(&loan(&json!({"amount": 500}))).send().status < 300);
    assert_eq!(server.line("SELECT amount AS value FROM loan"), "500");
    let request = server.request("PATCH", "/api/loan/1").header("Content-Type", "application/json");
    let answer = request.body(r#"{"amount": 501}"#).send_to_anyone();
    let found = json!({"validation_errors": {"amount": "must be 100 at most"}});
    assert_eq!((answer.status, answer.json()), (400, found));
}

#[test]
fn is_told_together_with_everything_else() {
    let server = Server::start(TABLE, |services| {
        services.service(Loan::api_scope());
    });
    let answer = server.patch("/api/loan/1", &loan(&json!({"amount": 500, "rate": "high"})));
    answer.refuses(400, &[too_much(100), invalid_value("rate", "rate: expected an integer, found \"high\"")]);
}

#[test]
fn may_be_replaced_by_the_mount() {
    let server = Server::start(TABLE, |services| {
        let closed = Loan::api().collection_name("closed").validate_with_context(|context, _| {
            let is_open = context.header("x-open").is_some();
            if is_open { Ok(()) } else { Err(ValidationErrors::new().with("rate", "is fixed")) }
        });
        let free = Loan::api().collection_name("free").validate(|_| Ok(()));
        services.service(closed.scope()).service(free.scope());
    });
    let of = |kind: &str| json!({"data": {"type": kind, "id": "1", "attributes": {"amount": 500}}});
    let fixed = at_pointer(400, "Validation error", "rate: is fixed", "/data/attributes");
    server.patch("/api/closed/1", &of("closed")).refuses(400, &[fixed]);
    assert!(server.request("PATCH", "/api/closed/1").header("X-Open", "1").document(&of("closed")).send().status < 300);
    assert!(server.patch("/api/free/1", &of("free")).status < 300);
    server
        .get("/api/closed/77")
        .refuses(404, &[error(404, "Not Found", "there is no resource of type \"closed\" with the id \"77\"")]);
}
