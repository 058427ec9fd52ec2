//! Text.

use super::{create, keeps, matching, refuses, server};
use crate::backends::by_backend;
use crate::expected::at_parameter;

#[test]
fn is_kept_letter_by_letter() {
    let server = server();
    let cases = [
        "\"\"",
        "\" \"",
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
fn may_have_a_nul_where_the_database_keeps_it() {
    let server = server();
    let kept = || {
        keeps(&server, "text", "\"a\\u0000b\"");
        assert_eq!(matching(&server, "filter[text]=a%00b"), "1");
    };
    let refused = || {
        let words = "expected text without the character U+0000, found";
        refuses(&server, "text", "\"a\\u0000b\"", &format!("{words} \"a\\u0000b\""));
        let detail = format!("filter[text]: {words} \"a\\0b\"");
        server.get("/api/sample?filter[text]=a%00b").refuses(400, &[at_parameter("filter[text]", &detail)]);
    };
    by_backend::<&dyn Fn()>(&kept, &refused, &kept)();
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
    for json in ["\"1\"", "\"null\"", "\"\"", "\"CURRENT_DATE\""] {
        create(&server, "text", json);
    }
    let cases =
        [("", "1", "1"), ("[eq]", "null", "2"), ("", "", "3"), ("", "CURRENT_DATE", "4"), ("[in]", "1,null", "1 2")];
    for (operator, value, id) in cases {
        assert_eq!(matching(&server, &format!("filter[text]{operator}={value}")), id, "{operator} {value}");
    }
}
