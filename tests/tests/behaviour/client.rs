//! Requests as any HTTP client sends them, and the answers to them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::conformance;
use crate::server::Server;

pub const JSON_API: &str = "application/vnd.api+json";

/// A request about to be sent.
pub struct Request<'a> {
    server: &'a Server,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl<'a> Request<'a> {
    pub fn new(server: &'a Server, method: &str, path: &str) -> Self {
        Self { server, method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: None }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A JSON:API document as the body.
    pub fn document(self, document: &Value) -> Self {
        self.header("Content-Type", JSON_API).body(document.to_string())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends it, and checks of the answer what is true of every answer.
    #[track_caller]
    pub fn send(self) -> Answer {
        let answer = self.send_to_anyone();
        conformance::check(&answer);
        answer
    }

    /// Sends it to a URL that restless may have nothing to do with.
    #[track_caller]
    pub fn send_to_anyone(self) -> Answer {
        let mut request = ureq::http::Request::builder();
        request = request.method(self.method.as_str()).uri(format!("http://{}{}", self.server.address, self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value.as_bytes());
        }
        let agent = &self.server.agent;
        let response = match &self.body {
            Some(body) => agent.run(request.body(body.as_slice()).expect("a valid request")),
            None => agent.run(request.body(()).expect("a valid request")),
        };
        let mut response = response.expect("an answer");
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        Answer {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body: response.body_mut().read_to_string().expect("a body in UTF-8"),
            request: Sent { method: self.method, path: self.path, body: self.body.unwrap_or_default() },
        }
    }
}

/// What an answer is the answer to.
#[derive(Debug)]
pub struct Sent {
    pub method: String,
    pub path: String,
    pub body: Vec<u8>,
}

/// What the server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub request: Sent,
}

impl Answer {
    /// Reads an answer from the bytes on the wire.
    pub fn parse(bytes: &[u8], request: Sent) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no HTTP answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        Self {
            status: status.expect("a status line"),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: body.to_owned(),
            request,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {:?} for {:?}", self.body, self.request))
    }

    /// The primary data.
    #[track_caller]
    pub fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    /// The ids of a collection, with spaces between them.
    #[track_caller]
    pub fn ids(&self) -> String {
        assert_eq!(self.status, 200, "{self:#?}");
        let data = self.data();
        let resources = data.as_array().expect("a collection").iter();
        resources.map(|resource| resource["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>().join(" ")
    }

    /// The attributes of a single resource.
    #[track_caller]
    pub fn attributes(&self) -> Value {
        self.data()["attributes"].clone()
    }

    /// Asserts the status and the whole document.
    #[track_caller]
    pub fn is(&self, status: u16, document: &Value) {
        let found = if self.body.is_empty() { Value::Null } else { self.json() };
        assert_eq!((self.status, &found), (status, document), "answer to {:?}", self.request);
    }

    /// Asserts that an update tells the resource just as a request for it does now.
    #[track_caller]
    pub fn tells_what_is_read_from(&self, server: &Server) {
        self.is(200, &server.get(&self.request.path).json());
    }

    /// Asserts the status and that there is no body.
    #[track_caller]
    pub fn is_empty(&self, status: u16) {
        assert_eq!((self.status, self.body.as_str()), (status, ""), "answer to {:?}", self.request);
    }

    /// Asserts the status and the error objects of an error document; the ids in the log are left out.
    #[track_caller]
    pub fn refuses(&self, status: u16, errors: &[Value]) {
        let mut found = self.json();
        for error in found["errors"].as_array_mut().into_iter().flatten() {
            if error["status"].as_str() >= Some("500") {
                let id = error.as_object_mut().and_then(|error| error.remove("id"));
                assert!(id.is_some_and(|id| id.as_str().is_some_and(|id| !id.is_empty())), "no id: {}", self.body);
            }
        }
        let expected = json!({"errors": errors, "jsonapi": {"version": "1.1"}});
        assert_eq!((self.status, &found), (status, &expected), "answer to {:?}", self.request);
    }
}

impl Server {
    /// Sends bytes that no client would send, and reads what comes until the server hangs up.
    #[track_caller]
    pub fn raw(&self, bytes: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("a server that listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream.write_all(bytes.as_ref()).expect("a server that reads");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let head = String::from_utf8_lossy(bytes.as_ref()).into_owned();
        let mut words = head.split(' ').map(str::to_owned);
        let sent =
            Sent { method: words.next().unwrap_or_default(), path: words.next().unwrap_or_default(), body: Vec::new() };
        Answer::parse(&answer, sent)
    }
}
