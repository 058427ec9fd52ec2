//! `POST /api/article`

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, post, web};
use diesel::prelude::*;
use serde::Deserialize;
use throughput::schema::article;

use crate::document::{ArticleResource, Document, Identifier, Incoming};
use crate::failure::Failure;
use crate::model::{Article, NewArticle, NewAttributes};
use crate::pool::{self, Pool};

#[derive(Deserialize)]
struct New {
    #[serde(rename = "type")]
    type_name: String,
    attributes: NewAttributes,
    relationships: Relationships,
}

#[derive(Deserialize)]
struct Relationships {
    author: Incoming<Identifier>,
}

#[post("/api/article")]
pub async fn create(pool: web::Data<Pool>, body: web::Json<Incoming<New>>) -> Result<HttpResponse, Failure> {
    let new = body.into_inner().data;
    let author = new.relationships.author.data;
    if new.type_name != "article" || author.type_name != "author" {
        return Err(Failure::Conflict);
    }
    let author_id = author.id.parse().map_err(|_| Failure::NotFound)?;
    let new = NewArticle { attributes: new.attributes, author_id };
    let article = pool::run(&pool, move |connection| {
        let insert = diesel::insert_into(article::table).values(new);
        Ok(insert.returning(Article::as_returning()).get_result(connection)?)
    });
    let resource = ArticleResource::from(article.await?);
    let links = resource.links.clone();
    let mut response = HttpResponse::Created();
    response.insert_header((LOCATION, links.itself.as_str()));
    Ok(Document::new(links, resource).respond(response))
}
