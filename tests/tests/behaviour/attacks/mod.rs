//! What one client cannot take from the others: memory, time and connections.

mod answers;
mod bodies;
mod errors;
mod memory;
mod objects;
mod victim;

use std::time::{Duration, Instant};

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;

use crate::relationships::blog;
use crate::server::Server;

/// The greatest number of bytes of an answer that refuses something.
const SMALL: usize = 64 * 1024;

/// How often an idle request fits into one that is refused.
const FACTOR: u32 = 500;

/// How long a request takes while there is no other.
fn idle(server: &Server, path: &str) -> Duration {
    let times = (0..20).map(|_| {
        let start = Instant::now();
        assert_eq!(server.get(path).status, 200);
        start.elapsed()
    });
    let longest = times.skip(5).max().expect("a request");
    longest.max(Duration::from_millis(2))
}

/// The blog with other settings of all its resources.
fn blog_with(change: fn(Api) -> Api) -> Server {
    let mount = move |services: &mut ServiceConfig| {
        services.service(change(blog::api()).scope());
    };
    Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), mount)
}
