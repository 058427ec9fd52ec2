//! The newsroom that is asked.

mod models;

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;

use crate::server::Server;

pub use models::*;

/// All of it, under one prefix.
pub fn api() -> Api {
    Api::new("/api").resource(Person::api()).resource(Profile::api()).resource(Article::api()).resource(Tag::api())
}

/// Mounts all of it.
pub fn mount(services: &mut ServiceConfig) {
    services.service(api().scope());
}

/// A server with the newsroom.
pub fn server() -> Server {
    with_rows(ROWS)
}

/// A server with the models and these rows.
pub fn with_rows(rows: &str) -> Server {
    Server::start(&format!("{TABLES}{rows}"), mount)
}
