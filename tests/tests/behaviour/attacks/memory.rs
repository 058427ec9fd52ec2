//! What attacks take of the server's memory and time.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::bodies::{answer, open};
use super::victim::{Victim, attack};
use super::{FACTOR, SMALL, blog_with};
use crate::classic::shop;
use crate::client::{Answer, Sent};
use crate::server::Server;

const MIB: u64 = 1024 * 1024;

/// Sends a request whole and reads its answer.
fn send(address: SocketAddr, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("a server that listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    let head = format!("{head} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
    let is_json_api = head.contains("/relationships/");
    let kind = if is_json_api { "application/vnd.api+json" } else { "application/json" };
    write!(stream, "{head}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len())
        .expect("a server that reads");
    stream.write_all(body).expect("a server that reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    Answer::parse(&bytes, Sent { method: String::new(), path: String::new(), body: Vec::new() })
}

/// The answer, and how long it took.
fn timed(address: SocketAddr, head: &str, body: &str) -> (Answer, Duration) {
    let start = Instant::now();
    let answer = send(address, head, body.as_bytes());
    (answer, start.elapsed())
}

fn idle(victim: &Victim) -> Duration {
    let times = (0..20).map(|_| {
        let start = Instant::now();
        assert_eq!(send(victim.address, "GET /api/person/1", b"").status, 200);
        start.elapsed()
    });
    times.skip(5).max().expect("a request").max(Duration::from_millis(2))
}

/// A body of 1.9 MB: what it begins with, what stands in it again and again, and what it ends with.
type Body = [&'static str; 3];

/// Sends bodies, and says that each costs little time, few bytes of an answer, and little memory.
fn check(victim: &Victim, head: &str, bodies: &[Body]) {
    let idle = idle(victim);
    for [begin, item, end] in bodies {
        let numbered = |index: usize| item.replace('#', &format!("{index:06}"));
        let items: Vec<String> = (0..1_900_000 / (numbered(0).len() + 1)).map(numbered).collect();
        let body = format!("{begin}{}{end}", items.join(","));
        // What else the machine does is none of it.
        let first = timed(victim.address, head, &body).1;
        let second = timed(victim.address, head, &body).1;
        victim.forget();
        let before = victim.memory();
        let (refused, third) = timed(victim.address, head, &body);
        let took = first.min(second).min(third);
        let cost = victim.peak().saturating_sub(before);
        let said = refused.body.chars().take(300).collect::<String>();
        assert_eq!(refused.status, 400, "{said}");
        assert!(refused.body.len() < SMALL, "{} bytes: {said}", refused.body.len());
        assert!(cost < 32 * MIB, "{} MiB for {head} with {item}", cost / MIB);
        assert!(took < idle * FACTOR, "{took:?} for {head} with {item}, where an idle request takes {idle:?}");
    }
}

#[test]
fn is_little_for_bodies_of_identifiers() {
    let test = "attacks::memory::is_little_for_bodies_of_identifiers";
    let serve = || blog_with(|api| api);
    attack(test, serve, |victim| {
        let list = |item| ["{\"data\":[", item, "]}"];
        let bodies = ["{}", "1", "{\"id\":\"#\"}", "{\"a\":{\"b\":{}}}", "{\"type\":1,\"id\":2}"].map(list);
        check(victim, "POST /api/person/1/relationships/articles", &bodies);
    });
}

#[test]
fn is_little_for_bodies_of_objects() {
    let test = "attacks::memory::is_little_for_bodies_of_objects";
    let serve = || shop::with(|api| api);
    attack(test, serve, |victim| {
        let nested = ["{\"name\":\"Dan\",\"computers\":[", "{\"name\":\"#\"}", "]}"];
        let added = ["{\"name\":\"Dan\",\"computers\":{\"add\":[", "{\"bogus\":#}", "]}}"];
        let searched = ["{\"age\":1,\"q\":{\"filters\":[", "{\"name\":\"#\",\"op\":\"eq\",\"val\":1}", "]}}"];
        let values = ["{\"age\":1,\"q\":{\"filters\":[{\"name\":\"id\",\"op\":\"in\",\"val\":[", "1", "]}]}}"];
        check(victim, "POST /api/person", &[["{", "\"m#\":1", "}"], ["[", "{}", "]"], nested, added]);
        check(victim, "PATCH /api/person", &[searched, values, nested]);
    });
}

#[test]
fn is_bounded_for_bodies_under_way() {
    attack("attacks::memory::is_bounded_for_bodies_under_way", serve_in_time, |victim| {
        victim.forget();
        let before = victim.memory();
        let part = vec![b' '; 1_900_000];
        let mut refused = 0;
        let streams: Vec<TcpStream> = (0..150)
            .map(|_| {
                let mut stream = open(victim.address, "/api/person", 2_000_000);
                let _ = stream.write_all(&part);
                stream
            })
            .collect();
        // A small one has room all the same.
        let small = b"{\"data\":{\"type\":\"person\",\"attributes\":{\"name\":\"Dan\"}}}";
        let mut stream = open(victim.address, "/api/person", small.len() as u64);
        stream.write_all(small).expect("a server that reads");
        assert_eq!(answer(&mut stream).status, 201);
        for mut stream in streams {
            let answer = answer(&mut stream);
            assert!([408, 503].contains(&answer.status), "{answer:#?}");
            if answer.status == 503 {
                assert_eq!(answer.header("retry-after"), Some("1"));
                refused += 1;
            }
        }
        let cost = victim.peak().saturating_sub(before);
        assert!(refused > 50, "only {refused} were refused");
        assert!(cost < 250 * MIB, "{} MiB", cost / MIB);
    });
}

fn serve_in_time() -> Server {
    blog_with(|api| api.body_timeout(Duration::from_secs(6)))
}
