//! Recorded cases.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::client::{Answer, Request};
use crate::server::Server;

/// A case: what is mounted, what the database holds, and what is asked.
#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    pub format: String,
    pub data: String,
    pub steps: Vec<Step>,
}

/// A request, and what its answer has to agree on.
#[derive(Deserialize)]
pub struct Step {
    request: Sent,
    pub expect: Expected,
}

#[derive(Deserialize)]
struct Sent {
    method: String,
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    json: Option<Value>,
    body: Option<String>,
}

/// What an answer is compared with.
#[derive(Deserialize)]
pub struct Expected {
    pub status: Value,
    pub location: Option<String>,
    pub document: Option<Value>,
    #[serde(default)]
    pub errors: bool,
    /// The exact body of the classic format.
    pub json: Option<Value>,
    /// The members of an error's body.
    pub keys: Option<Vec<String>>,
    /// The header `Link`, without scheme and host.
    pub link: Option<String>,
    /// A body of JSONP.
    pub text: Option<String>,
}

/// All cases that were recorded.
pub fn all() -> Vec<Case> {
    serde_json::from_str(include_str!("cases.json")).expect("the recorded cases")
}

impl Step {
    pub fn method(&self) -> &str {
        &self.request.method
    }

    /// Whether the time of the request is a part of the answer.
    pub fn asks_for_the_time(&self) -> bool {
        self.request.json.as_ref().is_some_and(|json| json.to_string().contains("CURRENT_TIMESTAMP"))
    }

    pub fn path(&self) -> &str {
        &self.request.path
    }

    /// Sends it as it was sent.
    pub fn send(&self, server: &Server) -> Answer {
        let Sent { method, path, query, headers, json, body } = &self.request;
        let mut request = Request::new(server, method, &address(path, query));
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        match (json, body) {
            (Some(json), _) => request.body(json.to_string()),
            (None, Some(body)) => request.body(body.clone()),
            (None, None) => request,
        }
        .send_to_anyone()
    }
}

/// Path and query, percent-encoded where a client would have to.
fn address(path: &str, query: &BTreeMap<String, String>) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let pairs = query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
