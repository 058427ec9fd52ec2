//! A blog: people, articles, comments and tags, and every kind of relationship between them.
//!
//! `cargo run -p blog` serves `blog.db` in the working directory at `http://127.0.0.1:8081/api`. The environment
//! variables `DATABASE_URL` and `ADDRESS` choose another database and another address.

mod models;
mod schema;

use std::env;

use actix_web::{App, HttpServer, web};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use restless_actix::prelude::*;

use crate::models::{Article, Comment, Person, Tag};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    env_logger::init_from_env(env_logger::Env::new().default_filter_or("info"));
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://blog.db".to_owned());
    let address = env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8081".to_owned());

    let database = Database::connect(&url).await?;
    database.run(|connection| connection.run_pending_migrations(MIGRATIONS).map(|_| ())).await?;

    let server = HttpServer::new(move || App::new().app_data(web::Data::new(database.clone())).service(blog().scope()));
    let server = server.bind(&address)?;
    let address = server.addrs()[0];
    println!("Serving at http://{address}. Try:\n");
    println!("  curl 'http://{address}/api/article?include=author,comments.author,tags'");
    println!("  curl http://{address}/api/person/1/articles");
    println!("  curl http://{address}/api/article/1/relationships/tags\n");
    server.run().await?;
    Ok(())
}

fn blog() -> Api {
    Api::new("/api").resource(Person::api()).resource(Article::api()).resource(Comment::api()).resource(Tag::api())
}
