//! Patterns and parts of texts.

use serde_json::{Value, json};

use super::{ask, encode, newsroom};
use crate::backends::by_backend;
use crate::server::Server;

/// People with these names, numbered from 1.
fn named(names: &[&str]) -> Server {
    let server = newsroom::with_rows("");
    for name in names {
        let sent = json!({"data": {"type": "person", "attributes": {"name": name}}});
        assert_eq!(server.post("/api/person", &sent).status, 201);
    }
    server
}

/// Asserts whom an operator finds, as a filter object and in brackets.
#[track_caller]
fn find(server: &Server, operator: &str, cases: &[(&str, &str)]) {
    for (value, ids) in cases {
        let objects: Value = json!([{"name": "name", "op": operator, "val": value}]);
        assert_eq!(ask(server, "person", &objects).ids(), *ids, "{operator} {value:?}");
        let path = format!("/api/person?filter[name][{operator}]={}", encode(value));
        assert_eq!(server.get(&path).ids(), *ids, "{operator} {value:?} in brackets");
    }
}

const STRANGE: [&str; 8] = ["50%", "5_0", "why!", "a\\b", "%_!\\", "", "a,b", "it's \"\u{1F600}\""];

#[test]
fn are_found_by_parts_in_which_nothing_has_a_meaning() {
    let server = named(&STRANGE);
    find(
        &server,
        "contains",
        &[("%", "1 5"), ("_", "2 5"), ("!", "3 5"), ("\\", "4 5"), ("%_", "5"), ("!%", ""), (",", "7"), ("'", "8")],
    );
    find(&server, "contains", &[("", "1 2 3 4 5 6 7 8"), ("\u{1F600}", "8"), ("\"", "8"), ("!\\", "5")]);
    find(&server, "starts_with", &[("5", "1 2"), ("5_", "2"), ("%", "5"), ("%_!\\", "5"), ("a\\", "4"), ("_", "")]);
    find(&server, "ends_with", &[("%", "1"), ("!", "3"), ("\\", "5"), ("_!\\", "5"), ("\\b", "4"), ("b", "4 7")]);
}

#[test]
fn are_found_by_patterns() {
    let server = named(&STRANGE);
    let cases = [
        ("%", "1 2 3 4 5 6 7 8"),
        ("", "6"),
        ("5_%", "1 2"),
        ("50\\%", "1"),
        ("5\\_0", "2"),
        ("___", "1 2 4 7"),
        ("a\\\\b", "4"),
        ("%\\\\", "5"),
        ("why!", "3"),
        ("%!%", "3 5"),
        ("a_b", "4 7"),
        ("%\u{1F600}_", "8"),
        ("%''%", ""),
    ];
    find(&server, "like", &cases);
    find(&server, "ilike", &cases);
    find(&server, "ilike", &[("WHY!", "3"), ("A\\\\B", "4"), ("IT'S%", "8")]);
    find(&server, "not_like", &[("%", ""), ("5%", "3 4 5 6 7 8"), ("5\\_%", "1 3 4 5 6 7 8")]);
}

#[test]
fn are_found_whatever_the_case_of_letters_of_any_alphabet() {
    let server = named(&["Jürgen", "JÜRGEN", "ΟΔΥΣΣΕΥΣ", "οδυσσευς", "Жук", "ЖУК", "straße", "ŁÓDŹ", "日本"]);
    let cases = [
        ("jürgen", "1 2"),
        ("JÜRGEN", "1 2"),
        ("j_r%", "1 2"),
        ("жУк", "5 6"),
        ("łódź", "8"),
        ("STRAßE", "7"),
        ("日%", "9"),
        ("%ΣΣ%", "3 4"),
        ("οδυσ%", "3 4"),
        ("jurgen", ""),
    ];
    find(&server, "ilike", &cases);
    find(&server, "not_ilike", &[("%ü%", "3 4 5 6 7 8 9")]);
    // A sigma has two small forms.
    find(&server, "ilike", &[("ΟΔΥΣ%", "3 4"), ("ΟΔΥΣΣΕΥΣ", "3")]);
}

#[test]
fn are_like_patterns_as_the_database_has_it() {
    let server = named(&["Ann", "ANN", "Änn", "ÄNN"]);
    // SQLite does not mind the case of the letters of ASCII.
    find(
        &server,
        "like",
        &[
            ("ann", by_backend("1 2", "", "")),
            ("Ann", by_backend("1 2", "1", "1")),
            ("Änn", by_backend("3 4", "3", "3")),
        ],
    );
    find(&server, "eq", &[("ann", ""), ("ANN", "2")]);
}
