//! Dates and times.

use serde_json::json;

use super::{create, has, matching, refuses, server, shows};
use crate::backends::by_backend;

/// What a client is told to send.
const KINDS: [(&str, &str); 4] = [
    ("day", "a date such as \"2024-02-29\""),
    ("hour", "a time such as \"13:37:00\""),
    ("moment", "a timestamp such as \"2024-02-29T13:37:00\""),
    ("instant", "a timestamp such as \"2024-02-29T13:37:00Z\""),
];

/// What a time that is finer than a microsecond becomes where the database keeps no more than that.
const COARSE: [(&str, &str, &str); 3] = [
    ("13:37:00.123456789", "13:37:00.123456", "13:37:00.123456"),
    ("1899-12-31T23:59:59.999999999", "1900-01-01T00:00:00", "1899-12-31T23:59:59.999999"),
    ("1899-12-31T23:59:59.999999999Z", "1900-01-01T00:00:00Z", "1899-12-31T23:59:59.999999Z"),
];

/// A time as the database keeps it.
fn kept(text: &str) -> &str {
    let coarse = COARSE.iter().find(|(sent, ..)| *sent == text);
    coarse.map_or(text, |(sent, postgres, mysql)| by_backend(*sent, *postgres, *mysql))
}

#[test]
fn are_kept_with_their_fractions() {
    let server = server();
    let cases = [
        ("day", vec!["2024-02-29", "0001-01-01", "9999-12-31", "1970-01-01"]),
        ("hour", vec!["13:37:00", "00:00:00", "23:59:59", "13:37:00.250", "13:37:00.123456", "13:37:00.123456789"]),
        (
            "moment",
            vec![
                "2024-02-29T13:37:00",
                "2024-02-29T13:37:00.500",
                "2024-02-29T13:37:00.123456",
                "1899-12-31T23:59:59.999999999",
            ],
        ),
        (
            "instant",
            vec![
                "2024-02-29T13:37:00Z",
                "2024-02-29T13:37:00.500Z",
                "2024-02-29T13:37:00.123456Z",
                "1899-12-31T23:59:59.999999999Z",
            ],
        ),
    ];
    for (name, texts) in cases.into_iter().filter(|(name, _)| has(name)) {
        for text in texts {
            shows(&server, name, &json!(text).to_string(), &json!(kept(text)));
        }
    }
}

#[test]
fn are_shown_in_utc_where_an_offset_is_known() {
    let server = server();
    if has("instant") {
        shows(&server, "instant", "\"2024-02-29T13:37:00+02:00\"", &json!("2024-02-29T11:37:00Z"));
        shows(&server, "instant", "\"2024-02-29T23:37:00.25-05:30\"", &json!("2024-03-01T05:07:00.250Z"));
    }
    shows(&server, "moment", "\"2024-02-29T13:37:00+02:00\"", &json!("2024-02-29T11:37:00"));
}

#[test]
fn may_be_sent_in_the_forms_that_people_write() {
    let server = server();
    let cases = [
        ("day", "2nd Jan 1900 14:35", "1900-01-02"),
        ("day", "Jan 2, 1900", "1900-01-02"),
        ("day", "1999-12-31", "1999-12-31"),
        ("day", "2012-03-04T05:06:07", "2012-03-04"),
        ("hour", "13:37", "13:37:00"),
        ("hour", "1:37 pm", "13:37:00"),
        ("hour", "2012-03-04T05:06:07", "05:06:07"),
        ("moment", "2012-03-04 05:06:07.25", "2012-03-04T05:06:07.250"),
        ("moment", "2012-03-04", "2012-03-04T00:00:00"),
        ("moment", "2nd Jan 1900 14:35", "1900-01-02T14:35:00"),
        ("moment", "2012-03-04T05:06:07Z", "2012-03-04T05:06:07"),
        ("instant", "2012-03-04 05:06:07", "2012-03-04T05:06:07Z"),
    ];
    for (name, sent, shown) in cases.into_iter().filter(|(name, ..)| has(name)) {
        shows(&server, name, &json!(sent).to_string(), &json!(shown));
    }
}

#[test]
fn are_null_when_empty() {
    let server = server();
    for (name, _) in KINDS.into_iter().filter(|(name, _)| has(name)) {
        shows(&server, name, "\"\"", &json!(null));
    }
}

#[test]
fn are_refused_when_they_are_something_else() {
    let server = server();
    let found =
        ["\"abc\"", "\"2023-02-29\"", "\"25:00\"", "\"2024-13-01T00:00:00\"", "\" \"", "\"0000-00-00\"", "\"now\""];
    for (name, kind) in KINDS.into_iter().filter(|(name, _)| has(name)) {
        for json in found {
            refuses(&server, name, json, &format!("expected {kind}, found {json}"));
        }
    }
}

#[test]
fn are_refused_when_they_are_no_text() {
    let server = server();
    for (name, kind) in KINDS.into_iter().filter(|(name, _)| has(name)) {
        for json in ["20240229", "1.5", "true"] {
            refuses(&server, name, json, &format!("expected {kind}, found {json}"));
        }
    }
}

#[test]
fn are_filtered() {
    let server = server();
    create(&server, "day", "\"2024-02-29\"");
    create(&server, "hour", "\"13:37:00.25\"");
    create(&server, "moment", "\"2024-02-29T13:37:00\"");
    if has("instant") {
        create(&server, "instant", "\"2024-02-29T13:37:00Z\"");
    }
    let cases = [
        ("day]=2024-02-29", "1"),
        ("day]=2024-02-29,2024-03-01", "1"),
        ("hour]=13:37:00.250", "2"),
        ("moment]=2024-02-29T13:37:00", "3"),
        ("moment]=2024-02-29+13:37", "3"),
        ("instant]=2024-02-29T13:37:00Z", "4"),
        ("instant]=2024-02-29T15:37:00%2B02:00", "4"),
        ("day]=2024-03-01", ""),
    ];
    for (filter, ids) in cases.into_iter().filter(|(filter, _)| has(filter.split(']').next().unwrap_or_default())) {
        assert_eq!(matching(&server, &format!("filter[{filter}")), ids, "{filter}");
    }
}

#[test]
fn sort_by_time() {
    let server = server();
    for text in ["2024-02-29T13:37:00.5", "2024-02-29T13:37:00", "2024-02-29T13:36:59.9", "1899-01-01T00:00:00"] {
        create(&server, "moment", &json!(text).to_string());
    }
    assert_eq!(server.get("/api/sample?sort=moment").ids(), "4 3 2 1");
}
