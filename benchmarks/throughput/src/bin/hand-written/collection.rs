//! `GET /api/article`

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, get, web};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use throughput::connection::Connection;
use throughput::schema::{article, author};

use crate::document::{ArticleResource, Document, Meta};
use crate::failure::Failure;
use crate::model::{Article, Author};
use crate::pool::{self, Pool};

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "page[number]", default = "first_page")]
    number: i64,
    #[serde(rename = "page[size]", default = "page_size")]
    size: i64,
    #[serde(rename = "filter[section]")]
    section: Option<String>,
    sort: Option<String>,
    include: Option<String>,
}

fn first_page() -> i64 {
    1
}

fn page_size() -> i64 {
    10
}

/// A page, as the database gives it.
struct Page {
    total: i64,
    articles: Vec<Article>,
    authors: Option<Vec<Author>>,
}

type Select = article::BoxedQuery<'static, <Connection as diesel::Connection>::Backend>;

#[get("/api/article")]
pub async fn fetch(
    pool: web::Data<Pool>,
    request: HttpRequest,
    parameters: web::Query<Parameters>,
) -> Result<HttpResponse, Failure> {
    let parameters = parameters.into_inner();
    let (number, size) = (parameters.number, parameters.size);
    if number < 1 || !(1..=100).contains(&size) {
        return Err(Failure::BadRequest);
    }
    let page = pool::run(&pool, move |connection| load(connection, &parameters)).await?;

    let resources: Vec<_> = page.articles.into_iter().map(ArticleResource::from).collect();
    let mut document = Document::new(Links::new(&request, page.total, (number, size)), resources);
    document.included = page.authors.map(|authors| authors.into_iter().map(Into::into).collect());
    document.meta = Some(Meta { total: page.total });
    Ok(document.respond(HttpResponse::Ok()))
}

fn load(connection: &mut Connection, parameters: &Parameters) -> Result<Page, Failure> {
    let total = filtered(parameters).count().get_result(connection)?;
    let articles = sorted(parameters)?
        .limit(parameters.size)
        .offset((parameters.number - 1) * parameters.size)
        .select(Article::as_select())
        .load(connection)?;
    let authors = match parameters.include.as_deref() {
        None | Some("") => None,
        Some("author") => Some(load_authors(connection, &articles)?),
        Some(_) => return Err(Failure::BadRequest),
    };
    Ok(Page { total, articles, authors })
}

fn load_authors(connection: &mut Connection, articles: &[Article]) -> QueryResult<Vec<Author>> {
    let ids: BTreeSet<_> = articles.iter().map(|article| article.author_id).collect();
    author::table.filter(author::id.eq_any(ids)).select(Author::as_select()).load(connection)
}

fn filtered(parameters: &Parameters) -> Select {
    let select = article::table.into_boxed();
    match &parameters.section {
        Some(section) => select.filter(article::section.eq(section.clone())),
        None => select,
    }
}

fn sorted(parameters: &Parameters) -> Result<Select, Failure> {
    let select = filtered(parameters);
    match parameters.sort.as_deref() {
        None => Ok(select.order(article::id)),
        Some("created_at") => Ok(select.order(article::created_at)),
        Some("-created_at") => Ok(select.order(article::created_at.desc())),
        Some(_) => Err(Failure::BadRequest),
    }
}

/// The links of a page.
#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    itself: String,
    first: String,
    last: String,
    prev: Option<String>,
    next: Option<String>,
}

impl Links {
    fn new(request: &HttpRequest, total: i64, (number, size): (i64, i64)) -> Self {
        let parameters = request.query_string().split('&').filter(|parameter| !parameter.starts_with("page%5B"));
        let kept: String = parameters.filter(|parameter| !parameter.is_empty()).flat_map(|kept| [kept, "&"]).collect();
        let path = request.path();
        let link = |number: i64| format!("{path}?{kept}page%5Bnumber%5D={number}&page%5Bsize%5D={size}");
        let last = ((total + size - 1) / size).max(1);
        Self {
            itself: request.uri().to_string(),
            first: link(1),
            last: link(last),
            prev: (number > 1).then(|| link((number - 1).min(last))),
            next: (number < last).then(|| link(number + 1)),
        }
    }
}
