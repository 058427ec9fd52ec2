//! A client that sends many requests before it reads their answers.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use super::requests::Request;

/// A connection that is kept alive.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    pub is_closed: bool,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a server that listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        stream.set_nodelay(true).expect("an option");
        Self { stream, buffer: Vec::new(), is_closed: false }
    }

    /// Sends requests; that the server hangs up meanwhile shows when the answers are read.
    pub fn send(&mut self, requests: &[Request]) {
        let mut out = Vec::new();
        for request in requests {
            request.write(&mut out);
        }
        self.send_bytes(&out);
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
    }

    /// Reads the answers to requests until all are there or the server hangs up, and gives back their
    /// statuses.
    pub fn read_answers(&mut self, requests: &[Request]) -> Vec<u16> {
        let mut statuses = Vec::new();
        for request in requests {
            let Some((status, head)) = self.read_head() else {
                break;
            };
            let body = self.read_body(content_length(&head));
            let says = String::from_utf8_lossy(&body);
            assert!((200..500).contains(&status), "{status} {says} to {request:?}");
            let is_ours = head.to_ascii_lowercase().contains("content-type: application/vnd.api+json");
            let is_document = says.contains("\"errors\":[") == (status >= 400) && says.contains("\"version\":\"1.1\"");
            assert!(!is_ours || is_document, "{status} {says} to {request:?}");
            let is_classic = head.to_ascii_lowercase().contains("content-type: application/json");
            let is_refusal = says == "{}" || says.contains("\"message\":") || says.contains("\"validation_errors\":");
            assert!(!is_classic || is_refusal == (status >= 400), "{status} {says} to {request:?}");
            statuses.push(status);
            if head.to_ascii_lowercase().contains("connection: close") {
                self.is_closed = true;
                break;
            }
        }
        statuses
    }

    /// Hangs up half, and reads the statuses of whatever the server says.
    pub fn read_statuses(&mut self) -> Vec<u16> {
        let _ = self.stream.shutdown(Shutdown::Write);
        let _ = self.stream.read_to_end(&mut self.buffer);
        let text = String::from_utf8_lossy(&self.buffer);
        text.split("HTTP/1.1 ")
            .skip(1)
            .filter_map(|rest| rest.get(..3)?.parse().ok())
            .filter(|status| *status >= 200)
            .collect()
    }

    fn read_head(&mut self) -> Option<(u16, String)> {
        loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.buffer.drain(..end + 4).collect::<Vec<_>>()).into_owned();
                let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
                return Some((status.expect("a status"), head));
            }
            if !self.read_more() {
                return None;
            }
        }
    }

    fn read_body(&mut self, length: usize) -> Vec<u8> {
        while self.buffer.len() < length && self.read_more() {}
        self.buffer.drain(..length.min(self.buffer.len())).collect()
    }

    fn read_more(&mut self) -> bool {
        let mut bytes = [0; 16 * 1024];
        let read = self.stream.read(&mut bytes).unwrap_or(0);
        self.buffer.extend_from_slice(&bytes[..read]);
        self.is_closed |= read == 0;
        read > 0
    }
}

fn content_length(head: &str) -> usize {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
}
