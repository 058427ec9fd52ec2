//! `PATCH /api/article/{id}`

use actix_web::{HttpResponse, patch, web};
use diesel::prelude::*;
use serde::Deserialize;
use throughput::schema::article;

use crate::document::{ArticleResource, Document, Incoming};
use crate::failure::Failure;
use crate::model::{Article, Changes};
use crate::pool::{self, Pool};

#[derive(Deserialize)]
struct Changed {
    #[serde(rename = "type")]
    type_name: String,
    id: String,
    attributes: Changes,
}

#[patch("/api/article/{id}")]
pub async fn update(
    pool: web::Data<Pool>,
    id: web::Path<i32>,
    body: web::Json<Incoming<Changed>>,
) -> Result<HttpResponse, Failure> {
    let id = id.into_inner();
    let changed = body.into_inner().data;
    if changed.type_name != "article" || changed.id != id.to_string() {
        return Err(Failure::Conflict);
    }
    let article = pool::run(&pool, move |connection| {
        let update = diesel::update(article::table.find(id)).set(changed.attributes);
        Ok(update.returning(Article::as_returning()).get_result(connection).optional()?)
    });
    let resource = ArticleResource::from(article.await?.ok_or(Failure::NotFound)?);
    Ok(Document::new(resource.links.clone(), resource).respond(HttpResponse::Ok()))
}
