//! The moment before anything of a request is read.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use restless_actix::prelude::*;
use serde_json::json;

use crate::client::{Answer, JSON_API, Sent};
use crate::expected::error;
use crate::relationships::blog::{self, Article, Person};
use crate::server::Server;

/// Notes what is asked for, and refuses whoever does not say who they are.
#[derive(Clone, Default)]
struct Door(Arc<Mutex<Vec<String>>>);

impl Door {
    fn check(&self, context: &Context) -> Result<(), Error> {
        let name = |part: Option<&str>| part.unwrap_or("-").to_owned();
        let target = [context.resource(), &name(context.id()), &name(context.relationship())].join(" ");
        self.0.lock().expect("a log").push(format!("{} {target}", context.method().name()));
        match context.header("x-user") {
            Some(_) => Ok(()),
            None => Err(Error::unauthorized("who are you?").with_code("unknown")),
        }
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("a log"))
    }
}

impl ApiProcessor for Door {
    async fn before_any(&self, context: &Context) -> Result<(), Error> {
        self.check(context)
    }
}

impl Processor<Article> for Door {
    async fn before_any(&self, context: &Context) -> Result<(), Error> {
        self.check(context)
    }
}

fn server(door: &Door) -> Server {
    let door = door.clone();
    Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), move |services| {
        services.service(blog::api().processor(door.clone()).allow_functions().allow_patch_many().jsonp().scope());
    })
}

fn refusal() -> serde_json::Value {
    let mut refusal = error(401, "Unauthorized", "who are you?");
    refusal["code"] = json!("unknown");
    refusal
}

/// Sends the head of a request alone, and reads its answer.
fn send_head(server: &Server, head: &str) -> (Answer, Duration) {
    let mut stream = TcpStream::connect(server.address).expect("a server that listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let start = Instant::now();
    write!(stream, "{head}\r\nHost: test\r\nConnection: close\r\n\r\n").expect("a server that reads");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let sent = Sent { method: String::new(), path: String::new(), body: Vec::new() };
    (Answer::parse(&bytes, sent), start.elapsed())
}

#[test]
fn refuses_without_a_body() {
    let door = Door::default();
    let server = server(&door);
    for (head, length) in [
        ("POST /api/person HTTP/1.1", 1_000_000),
        ("PATCH /api/person/1 HTTP/1.1", 1_000_000_000_000_u64),
        ("POST /api/person/1/relationships/articles HTTP/1.1", 100),
        ("DELETE /api/person/1 HTTP/1.1", 100),
    ] {
        let head = format!("{head}\r\nContent-Type: {JSON_API}\r\nContent-Length: {length}");
        let (answer, took) = send_head(&server, &head);
        answer.refuses(401, &[refusal()]);
        assert!(took < Duration::from_secs(10), "{head}: {took:?}");
        assert_eq!(answer.header("vary"), Some("Accept, Content-Type"));
    }
    let chunked = format!("POST /api/person HTTP/1.1\r\nContent-Type: {JSON_API}\r\nTransfer-Encoding: chunked");
    send_head(&server, &chunked).0.refuses(401, &[refusal()]);
    let classic = "POST /api/person HTTP/1.1\r\nAccept: application/json\r\nContent-Length: 100";
    let (answer, _) = send_head(&server, classic);
    assert_eq!((answer.status, answer.body.as_str()), (401, "{\"message\":\"who are you?\"}"));
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person"), "3");
}

#[test]
fn refuses_whatever_else_is_wrong() {
    let server = server(&Door::default());
    for path in ["/api/person?bogus=1&sort=%FF", "/api/person/none", "/api/person/1/nothing", "/api/person/1/2/3/4/5"] {
        server.get(path).refuses(401, &[refusal()]);
    }
    let request = server.request("POST", "/api/person").header("Content-Type", "text/plain");
    request.body("{").send().refuses(401, &[refusal()]);
    assert_eq!(server.request("PUT", "/api/person/1").send().status, 401);
    let script = server.request("GET", "/api/person?callback=receive").send_to_anyone();
    assert!(script.body.starts_with("/**/receive({\"meta\":{") && script.body.contains("who are you?"), "{script:#?}");
    // What is nobody's is nobody's to refuse.
    assert_eq!(server.get("/api/nothing").status, 404);
}

#[test]
fn is_told_what_every_request_is_for() {
    let door = Door::default();
    let server = server(&door);
    let ask = |method: &str, path: &str| {
        let request = server.request(method, path).header("X-User", "ann").header("Content-Type", JSON_API);
        request.body("{}").send_to_anyone();
        door.take()
    };
    for (method, path, told) in [
        ("GET", "/api/person", "GET person - -"),
        ("HEAD", "/api/person", "HEAD person - -"),
        ("GET", "/api/person/1?include=articles", "GET person 1 -"),
        ("GET", "/api/person/a%2Fb", "GET person a/b -"),
        ("GET", "/api/person/1/articles", "GET person 1 articles"),
        ("GET", "/api/person/1/articles/2", "GET person 1 articles"),
        ("GET", "/api/person/1/relationships/articles", "GET person 1 articles"),
        ("GET", "/api/eval/person", "GET person - -"),
        ("POST", "/api/article", "POST article - -"),
        ("PATCH", "/api/article/7", "PATCH article 7 -"),
        ("PATCH", "/api/article", "PATCH article - -"),
        ("DELETE", "/api/article/7", "DELETE article 7 -"),
        ("POST", "/api/person/1/relationships/articles", "POST person 1 articles"),
        ("PUT", "/api/person/1", "PUT person 1 -"),
    ] {
        assert_eq!(ask(method, path), [told], "{method} {path}");
    }
    // A browser asks so before it says who asks.
    assert!(ask("OPTIONS", "/api/person").is_empty());
    assert_eq!(server.request("OPTIONS", "/api/person").send().status, 200);
    assert!(ask("GET", "/api").is_empty());
}

#[test]
fn of_a_resource_is_about_that_alone() {
    let door = Door::default();
    let noted = door.clone();
    let server = Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), move |services| {
        services.service(Person::api_scope()).service(Article::api().processor(noted.clone()).scope());
    });
    assert_eq!(server.get("/api/person/1/articles").status, 200);
    assert!(door.take().is_empty());
    server.get("/api/article").refuses(401, &[refusal()]);
    assert_eq!(door.take(), ["GET article - -"]);
}
