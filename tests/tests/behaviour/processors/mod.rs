//! Processors: the application has its say.

mod before;
mod changes;
mod moments;
mod outgoing;
mod refusals;
mod transactions;
mod unseen;

use restless_actix::prelude::*;

use crate::relationships::blog::{Article, Comment, Person, Profile, ROWS, TABLES, Tag};
use crate::server::Server;

/// The blog, its people and articles changed by the test.
pub fn blog(
    people: impl Fn(restless_actix::ResourceApi<Person>) -> restless_actix::ResourceApi<Person> + Send + Clone + 'static,
) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let api = Api::new("/api").resource(people(Person::api())).resource(Article::api()).resource(Comment::api());
        services.service(api.resource(Tag::api()).resource(Profile::api()).scope());
    })
}
