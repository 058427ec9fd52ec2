//! Requests at random: bytes, JSON, query strings, headers, paths, methods. None of them is a valid write.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::client::JSON_API;

const JSON: &str = "application/json";

/// A request in good framing.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Option<Vec<u8>>,
}

const WORDS: [&str; 24] = [
    "data",
    "type",
    "id",
    "attributes",
    "relationships",
    "person",
    "name",
    "age",
    "birth_date",
    "colour",
    "lid",
    "meta",
    "links",
    "@at",
    "1000000007",
    "CURRENT_DATE",
    "2024-02-29",
    "",
    "errors",
    "jsonapi",
    "\u{0}",
    "é",
    "../..",
    "' OR 1=1 --",
];

const PARAMETERS: [&str; 19] = [
    "sort",
    "filter[age]",
    "filter[name]",
    "filter[id]",
    "filter[birth_date]",
    "filter",
    "page[size]",
    "page[number]",
    "page",
    "fields[person]",
    "fields",
    "include",
    "filter[_]",
    "filter%5Bage%5D",
    "x",
    "page[",
    "q",
    "results_per_page",
    "callback",
];

const HEADERS: [&str; 9] = [
    "Accept",
    "Content-Type",
    "Prefer",
    "Content-Encoding",
    "If-Match",
    "X-Forwarded-For",
    "Accept-Language",
    "Cookie",
    "Range",
];

fn one_of<'a>(random: &mut Rng, list: &[&'a str]) -> &'a str {
    list[random.usize(..list.len())]
}

fn bytes(random: &mut Rng, most: usize) -> Vec<u8> {
    (0..random.usize(..=most)).map(|_| random.u8(..)).collect()
}

impl Request {
    /// Any method but `HEAD`: actix-web tells by the request that it read last whether an answer has a body, which goes
    /// wrong when several wait.
    pub fn random(random: &mut Rng) -> Self {
        let method = match random.u8(..16) {
            0..6 => "POST",
            6..10 => "GET",
            10..13 => "PATCH",
            13 => "DELETE",
            14 => "OPTIONS",
            _ => one_of(random, &["PUT", "TRACE", "get", "PURGE", "X-!#$%&'*+.^_`|~9"]),
        };
        let has_body = matches!(method, "POST" | "PATCH");
        Self {
            method: method.to_owned(),
            target: target(random, method),
            headers: headers(random, has_body),
            body: has_body.then(|| harmless(body(random))),
        }
    }

    /// Appends the request as it goes over the wire.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{} {} HTTP/1.1\r\nHost: test\r\n", self.method, self.target).as_bytes());
        for (name, value) in &self.headers {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value);
            out.extend_from_slice(b"\r\n");
        }
        if let Some(body) = &self.body {
            out.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(self.body.as_deref().unwrap_or_default());
    }
}

/// A path, and mostly a query string. A deletion never meets a row.
fn target(random: &mut Rng, method: &str) -> String {
    let path = match random.u8(..8) {
        0..3 => "/api/person".to_owned(),
        3 | 4 if method != "DELETE" => "/api/person/1000000007".to_owned(),
        5 => format!("/{}", encoded(random, 20)),
        _ => format!("/api/person/{}", encoded(random, 20)),
    };
    if random.bool() {
        return path;
    }
    let pairs: Vec<String> = (0..random.usize(..4)).map(|_| pair(random)).collect();
    format!("{path}?{}", pairs.join("&"))
}

fn pair(random: &mut Rng) -> String {
    let name = if random.u8(..4) == 0 { encoded(random, 8) } else { one_of(random, &PARAMETERS).to_owned() };
    let value = match random.u8(..4) {
        0 => random.i64(..).to_string(),
        1 if name == "q" => {
            let search = json!({"filters": value(random, 3), "limit": value(random, 0), "order_by": value(random, 2)});
            crate::classic::encode(&search.to_string())
        }
        1 => ["name", "-age", "0", "1", ",", "-", "id,-id", "99999999999999999999", "true", "CURRENT_DATE"]
            [random.usize(..10)]
        .to_owned(),
        _ => encoded(random, 24),
    };
    format!("{name}={value}")
}

/// Text that may stand in a URL, with percent signs good and bad.
fn encoded(random: &mut Rng, most: usize) -> String {
    let letters = b"abcxyz0123456789-._~!$&'()*+,;=:@/%[]|";
    let mut text = String::new();
    for _ in 0..random.usize(..=most) {
        match random.u8(..4) {
            0 => text.extend(["%", &format!("{:02X}", random.u8(..))]),
            _ => text.push(char::from(letters[random.usize(..letters.len())])),
        }
    }
    text
}

fn headers(random: &mut Rng, has_body: bool) -> Vec<(String, Vec<u8>)> {
    let mut headers = Vec::new();
    if has_body && random.u8(..8) > 0 {
        let media_type = if random.u8(..3) == 0 { JSON } else { JSON_API };
        headers.push(("Content-Type".to_owned(), media_type.into()));
    }
    if random.u8(..4) == 0 {
        let name = one_of(random, &HEADERS);
        let start = one_of(random, &[JSON_API, JSON, "", ""]);
        let mut value = start.as_bytes().to_vec();
        value.extend(bytes(random, 30).into_iter().filter(|byte| *byte >= 0x20 && *byte != 0x7f));
        headers.push((name.to_owned(), value));
    }
    headers
}

fn body(random: &mut Rng) -> Vec<u8> {
    match random.u8(..8) {
        0 => bytes(random, 200),
        1 | 2 => value(random, 4).to_string().into_bytes(),
        3 => json!({"data": value(random, 4)}).to_string().into_bytes(),
        4 => document(random).to_string().into_bytes(),
        5 => document(random)["data"]["attributes"].to_string().into_bytes(),
        _ => {
            let document = document(random).to_string();
            mutated(random, document.into_bytes())
        }
    }
}

/// A document that would do, but for an attribute that nobody has.
fn document(random: &mut Rng) -> Value {
    let mut attributes = Map::new();
    attributes.insert("name".to_owned(), value(random, 2));
    attributes.insert("age".to_owned(), value(random, 1));
    attributes.insert("birth_date".to_owned(), value(random, 1));
    attributes.insert("colour".to_owned(), value(random, 2));
    json!({"data": {"type": "person", "id": "1000000007", "attributes": attributes}})
}

fn mutated(random: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..bytes.len().max(1));
        match random.u8(..4) {
            0 if at < bytes.len() => drop(bytes.remove(at)),
            1 => bytes.insert(at, random.u8(..)),
            2 => bytes.truncate(at),
            _ if at < bytes.len() => bytes[at] = random.u8(..),
            _ => {}
        }
    }
    bytes
}

fn value(random: &mut Rng, depth: u8) -> Value {
    match random.u8(..if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(..).into(),
        3 => (f64::from(random.i32(..)) * 1e-3).into(),
        4 => String::from_utf8_lossy(&bytes(random, 12)).into_owned().into(),
        5 => one_of(random, &WORDS).into(),
        6 => (0..random.usize(..4)).map(|_| value(random, depth - 1)).collect(),
        _ => (0..random.usize(..5)).map(|_| (one_of(random, &WORDS).to_owned(), value(random, depth - 1))).collect(),
    }
}

/// The body, spoilt if it might be a valid write.
fn harmless(mut body: Vec<u8>) -> Vec<u8> {
    let document: Value = serde_json::from_slice(&body).unwrap_or_default();
    let attributes = document["data"]["attributes"].as_object();
    let known = ["name", "age", "birth_date"];
    let is_refused = attributes.is_some_and(|attributes| {
        attributes.keys().any(|name| !known.contains(&name.as_str()) && !name.starts_with('@'))
    });
    let is_object = document.as_object().is_some_and(|object| object.keys().all(|name| known.contains(&name.as_str())));
    if document["data"]["type"] == "person" && !is_refused || is_object {
        body.push(b'}');
    }
    body
}

/// Bytes that are no request at all, or one that is broken somewhere.
pub fn bytes_without_framing(random: &mut Rng) -> Vec<u8> {
    let mut out = Vec::new();
    if random.bool() {
        return bytes(random, 300);
    }
    let mut request = Request::random(random);
    // What is broken must not become a write by being cut short.
    request.body = request.body.map(|_| bytes(random, 50));
    if request.method == "DELETE" {
        "HEAD".clone_into(&mut request.method);
    }
    request.write(&mut out);
    let head = one_of(
        random,
        &[
            "Transfer-Encoding: chunked",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Connection: upgrade",
            "Upgrade: h2c",
            "Expect: 100-continue",
            ": x",
            "\u{0}: y",
            "Transfer-Encoding: x",
            "Host: other",
        ],
    );
    let at = out.windows(2).position(|two| two == b"\r\n").map_or(0, |at| at + 2);
    out.splice(at..at, format!("{head}\r\n").into_bytes());
    mutated(random, out)
}
