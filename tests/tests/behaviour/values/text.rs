//! Text.

use super::{create, keeps, matching, refuses, server};

#[test]
fn is_kept_letter_by_letter() {
    let server = server();
    let cases = [
        "\"\"",
        "\" \"",
        "\"a\\u0000b\"",
        "\"\\ud83d\\ude00 \\u00e9 e\\u0301 \\ufeff \\u202e\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u007f\"",
        "\"null\"",
        "\"CURRENT_TIMESTAMP\"",
        "\"'; DROP TABLE sample; --\"",
        "\"漢字 कखग עברית\"",
    ];
    for json in cases {
        keeps(&server, "text", json);
    }
}

#[test]
fn may_be_long() {
    let server = server();
    keeps(&server, "text", &format!("\"{}\"", "é\\n".repeat(100_000)));
}

#[test]
fn is_refused_when_it_is_something_else() {
    let server = server();
    for (json, found) in [("1", "1"), ("1.5", "1.5"), ("true", "true")] {
        refuses(&server, "text", json, &format!("expected a string, found {found}"));
    }
}

#[test]
fn is_filtered_by_what_looks_like_something_else() {
    let server = server();
    for json in ["\"1\"", "\"null\"", "\"a\\u0000b\"", "\"\"", "\"CURRENT_DATE\""] {
        create(&server, "text", json);
    }
    for (value, id) in [("1", "1"), ("null", "2"), ("a%00b", "3"), ("", "4"), ("CURRENT_DATE", "5"), ("1,null", "1 2")]
    {
        assert_eq!(matching(&server, &format!("filter[text]={value}")), id, "{value}");
    }
}
