//! Row rules: rows outside of a rule do not exist for the client.

mod reads;
mod writes;

use restless_actix::prelude::*;

use crate::client::{Answer, Request};
use crate::relationships::blog::{Article, ArticleFilter, Comment, Person, PersonFilter, Profile, ROWS, TABLES, Tag};
use crate::server::Server;

/// Ann and the article "First" exist for the one who says the word. Whoever says nonsense gets a rule without meaning.
pub fn blog() -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), |services| {
        let people = Person::api().query(|context| match context.header("x-word") {
            Some("please") => Filter::all([]),
            Some("nonsense") => restless_actix::Field::<Person, i32>::named("no such column").eq(1),
            _ => PersonFilter::NAME.ne("Ann"),
        });
        let articles = Article::api().query(|context| match context.header("x-word") {
            Some("please") => Filter::all([]),
            _ => ArticleFilter::TITLE.not_in(["First"]),
        });
        let api = Api::new("/api").allow_functions().resource(people).resource(articles);
        let api = api.resource(Comment::api()).resource(Tag::api()).resource(Profile::api());
        services.service(api.scope());
    })
}

/// The same request of whoever may see everything.
pub fn granted<'a>(server: &'a Server, method: &str, path: &str) -> Request<'a> {
    server.request(method, path).header("X-Word", "please")
}

/// The data of an answer.
pub fn data(answer: &Answer) -> serde_json::Value {
    answer.json()["data"].clone()
}
