//! Bytes.

use serde_json::json;

use super::{create, keeps, matching, refuses, server, shows};

#[test]
fn are_base64() {
    let server = server();
    for text in ["\"\"", "\"AA==\"", "\"AP8=\"", "\"aGVsbG8gd29ybGQ=\"", "\"++//\""] {
        keeps(&server, "bytes", text);
    }
    assert_eq!(server.line("SELECT hex(bytes) AS value FROM sample WHERE id = 3"), "00FF");
}

#[test]
fn may_be_sent_in_the_other_spellings_of_base64() {
    let server = server();
    shows(&server, "bytes", "\"AP8\"", &json!("AP8="));
    shows(&server, "bytes", "\"--__\"", &json!("++//"));
    shows(&server, "bytes", "\"-_8\"", &json!("+/8="));
}

#[test]
fn are_all_kept() {
    let server = server();
    let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    let hex: String = bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).map(char::from).collect();
    let insert = format!("INSERT INTO sample (id, bytes) VALUES (1, x'{hex}')");
    server.execute(&insert);
    let text = server.get("/api/sample/1?fields[sample]=bytes").attributes()["bytes"].clone();
    keeps(&server, "bytes", &text.to_string());
    assert_eq!(server.line("SELECT hex(bytes) AS value FROM sample WHERE id = 2"), hex);
}

#[test]
fn are_refused_when_they_are_no_base64() {
    let server = server();
    for json in ["\"***\"", "\"A\"", "\"AP8==\"", "\" AP8=\""] {
        refuses(&server, "bytes", json, &format!("expected a string in base64, found {json}"));
    }
}

#[test]
fn are_refused_when_they_are_no_text() {
    let server = server();
    for json in ["7", "1.5", "true"] {
        refuses(&server, "bytes", json, &format!("expected a string in base64, found {json}"));
    }
}

#[test]
fn are_filtered() {
    let server = server();
    create(&server, "bytes", "\"AP8=\"");
    create(&server, "bytes", "\"++//\"");
    for (value, ids) in [("AP8%3D", "1"), ("AP8=", "1"), ("%2B%2B//", "2"), ("AP8=,--__", "1 2"), ("AA==", "")] {
        assert_eq!(matching(&server, &format!("filter[bytes]={value}")), ids, "{value}");
    }
}
