//! Decimals, which SQLite keeps as doubles: what those do not keep is refused, and sums have the digits of their input.

use bigdecimal::BigDecimal;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{document, invalid_value, resource};
use crate::server::Server;

diesel::table! {
    price (id) {
        id -> Integer,
        amount -> Nullable<Numeric>,
    }
}

#[derive(Restless)]
#[diesel(table_name = price)]
#[restless(methods(GET, POST, PATCH), allow_functions)]
struct Price {
    id: i32,
    amount: Option<BigDecimal>,
}

fn server(rows: &str) -> Server {
    Server::start(&format!("CREATE TABLE price (id INTEGER PRIMARY KEY, amount NUMERIC);{rows}"), |services| {
        services.service(Price::api_scope());
    })
}

fn sent(amount: &Value) -> Value {
    json!({"data": {"type": "price", "attributes": {"amount": amount}}})
}

#[test]
fn that_would_lose_digits_are_refused() {
    let server = server("INSERT INTO price VALUES (1, 1);");
    for amount in ["12345678901234.5678", "9007199254740993", "0.10000000000000000001", "1e-400"] {
        let words = "a decimal number that the database keeps to its last digit, as it does with up to 15";
        let refused = [invalid_value("amount", &format!("amount: expected {words}, found {amount:?}"))];
        server.post("/api/price", &sent(&json!(amount))).refuses(400, &refused);
        let mut patch = sent(&json!(amount));
        patch["data"]["id"] = json!("1");
        server.patch("/api/price/1", &patch).refuses(400, &refused);
    }
    let body = r#"{"amount": 12345678901234.5678}"#;
    let classic = server.request("POST", "/api/price").header("Content-Type", "application/json").body(body);
    assert_eq!(classic.send_to_anyone().status, 400);
    assert_eq!(server.line("SELECT count(*) || '=' || sum(amount) AS value FROM price"), "1=1");
}

#[test]
fn that_are_kept_are_shown_as_they_were_sent() {
    let server = server("");
    for (place, amount) in
        ["0.1", "-123456789.012345", "999999999999999", "0.000001", "1234567890.12"].into_iter().enumerate()
    {
        let id = (place + 1).to_string();
        let path = format!("/api/price/{id}");
        let expected = document(&path, &resource("price", &id, &json!({"amount": amount})));
        server.post("/api/price", &sent(&json!(amount))).is(201, &expected);
        server.get(&path).is(200, &expected);
    }
}

fn ask(server: &Server, query: &str) -> Value {
    server.request("GET", &format!("/api/eval/price?{query}")).send_to_anyone().json()
}

#[test]
fn are_added_digit_by_digit() {
    let cases = [
        ("(100000), (0.29)", "100000.29", "50000.145"),
        ("(0.1), (0.2)", "0.3", "0.15"),
        ("(1.1), (2.2), (NULL), (-3.3)", "0", "0"),
        ("(12345678901234.5), (12345678901234.25)", "24691357802468.75", "12345678901234.375"),
        ("(9007199254740993), (0.5)", "9007199254740993.5", "4503599627370497"),
    ];
    for (rows, sum, mean) in cases {
        let server = server(&format!("INSERT INTO price (amount) VALUES {rows};"));
        let q = "q=%7B%22functions%22:%5B%7B%22name%22:%22sum%22,%22field%22:%22amount%22%7D,\
                 %7B%22name%22:%22avg%22,%22field%22:%22amount%22%7D%5D%7D";
        assert_eq!(ask(&server, q), json!({"sum__amount": sum, "avg__amount": mean}), "{rows}");
    }
}
