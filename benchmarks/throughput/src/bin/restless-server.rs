//! The server that restless makes of two models.

use actix_web::{App, HttpServer, web};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use restless_actix::prelude::*;
use throughput::schema::{article, author};
use throughput::served;

/// Somebody who writes articles.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = author)]
#[restless(methods(GET), has_many(articles: Article, foreign_key = article::author_id))]
pub struct Author {
    pub id: i32,
    pub name: String,
    pub email: String,
    pub born: Option<NaiveDate>,
}

/// An article.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = article)]
#[restless(methods(GET, POST, PATCH), belongs_to(author: Author, foreign_key = author_id))]
pub struct Article {
    pub id: i32,
    pub title: String,
    pub body: String,
    pub section: String,
    pub words: i32,
    pub created_at: NaiveDateTime,
    pub author_id: i32,
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::connect(&served::database_url()?).await?;
    let server = HttpServer::new(move || {
        App::new().app_data(web::Data::new(database.clone())).service(Article::api_scope()).service(Author::api_scope())
    });
    let server = server.workers(served::WORKERS).bind("127.0.0.1:0")?;
    served::announce(&server.addrs());
    server.run().await?;
    Ok(())
}
