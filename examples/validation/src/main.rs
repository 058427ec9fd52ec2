//! Validation: what a client sends is checked by itself, and against what the database has already.
//!
//! `cargo run -p validation` serves `validation.db` in the working directory at `http://127.0.0.1:8080`. The
//! environment variables `DATABASE_URL` and `ADDRESS` choose another database and another address.

mod models;
mod schema;

use std::env;

use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::models::Booking;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://validation.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());

    let database = Database::connect(&url).await?;
    database.run(|connection| connection.run_pending_migrations(MIGRATIONS).map(|_| ())).await?;

    let server =
        HttpServer::new(move || App::new().app_data(web::Data::new(database.clone())).service(Booking::api_scope()));
    let server = server.bind(&address)?;
    greet(&server.addrs()[0].to_string());
    server.run().await?;
    Ok(())
}

/// Prints requests to paste, each with the status of its answer where that is a refusal.
fn greet(address: &str) {
    let bookings = format!("http://{address}/api/booking");
    let json = "-H 'Content-Type: application/vnd.api+json'";
    let bad = r#"{"data":{"type":"booking","attributes":{"guest":" ","email":"mary","seats":9,"day":"2030-05-01"}}}"#;
    let good =
        r#"{"data":{"type":"booking","attributes":{"guest":"Mary","email":"m@b.org","seats":2,"day":"2030-05-01"}}}"#;
    let moved = r#"{"data":{"type":"booking","id":"3","attributes":{"day":"2030-05-01"}}}"#;
    let changed = r#"{"data":{"type":"booking","id":"1","attributes":{"seats":3,"day":"2030-05-01"}}}"#;
    println!("Serving at http://{address}. Try:");
    println!();
    println!("  curl {bookings} {json} -d '{bad}' # 400");
    println!("  curl {bookings} {json} -d '{good}'");
    println!("  curl {bookings} {json} -d '{good}' # 409");
    println!("  curl -X PATCH {bookings}/3 {json} -d '{moved}' # 409");
    println!("  curl -X PATCH {bookings}/1 {json} -d '{changed}'");
    println!("  curl '{bookings}?filter[day]=2030-05-01' -g");
    println!();
}
