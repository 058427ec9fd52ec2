//! What SQLite's binary JSON does not hold.

use serde_json::json;

use crate::expected::invalid_value;
use crate::values::server;

#[test]
fn refuses_the_greatest_integers_in_binary() {
    let sent = json!({"data": {"type": "sample", "attributes": {"jsonb": {"a": [u64::MAX]}}}});
    let detail = "jsonb: expected a JSON value with integers up to 9223372036854775807, found a greater one";
    server().post("/api/sample", &sent).refuses(400, &[invalid_value("jsonb", detail)]);
}
