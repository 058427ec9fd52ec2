//! JSON:API documents, in and out.

use std::borrow::Cow;

use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::{Deserialize, Serialize};

use crate::model::{Article, Author};

pub const MEDIA_TYPE: &str = "application/vnd.api+json";

/// A document that the server sends.
#[derive(Serialize)]
pub struct Document<L, D> {
    jsonapi: JsonApi,
    links: L,
    data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub included: Option<Vec<AuthorResource>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

impl<L: Serialize, D: Serialize> Document<L, D> {
    /// A document of this data alone.
    pub fn new(links: L, data: D) -> Self {
        Self { jsonapi: JsonApi { version: "1.1" }, links, data, included: None, meta: None }
    }

    /// The answer with this document.
    pub fn respond(&self, mut response: HttpResponseBuilder) -> HttpResponse {
        response.content_type(MEDIA_TYPE).json(self)
    }
}

#[derive(Serialize)]
struct JsonApi {
    version: &'static str,
}

#[derive(Serialize)]
pub struct Meta {
    pub total: i64,
}

/// The links of a document or of a resource object.
#[derive(Clone, Serialize)]
pub struct Links {
    #[serde(rename = "self")]
    pub itself: String,
}

/// A resource object.
#[derive(Serialize)]
pub struct Resource<A, R> {
    #[serde(rename = "type")]
    type_name: &'static str,
    id: String,
    attributes: A,
    relationships: R,
    pub links: Links,
}

pub type ArticleResource = Resource<Article, ArticleRelationships>;
pub type AuthorResource = Resource<Author, AuthorRelationships>;

#[derive(Serialize)]
pub struct ArticleRelationships {
    author: Relationship,
}

#[derive(Serialize)]
pub struct AuthorRelationships {
    articles: Relationship,
}

#[derive(Serialize)]
struct Relationship {
    links: RelationshipLinks,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Identifier>,
}

#[derive(Serialize)]
struct RelationshipLinks {
    #[serde(rename = "self")]
    itself: String,
    related: String,
}

/// A resource identifier object.
#[derive(Serialize, Deserialize)]
pub struct Identifier {
    #[serde(rename = "type")]
    pub type_name: Cow<'static, str>,
    pub id: String,
}

impl From<Article> for ArticleResource {
    fn from(article: Article) -> Self {
        let itself = format!("/api/article/{}", article.id);
        let author = Identifier { type_name: "author".into(), id: article.author_id.to_string() };
        Self {
            type_name: "article",
            id: article.id.to_string(),
            relationships: ArticleRelationships { author: Relationship::new(&itself, "author", Some(author)) },
            attributes: article,
            links: Links { itself },
        }
    }
}

impl From<Author> for AuthorResource {
    fn from(author: Author) -> Self {
        let itself = format!("/api/author/{}", author.id);
        Self {
            type_name: "author",
            id: author.id.to_string(),
            relationships: AuthorRelationships { articles: Relationship::new(&itself, "articles", None) },
            attributes: author,
            links: Links { itself },
        }
    }
}

impl Relationship {
    fn new(resource: &str, name: &str, data: Option<Identifier>) -> Self {
        let links = RelationshipLinks {
            itself: format!("{resource}/relationships/{name}"),
            related: format!("{resource}/{name}"),
        };
        Self { links, data }
    }
}

/// A document that a client sends.
#[derive(Deserialize)]
pub struct Incoming<D> {
    pub data: D,
}
