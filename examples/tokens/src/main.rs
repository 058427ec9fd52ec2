//! Tokens: who asks is told by a token, and everybody sees nothing but their own notes.
//!
//! `cargo run -p tokens` serves `tokens.db` in the working directory at `http://127.0.0.1:8080/api`. The environment
//! variables `DATABASE_URL` and `ADDRESS` choose another database and another address.

mod authentication;
mod models;
mod schema;

use std::env;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::authentication::{RequireUser, authenticate};
use crate::models::Note;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://tokens.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());

    let database = Database::connect(&url).await?;
    database.run(|connection| connection.run_pending_migrations(MIGRATIONS).map(|_| ())).await?;

    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(database.clone()))
            .wrap(from_fn(authenticate))
            .service(Api::new("/api").processor(RequireUser).resource(Note::api()).scope())
    });
    let server = server.bind(&address)?;
    greet(&server.addrs()[0].to_string());
    server.run().await?;
    Ok(())
}

/// Prints requests to paste, each with the status of its answer where that is a refusal.
fn greet(address: &str) {
    let notes = format!("http://{address}/api/note");
    let ada = "-H 'Authorization: Bearer token-of-ada'";
    let grace = "-H 'Authorization: Bearer token-of-grace'";
    let new = "-H 'Content-Type: application/vnd.api+json' \
               -d '{\"data\":{\"type\":\"note\",\"attributes\":{\"content\":\"Lunch with Mary\"}}}'";
    println!("Serving at http://{address}. Try:");
    println!();
    println!("  curl {notes} # 401");
    println!("  curl {notes} {new} # 401");
    println!("  curl {notes} {ada}");
    println!("  curl {notes} {ada} {new}");
    println!("  curl {notes}/1 {grace} # 404");
    println!("  curl -X DELETE {notes}/1 {grace} # 404");
    println!("  curl {notes}/1 {ada}");
    println!();
}
