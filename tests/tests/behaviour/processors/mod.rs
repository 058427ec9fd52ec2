//! Processors: the application has its say.

pub mod archive;
mod before;
mod changes;
mod join_tables;
mod moments;
mod other_side;
mod outgoing;
mod outside_of_the_rule;
mod refusals;
mod rows;
mod setting;
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
