//! Soft deletion: `DELETE` marks a row, and a row rule hides those that are marked.
//!
//! `cargo run -p soft-delete` serves `soft-delete.db` in the working directory at `http://127.0.0.1:8080`. The
//! environment variables `DATABASE_URL` and `ADDRESS` choose another database and another address.

mod models;
mod schema;

use std::env;

use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::models::Document;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://soft-delete.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());

    let database = Database::connect(&url).await?;
    database.run(|connection| connection.run_pending_migrations(MIGRATIONS).map(|_| ())).await?;

    let server = HttpServer::new(move || {
        // The same model with the opposite rule, to be read only. Who may look into it is for middleware to say.
        let trash = Document::api().prefix("/trash").methods([Method::GET]).row_filter(models::deleted);
        App::new().app_data(web::Data::new(database.clone())).service(Document::api_scope()).service(trash.scope())
    });
    let server = server.bind(&address)?;
    greet(&server.addrs()[0].to_string());
    server.run().await?;
    Ok(())
}

/// Prints requests to paste, each with the status of its answer where that is a refusal.
fn greet(address: &str) {
    let url = format!("http://{address}");
    println!("Serving at {url}. Try:");
    println!();
    println!("  curl {url}/api/document");
    println!("  curl {url}/trash/document/1 # 404");
    println!("  curl -X DELETE {url}/api/document/1");
    println!("  curl {url}/api/document/1 # 404");
    println!("  curl -X DELETE {url}/api/document/1 # 404");
    println!("  curl {url}/trash/document/1");
    println!("  curl -X DELETE {url}/trash/document/1 # 405");
    println!();
}
