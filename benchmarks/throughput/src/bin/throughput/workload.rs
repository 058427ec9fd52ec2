//! What the servers are asked, and how much faster restless has to answer.

use fastrand::Rng;
use serde_json::json;
use throughput::database::{ARTICLES, AUTHORS, SECTIONS};

/// A kind of request.
pub struct Workload {
    pub name: &'static str,
    pub title: &'static str,
    /// How often the requests a second of the hand-written server restless has to reach; `None` where it is not decided.
    pub required: Option<f64>,
    /// One such request, with ids and texts by chance.
    pub request: fn(&mut Rng) -> Request,
}

/// A request to be sent.
pub struct Request {
    pub method: &'static str,
    /// The path with the query string.
    pub path: String,
    /// Nothing, or a document.
    pub body: String,
}

const WORKLOADS: [Workload; 6] = [
    Workload {
        name: "W1",
        title: "one resource",
        required: required(Some(1.5), Some(2.0)),
        request: |rng| get(&format!("/{}", id(rng))),
    },
    Workload {
        name: "W2",
        title: "page of 10, total",
        required: required(Some(1.3), None),
        request: |rng| get(&format!("?page%5Bnumber%5D={}&page%5Bsize%5D=10", rng.u32(1..=20))),
    },
    Workload {
        name: "W3",
        title: "page of 100, included",
        required: required(None, Some(1.3)),
        request: |rng| get(&format!("?include=author&page%5Bnumber%5D={}&page%5Bsize%5D=100", rng.u32(1..=20))),
    },
    Workload {
        name: "W4",
        title: "filter, sort, total",
        required: required(None, Some(1.4)),
        request: |rng| {
            let section = rng.i32(0..SECTIONS);
            get(&format!("?filter%5Bsection%5D=section-{section}&sort=-created_at&page%5Bsize%5D=20"))
        },
    },
    Workload { name: "W5", title: "create", required: required(Some(1.5), Some(1.3)), request: create },
    Workload { name: "W6", title: "update", required: required(Some(1.5), Some(1.3)), request: update },
];

/// The workloads that the text names; all of them if it is empty.
pub fn chosen(names: &str) -> Vec<&'static Workload> {
    let is_chosen = |workload: &&Workload| names.is_empty() || names.split(',').any(|name| name == workload.name);
    WORKLOADS.iter().filter(is_chosen).collect()
}

/// The ratio for the database of this build.
const fn required(sqlite: Option<f64>, postgres: Option<f64>) -> Option<f64> {
    if cfg!(feature = "postgres") { postgres } else { sqlite }
}

fn id(rng: &mut Rng) -> i32 {
    rng.i32(1..=ARTICLES)
}

fn get(rest: &str) -> Request {
    Request { method: "GET", path: format!("/api/article{rest}"), body: String::new() }
}

fn create(rng: &mut Rng) -> Request {
    let attributes = json!({
        "title": format!("Another article {}", rng.u32(..)),
        "body": "What an article says, in a few words that take their place. ".repeat(6),
        "section": format!("section-{}", rng.i32(0..SECTIONS)),
        "words": rng.i32(0..2000),
        "created_at": "2026-01-01T00:00:00",
    });
    let author = json!({"data": {"type": "author", "id": rng.i32(1..=AUTHORS).to_string()}});
    let article = json!({"type": "article", "attributes": attributes, "relationships": {"author": author}});
    Request { method: "POST", path: "/api/article".to_owned(), body: json!({"data": article}).to_string() }
}

fn update(rng: &mut Rng) -> Request {
    let id = id(rng);
    let attributes = json!({"title": format!("Changed {}", rng.u32(..)), "words": rng.i32(0..2000)});
    let article = json!({"type": "article", "id": id.to_string(), "attributes": attributes});
    Request { method: "PATCH", path: format!("/api/article/{id}"), body: json!({"data": article}).to_string() }
}
