//! Two mounts: the same model for everybody at `/public` and for administrators at `/admin`.
//!
//! `cargo run -p two-mounts` serves `two-mounts.db` in the working directory at `http://127.0.0.1:8080`. The
//! environment variables `DATABASE_URL` and `ADDRESS` choose another database and another address, `ADMIN_TOKEN` what
//! administrators have to send.

mod admins;
mod models;
mod schema;

use std::env;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::admins::{AdminToken, only_admins};
use crate::models::Product;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://two-mounts.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());

    let database = Database::connect(&url).await?;
    database.run(|connection| connection.run_pending_migrations(MIGRATIONS).map(|_| ())).await?;

    let token = web::Data::new(AdminToken::from_env());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(database.clone()))
            .app_data(token.clone())
            .service(models::public().scope())
            // The middleware stands around the scope, so that it is asked about everything below `/admin`.
            .service(web::scope("/admin").wrap(from_fn(only_admins)).service(Product::api().prefix("").scope()))
    });
    let server = server.bind(&address)?;
    greet(&server.addrs()[0].to_string());
    server.run().await?;
    Ok(())
}

/// Prints requests to paste, each with the status of its answer where that is a refusal.
fn greet(address: &str) {
    let url = format!("http://{address}");
    let token = "-H \"Authorization: Bearer ${ADMIN_TOKEN:-secret}\"";
    let new = "-H 'Content-Type: application/vnd.api+json' \
               -d '{\"data\":{\"type\":\"product\",\"attributes\":{\"name\":\"tabulator\",\"is_published\":false}}}'";
    println!("Serving at {url}. Try:");
    println!();
    println!("  curl {url}/public/product");
    println!("  curl {url}/public/product/4 # 404");
    println!("  curl {url}/public/product {new} # 405");
    println!("  curl {url}/admin/product # 401");
    println!("  curl {url}/admin/product {new} # 401");
    println!("  curl {url}/admin/product {token}");
    println!("  curl {url}/admin/product {token} {new}");
    println!("  curl {url}/public/product/5 # 404");
    println!();
}
