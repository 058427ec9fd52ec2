//! JSON documents in columns.

use serde_json::json;

use super::{create, has, keeps, matching, server};
use crate::expected::{at_parameter, invalid_value};

#[test]
fn are_kept_whatever_they_are() {
    let server = server();
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    let cases = [
        "true",
        "\"text\"",
        "\"\"",
        "0",
        "-1.5",
        "1e300",
        "9223372036854775807",
        "-9223372036854775808",
        "[]",
        "{}",
        "[null, [true], {\"a\": {\"b\": []}}]",
        "{\"\": 1, \"\\u00e9 \\\"\": \"\\ud83d\\ude00\", \"@at\": 2, \"type\": 3}",
        "\"CURRENT_TIMESTAMP\"",
        &deep,
    ];
    for name in ["json", "jsonb"].into_iter().filter(|name| has(name)) {
        for json in cases {
            keeps(&server, name, json);
        }
    }
}

#[test]
fn keep_numbers_to_the_last_digit() {
    let server = server();
    for name in ["json", "jsonb"].into_iter().filter(|name| has(name)) {
        for number in
            ["31.245270191439438", "9223372036854775807", "9007199254740993", "1.7976931348623157e308", "5e-324"]
        {
            let answer = create(&server, name, &format!("[{number}]"));
            let shown = answer.body.replace("e+", "e");
            assert!(shown.contains(&format!("[{number}]")), "{name}: {number}: {shown}");
        }
    }
}

#[test]
fn keep_the_greatest_integers_or_refuse_them() {
    let server = server();
    assert!(create(&server, "json", "[18446744073709551615]").body.contains("[18446744073709551615]"));
    let sent = json!({"data": {"type": "sample", "attributes": {"jsonb": {"a": [u64::MAX]}}}});
    let detail = "jsonb: expected a JSON value with integers up to 9223372036854775807, found a greater one";
    server.post("/api/sample", &sent).refuses(400, &[invalid_value("jsonb", detail)]);
}

#[test]
fn are_null_when_null() {
    let server = server();
    for name in ["json", "jsonb"].into_iter().filter(|name| has(name)) {
        keeps(&server, name, "null");
    }
}

#[test]
fn are_replaced_as_a_whole() {
    let server = server();
    create(&server, "json", "{\"a\": 1, \"b\": 2}");
    let sent = json!({"data": {"type": "sample", "id": "1", "attributes": {"json": {"b": 3}}}});
    server.patch("/api/sample/1", &sent).is_empty(204);
    assert_eq!(server.get("/api/sample/1").attributes()["json"], json!({"b": 3}));
}

#[test]
fn cannot_be_compared() {
    let server = server();
    for name in ["json", "jsonb"].into_iter().filter(|name| has(name)) {
        let filter = format!("filter[{name}]");
        let detail = format!("{filter}: a JSON document cannot be compared");
        server.get(&format!("/api/sample?{filter}=1")).refuses(400, &[at_parameter(&filter, &detail)]);
    }
    assert_eq!(matching(&server, "page[size]=0"), "");
}
