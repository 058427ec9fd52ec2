//! JSON documents in columns.

mod of_sqlite;

use serde_json::json;

use super::{create, has, keeps, matching, server};
use crate::backends::by_backend;
use crate::expected::at_parameter;

#[test]
fn are_kept_whatever_they_are() {
    let server = server();
    // MariaDB's documents are 32 deep at the most.
    let depth = by_backend(60, 60, 30);
    let deep = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
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
fn keep_the_greatest_integers() {
    let server = server();
    for name in by_backend(vec!["json"], vec!["json", "jsonb"], vec!["json"]) {
        assert!(create(&server, name, "[18446744073709551615]").body.contains("[18446744073709551615]"), "{name}");
    }
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
    server.patch("/api/sample/1", &sent).tells_what_is_read_from(&server);
    assert_eq!(server.get("/api/sample/1").attributes()["json"], json!({"b": 3}));
}

#[test]
fn cannot_be_compared() {
    let server = server();
    for name in ["json", "jsonb"].into_iter().filter(|name| has(name)) {
        let filter = format!("filter[{name}]");
        let detail = format!("{filter}: this operator does not suit the attribute, whose value is a JSON value");
        server.get(&format!("/api/sample?{filter}=1")).refuses(400, &[at_parameter(&filter, &detail)]);
    }
    assert_eq!(matching(&server, "page[size]=0"), "");
}
