//! Roles: what one sees of a field, and another does not.
//!
//! `cargo run -p roles` serves `roles.db` in the working directory at `http://127.0.0.1:8080`. The environment variables
//! `DATABASE_URL` and `ADDRESS` choose another database and another address.

mod models;
mod roles;
mod schema;

use std::env;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::models::Employee;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://roles.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());

    let database = Database::connect(&url).await?;
    database.run(|connection| connection.run_pending_migrations(MIGRATIONS).map(|_| ())).await?;

    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(database.clone()))
            .wrap(from_fn(roles::recognise))
            .service(Employee::api_scope())
    });
    let server = server.bind(&address)?;
    greet(&server.addrs()[0].to_string());
    server.run().await?;
    Ok(())
}

/// Prints requests to paste, each with the status of its answer where that is a refusal.
fn greet(address: &str) {
    let url = format!("http://{address}/api");
    let (employee, manager) = ("-H 'Authorization: Bearer employee'", "-H 'Authorization: Bearer manager'");
    let sum =
        format!("-G {url}/eval/employee --data-urlencode 'functions=[{{\"name\":\"sum\",\"field\":\"salary\"}}]'");
    let raise = "-X PATCH -H 'Content-Type: application/vnd.api+json' \
                 -d '{\"data\":{\"type\":\"employee\",\"id\":\"3\",\"attributes\":{\"title\":\"engineer\",\"salary\":4000}}}'";
    let rename = "-X PATCH -H 'Content-Type: application/vnd.api+json' \
                  -d '{\"data\":{\"type\":\"employee\",\"id\":\"3\",\"attributes\":{\"title\":\"boss\"}}}'";
    println!("Serving at http://{address}. Try:");
    println!();
    println!("  curl {url}/employee {employee}");
    println!("  curl {url}/employee {manager}");
    println!("  curl '{url}/employee?sort=-salary' {employee} # 400");
    println!("  curl '{url}/employee?sort=-salary' {manager}");
    println!("  curl {sum} {employee} # 400");
    println!("  curl {sum} {manager}");
    println!("  curl {url}/employee/3 {employee} {rename} # 403");
    println!("  curl {url}/employee/3 {raise} # 400");
    println!("  curl {url}/employee/3 {manager} {raise}");
    println!();
}
