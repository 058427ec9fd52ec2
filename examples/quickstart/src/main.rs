//! The quickstart: two models, their endpoints, and a SQLite database that is made at the first start.
//!
//! `cargo run -p quickstart` serves `quickstart.db` in the working directory at `http://127.0.0.1:8080`. The
//! environment variables `DATABASE_URL` and `ADDRESS` choose another database, on PostgreSQL or MySQL too, and another
//! address.

mod models;
mod schema;

use std::env;

use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::models::{Computer, Person};

const FOR_SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const FOR_POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const FOR_MYSQL: EmbeddedMigrations = embed_migrations!("migrations/mysql");

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://quickstart.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());

    let database = Database::connect(&url).await?;
    let migrations = match database.backend_name() {
        "postgres" => FOR_POSTGRES,
        "mysql" => FOR_MYSQL,
        _ => FOR_SQLITE,
    };
    database.run(|connection| connection.run_pending_migrations(migrations).map(|_| ())).await?;

    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(database.clone()))
            .service(Person::api_scope())
            .service(Computer::api_scope())
    });
    let server = server.bind(&address)?;
    greet(&server.addrs()[0].to_string());
    server.run().await?;
    Ok(())
}

fn greet(address: &str) {
    println!("Serving at http://{address}. Try:");
    println!();
    println!("  curl 'http://{address}/api/person?sort=-age&page[size]=2' -g");
    println!(
        "  curl http://{address}/api/person -H 'Content-Type: application/vnd.api+json' \
         -d '{{\"data\":{{\"type\":\"person\",\"attributes\":{{\"name\":\"Lincoln\",\"age\":23}}}}}}'"
    );
    println!("  curl -g 'http://{address}/api/computer?filter[vendor]=IBM&include=owner'");
    println!();
}
