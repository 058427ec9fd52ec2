//! What is true of every answer, whatever was asked.

use serde_json::Value;

use crate::client::{Answer, JSON_API};

/// What no client may ever read: words of SQL, of the libraries underneath, of Rust.
const SECRETS: [&str; 22] = [
    "SELECT",
    "INSERT",
    "UPDATE ",
    "constraint failed",
    "CONSTRAINT",
    "sqlite",
    "SQLite",
    "diesel",
    "Diesel",
    "actix",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "u8",
    "::",
    "serde",
    "struct ",
    "enum ",
    "panicked",
    "NaiveDate",
];

/// The members of a resource object.
const RESOURCE_OBJECT: [&str; 5] = ["id", "type", "attributes", "relationships", "links"];

/// Asserts it.
#[track_caller]
pub fn check(answer: &Answer) {
    assert_eq!(answer.header("vary"), Some("Accept, Content-Type"), "N12: {answer:#?}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:#?}");
    if answer.body.is_empty() {
        assert!(matches!(answer.status, 200 | 204) || answer.request.method == "HEAD", "no document: {answer:#?}");
        return;
    }
    assert_eq!(answer.header("content-type"), Some(JSON_API), "N01: {answer:#?}");
    let document = answer.json();
    assert_eq!(document["jsonapi"]["version"], "1.1", "D31: {answer:#?}");
    let members = ["data", "errors"].map(|member| document.get(member));
    match members {
        [None, Some(errors)] => check_errors(answer, errors),
        [Some(data), None] => check_data(answer, &document, data),
        [None, None] => assert!(document["meta"].is_object(), "D02: {answer:#?}"),
        [Some(_), Some(_)] => panic!("D03: {answer:#?}"),
    }
}

/// Asserts what is true of every answer in the classic format.
#[track_caller]
pub fn check_classic(answer: &Answer) {
    assert_eq!(answer.header("vary"), Some("Accept, Content-Type"), "{answer:#?}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:#?}");
    if answer.body.is_empty() {
        assert!(answer.status == 204 || answer.request.method == "HEAD", "no object: {answer:#?}");
        return;
    }
    assert_eq!(answer.header("content-type"), Some("application/json"), "{answer:#?}");
    assert!(answer.json().is_object(), "{answer:#?}");
    if answer.status >= 400 {
        let object = answer.json();
        let told = without_ids(&answer.body, object["id"].as_str());
        check_secrets(answer, &told.replace("Unable to construct query", ""));
    }
}

fn check_data(answer: &Answer, document: &Value, data: &Value) {
    let of_relationship = document["links"]["self"].as_str().is_some_and(|link| link.contains("/relationships/"));
    for object in list(data) {
        let members = if of_relationship { &["id", "type"][..] } else { &RESOURCE_OBJECT };
        check_object(answer, object, members);
        assert!(of_relationship || object["links"]["self"].is_string(), "D20: {answer:#?}");
    }
    assert!(document.get("included").is_none_or(Value::is_array), "D25: {answer:#?}");
    for object in list(&document["included"]) {
        check_object(answer, object, &RESOURCE_OBJECT);
    }
}

/// One value, several values or none, as a list.
pub fn list(data: &Value) -> Vec<&Value> {
    match data {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

fn check_object(answer: &Answer, object: &Value, members: &[&str]) {
    assert!(object["id"].is_string() && object["type"].is_string(), "D11, D22: {answer:#?}");
    let found = object.as_object().expect("an object").keys();
    assert!(found.into_iter().all(|name| members.contains(&name.as_str())), "D05: {answer:#?}");
}

#[track_caller]
fn check_errors(answer: &Answer, errors: &Value) {
    assert!(answer.status >= 400, "{answer:#?}");
    for error in errors.as_array().expect("E01: an array") {
        let status = error["status"].as_str().expect("E02: a string");
        assert!(status.len() == 3 && (answer.status / 100).to_string() == status[..1], "E07: {answer:#?}");
        assert!(error["title"].is_string() && error["detail"].is_string(), "E03: {answer:#?}");
        assert!(!error["detail"].as_str().unwrap_or_default().is_empty(), "{answer:#?}");
        check_source(answer, error);
    }
    let ids = errors.as_array().into_iter().flatten().filter_map(|error| error["id"].as_str());
    check_secrets(answer, &without_ids(&answer.body, ids));
}

/// What an answer tells besides ids in the log, which are hexadecimal and may look like anything.
fn without_ids<'a>(body: &str, ids: impl IntoIterator<Item = &'a str>) -> String {
    ids.into_iter().fold(body.to_owned(), |body, id| body.replace(id, ""))
}

#[track_caller]
fn check_secrets(answer: &Answer, told: &str) {
    for secret in SECRETS {
        let is_sent =
            || answer.request.path.contains(secret) || String::from_utf8_lossy(&answer.request.body).contains(secret);
        assert!(!told.contains(secret) || is_sent(), "E09: an answer tells {secret:?}: {}", answer.body);
    }
}

/// E05, E06: an error has one source at most, and what it names is there.
#[track_caller]
fn check_source(answer: &Answer, error: &Value) {
    let Some(source) = error.get("source") else {
        return;
    };
    let source = source.as_object().expect("an object");
    assert_eq!(source.len(), 1, "E05: {answer:#?}");
    if let Some(pointer) = source.get("pointer") {
        let pointer = pointer.as_str().expect("a string");
        let document: Value =
            serde_json::from_slice(&answer.request.body).expect("a document that a pointer points into");
        // A relationship that is missing is named where it should stand.
        let name = pointer.strip_prefix("/data/relationships/");
        let is_missing = name.is_some_and(|name| !name.contains('/'));
        assert!(is_missing || document.pointer(pointer).is_some(), "E06: {pointer:?} is not in {document}");
    }
    if let Some(parameter) = source.get("parameter") {
        let parameter = parameter.as_str().expect("a string");
        let query = answer.request.path.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let mut names = query.split('&').filter_map(|pair| pair.split('=').next());
        // A name that is no UTF-8 is told as it was sent, and a long one as far as its first hundred characters.
        let is_cut = parameter.chars().count() == 100;
        let is = |name: &str| name == parameter || is_cut && name.starts_with(parameter);
        assert!(names.any(|name| is(name) || is(&decode(name))), "{parameter:?} is not in {query:?}");
    }
}

fn decode(query: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = query.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let number = u8::from_str_radix(&String::from_utf8_lossy(&digits), 16);
                bytes.push(number.unwrap_or(b'?'));
            }
            b'+' => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
