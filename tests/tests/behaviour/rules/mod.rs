//! Row rules: rows outside of a rule do not exist for the client.

mod attributes;
mod other_side;
mod random;
mod reads;
mod validators;
mod writes;

use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::client::{Answer, Request};
use crate::relationships::blog::{
    Article, ArticleFields, Comment, Person, PersonFields, Profile, ROWS, TABLES, Tag, article, person,
};
use crate::server::Server;

/// Ann and the article "First" exist for the one who says the word. Whoever says nonsense gets a rule without meaning.
pub fn blog() -> Server {
    blog_by(|| PersonFields::NAME.ne("Ann"), || ArticleFields::TITLE.not_in(["First"]))
}

/// The same blog by rules of either form.
pub fn blogs() -> [Server; 2] {
    let by_diesel = blog_by(
        || Filter::diesel(person::name.ne("Ann")),
        || Filter::diesel(diesel::dsl::not(article::title.eq_any(["First"])).or(article::id.gt(1000))),
    );
    [blog(), by_diesel]
}

fn blog_by(people: fn() -> Filter<Person>, articles: fn() -> Filter<Article>) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let people = Person::api().row_filter(move |context| match context.header("x-word") {
            Some("please") => Filter::all([]),
            Some("nonsense") => restless_actix::Field::<Person, i32>::named("no such column").eq(1),
            _ => people(),
        });
        let articles = Article::api().row_filter(move |context| match context.header("x-word") {
            Some("please") => Filter::all([]),
            _ => articles(),
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
