//! Whether both servers give the same answers; else there would be nothing to compare.

use std::error::Error;

use fastrand::Rng;
use serde_json::Value;
use throughput::database::Database;
use ureq::http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use ureq::{Agent, http};

use crate::server::Server;
use crate::workload::{Request, Workload};
use crate::{NAMES, Pair};

const MEDIA_TYPE: &str = "application/vnd.api+json";

/// How many requests of each workload are compared.
const REQUESTS: usize = 20;

/// What two answers have to agree in.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    content_type: Option<String>,
    location: Option<String>,
    document: Value,
}

/// Sends the same requests to both servers.
///
/// Fails at the first answer that differs or is not a success.
pub fn check(workloads: &[&Workload], servers: &Pair<Server>, database: &Database) -> Result<(), Box<dyn Error>> {
    let agent = Agent::new_with_defaults();
    let mut rng = Rng::with_seed(1);
    for workload in workloads {
        for _ in 0..REQUESTS {
            let request = (workload.request)(&mut rng);
            let mut answers = Vec::new();
            for server in servers {
                answers.push(ask(&agent, server, &request)?);
                answers.push(ask(&agent, server, &read_again(&request))?);
                database.reset()?;
            }
            compare(&request, &answers)?;
        }
    }
    Ok(())
}

fn compare(request: &Request, answers: &[Answer]) -> Result<(), Box<dyn Error>> {
    let (by_hand, by_restless) = answers.split_at(answers.len() / 2);
    if by_hand == by_restless {
        return Ok(());
    }
    let Request { method, path, body } = request;
    Err(format!("{method} {path} {body}\n{}: {by_hand:#?}\n{}: {by_restless:#?}", NAMES[0], NAMES[1]).into())
}

/// Reads what the request has written, or the same once more.
fn read_again(request: &Request) -> Request {
    let path = match request.method {
        "POST" => "/api/article/10001",
        _ => &request.path,
    };
    Request { method: "GET", path: path.to_owned(), body: String::new() }
}

fn ask(agent: &Agent, server: &Server, request: &Request) -> Result<Answer, Box<dyn Error>> {
    let built = http::Request::builder()
        .method(request.method)
        .uri(format!("{}{}", server.address, request.path))
        .header(ACCEPT, MEDIA_TYPE)
        .header(CONTENT_TYPE, MEDIA_TYPE);
    let mut response = match request.method {
        "GET" => agent.run(built.body(())?)?,
        _ => agent.run(built.body(request.body.as_str())?)?,
    };
    let header = |name| response.headers().get(name).and_then(|value| Some(value.to_str().ok()?.to_owned()));
    let (content_type, location) = (header(CONTENT_TYPE), header(LOCATION));
    let text = response.body_mut().read_to_string()?;
    let mut document = if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? };
    sort_included(&mut document);
    Ok(Answer { status: response.status().as_u16(), content_type, location, document })
}

/// The order of included resources means nothing.
fn sort_included(document: &mut Value) {
    if let Some(Value::Array(included)) = document.get_mut("included") {
        included.sort_by_key(|resource| (resource["type"].to_string(), resource["id"].to_string()));
    }
}
