//! Answers that nobody reads.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use restless_actix::prelude::*;

use super::victim::{Victim, attack};
use crate::models::{Computer, TABLES};
use crate::server::Server;

/// The most that answers take of the server's memory, with what is made of them meanwhile.
const MOST: u64 = 420 * 1024 * 1024;

/// How long an answer waits for its client to take something of it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Eight hundred computers with vendors of fifty thousand characters, all on one page.
fn serve() -> Server {
    let server = Server::start(TABLES, |services| {
        let api = Api::new("/api").answer_timeout(PATIENCE).page_size(0).max_page_size(0);
        services.service(api.resource(Computer::api()).scope());
    });
    for first in (0..800).step_by(20) {
        let rows = (first..first + 20).map(|id| format!("({}, '{id}', '{}')", id + 1, "x".repeat(50_000)));
        server.execute(&format!(
            "INSERT INTO computer (id, name, vendor) VALUES {}",
            rows.collect::<Vec<_>>().join(", ")
        ));
    }
    server
}

fn ask(victim: &Victim) -> TcpStream {
    let mut stream = TcpStream::connect(victim.address).expect("a server that listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    let head = "GET /api/computer HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("a server that reads");
    stream
}

/// The status of an answer that is read, and the number of its bytes.
fn read(mut stream: TcpStream) -> (String, usize) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    (String::from_utf8_lossy(&bytes[..bytes.len().min(12)]).into_owned(), bytes.len())
}

#[test]
fn hold_a_bounded_memory_for_a_bounded_time() {
    attack("attacks::answers::hold_a_bounded_memory_for_a_bounded_time", serve, |victim| {
        let whole = read(ask(victim));
        assert!(whole.0 == "HTTP/1.1 200" && whole.1 > 40_000_000, "{whole:?}");
        let mut statuses = Vec::new();
        let unread: Vec<TcpStream> = (0..10)
            .map(|_| {
                let stream = ask(victim);
                let mut first = [0; 12];
                let _ = stream.peek(&mut first);
                statuses.push(String::from_utf8_lossy(&first[9..]).into_owned());
                stream
            })
            .collect();
        assert!(statuses.iter().all(|status| status == "200" || status == "503"), "{statuses:?}");
        assert!(statuses.iter().any(|status| status == "503"), "{statuses:?}");
        assert!(victim.peak() < MOST, "{} MiB", victim.peak() / 1024 / 1024);
        // Nobody has taken anything: their memory is free again, though they are still there.
        let began = Instant::now();
        std::thread::sleep(PATIENCE);
        while victim.memory() >= MOST / 4 && began.elapsed() < PATIENCE * 6 {
            std::thread::sleep(Duration::from_millis(500));
        }
        assert!(victim.memory() < MOST / 4, "{} MiB", victim.memory() / 1024 / 1024);
        assert_eq!(read(ask(victim)), whole);
        // What is left of theirs is broken off.
        for (stream, status) in unread.into_iter().zip(statuses) {
            let (found, length) = read(stream);
            assert!(found.ends_with(&status) && length < whole.1, "{found} with {length} bytes");
        }
    });
}

#[test]
fn come_whole_to_whoever_reads_them_slowly() {
    let server = Server::start(TABLES, |services| {
        let api = Api::new("/api").answer_timeout(Duration::from_millis(1500)).page_size(0).max_page_size(0);
        services.service(api.resource(Computer::api()).scope());
    });
    let rows = (0..400).map(|id| format!("({}, '{id}', '{}')", id + 1, "x".repeat(10_000)));
    server.execute(&format!("INSERT INTO computer (id, name, vendor) VALUES {}", rows.collect::<Vec<_>>().join(", ")));
    let length = server.get("/api/computer").body.len();
    let mut stream = TcpStream::connect(server.address).expect("a server that listens");
    let head = "GET /api/computer HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("a server that reads");
    let (mut found, mut piece) = (Vec::new(), vec![0; 256 * 1024]);
    loop {
        let count = stream.read(&mut piece).expect("a server that goes on");
        found.extend_from_slice(&piece[..count]);
        if count == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let head = found.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    assert_eq!(found.len() - head - 4, length);
}
