//! `GET /api/article/{id}`

use actix_web::{HttpResponse, get, web};
use diesel::prelude::*;
use throughput::schema::article;

use crate::document::{ArticleResource, Document};
use crate::failure::Failure;
use crate::model::Article;
use crate::pool::{self, Pool};

#[get("/api/article/{id}")]
pub async fn fetch(pool: web::Data<Pool>, id: web::Path<i32>) -> Result<HttpResponse, Failure> {
    let id = id.into_inner();
    let article = pool::run(&pool, move |connection| {
        Ok(article::table.find(id).select(Article::as_select()).first(connection)?)
    });
    let resource = ArticleResource::from(article.await?);
    Ok(Document::new(resource.links.clone(), resource).respond(HttpResponse::Ok()))
}
