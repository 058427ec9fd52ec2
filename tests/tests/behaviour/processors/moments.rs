//! Which moments there are, and in what order processors run.

use std::sync::{Arc, Mutex};

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Request;
use crate::relationships::blog::{Article, Person, Profile, ROWS, TABLES};
use crate::server::Server;

/// What was called, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, what: &str) {
        self.0.lock().expect("a log").push(what.to_owned());
    }

    /// What was noted since the last time.
    fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().expect("a log")).join(" ")
    }
}

/// Notes every moment of the people.
struct OfPeople(Log, &'static str);

macro_rules! noting {
    ($($name:ident($($argument:ty),*);)*) => {
        impl Processor<Person> for OfPeople {
            $(async fn $name(&self, _: &Context, $(_: $argument),*) -> Result<(), Error> {
                self.0.note(&format!("{}{}", self.1, stringify!($name)));
                Ok(())
            })*
        }
    };
}

noting! {
    before_get_collection(&mut Query);
    before_get_resource(&mut String);
    before_get_relation(&mut Relation, &mut Query);
    before_get_related_resource(&mut Relation);
    before_get_relationship(&mut Relation, &mut Query);
    before_post_resource(&mut Changes<Person>);
    before_patch_resource(&mut String, &mut Changes<Person>);
    before_delete_resource(&mut String, Option<&Row<Person>>);
    before_post_relationship(&mut Relation, &mut Members);
    before_patch_relationship(&mut Relation, &mut Members);
    before_delete_relationship(&mut Relation, &mut Members);
    after_get_collection(&mut ResponseResources<Person>);
    after_get_resource(&mut ResponseResources<Person>);
    after_get_to_one_relation(&mut ResponseResources<AnyResource>);
    after_get_to_many_relation(&mut ResponseResources<AnyResource>);
    after_get_related_resource(&mut ResponseResources<AnyResource>);
    after_get_to_one_relationship(&mut Members);
    after_get_to_many_relationship(&mut Members);
    after_post_resource(&mut ResponseResources<Person>);
    after_patch_resource(&mut ResponseResources<Person>);
    after_delete_resource(&Row<Person>);
    after_post_relationship(&Relation);
    after_patch_relationship(&Relation);
    after_delete_relationship(&Relation);
}

/// Notes two moments of every resource.
struct OfAll(Log);

impl ApiProcessor for OfAll {
    async fn before_get_collection(&self, context: &Context, _: &mut Query) -> Result<(), Error> {
        self.0.note(&format!("all:{}", context.resource()));
        Ok(())
    }

    async fn after_delete_resource(&self, context: &Context, row: &Row<AnyResource>) -> Result<(), Error> {
        self.0.note(&format!("all:{}-{}", context.resource(), row.id()));
        Ok(())
    }
}

fn server(log: &Log) -> Server {
    let log = log.clone();
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let people = Person::api().processor(OfPeople(log.clone(), "")).processor(OfPeople(log.clone(), "2:"));
        let api = Api::new("/api").processor(OfAll(log.clone())).resource(people).resource(Article::api());
        let api = api.resource(Profile::api());
        services.service(api.scope());
    })
}

/// What a single processor is expected to note, once for each of the two.
fn twice(moments: &[&str]) -> String {
    let each = moments.iter().flat_map(|moment| [(*moment).to_owned(), format!("2:{moment}")]);
    each.collect::<Vec<_>>().join(" ")
}

#[test]
fn are_there_for_every_read() {
    let log = Log::default();
    let server = server(&log);
    let cases: [(&str, &[&str]); 6] = [
        ("/api/person/3", &["before_get_resource", "after_get_resource"]),
        ("/api/person/1/articles", &["before_get_relation", "after_get_to_many_relation"]),
        ("/api/person/1/profile", &["before_get_relation", "after_get_to_one_relation"]),
        ("/api/person/1/articles/2", &["before_get_related_resource", "after_get_related_resource"]),
        ("/api/person/1/relationships/articles", &["before_get_relationship", "after_get_to_many_relationship"]),
        ("/api/person/1/relationships/profile", &["before_get_relationship", "after_get_to_one_relationship"]),
    ];
    for (path, moments) in cases {
        assert_eq!(server.get(&format!("{path}?fields[article]=title&fields[profile]=bio")).status, 200, "{path}");
        assert_eq!(log.take(), twice(moments), "{path}");
    }
}

#[test]
fn of_the_api_come_first() {
    let log = Log::default();
    let server = server(&log);
    server.get("/api/person");
    let of_people = twice(&["before_get_collection"]);
    assert_eq!(log.take(), format!("all:person {of_people} {}", twice(&["after_get_collection"])));
    server.get("/api/article?fields[article]=title");
    assert_eq!(log.take(), "all:article");
}

/// A request, its status, and the moments of it.
type Case<'a> = (&'a str, &'a str, Option<Value>, u16, &'a [&'a str]);

#[test]
fn are_there_for_every_write() {
    let log = Log::default();
    let server = server(&log);
    let person = |id: Option<&str>, attributes: Value| {
        let mut data = json!({"type": "person", "attributes": attributes});
        if let Some(id) = id {
            data["id"] = json!(id);
        }
        json!({"data": data})
    };
    let articles = json!({"data": [{"type": "article", "id": "3"}]});
    let relationship = "/api/person/3/relationships/articles";
    let cases: [Case<'_>; 6] = [
        (
            "POST",
            "/api/person",
            Some(person(None, json!({"name": "Dan"}))),
            201,
            &["before_post_resource", "after_post_resource"],
        ),
        (
            "PATCH",
            "/api/person/3",
            Some(person(Some("3"), json!({"age": 4}))),
            200,
            &["before_patch_resource", "after_patch_resource"],
        ),
        ("POST", relationship, Some(articles.clone()), 204, &["before_post_relationship", "after_post_relationship"]),
        (
            "PATCH",
            relationship,
            Some(articles.clone()),
            204,
            &["before_patch_relationship", "after_patch_relationship"],
        ),
        ("DELETE", relationship, Some(articles), 204, &["before_delete_relationship", "after_delete_relationship"]),
        ("DELETE", "/api/person/3", None, 204, &["before_delete_resource", "after_delete_resource"]),
    ];
    for (method, path, document, status, moments) in cases {
        let request = server.request(method, path);
        let request = document.iter().fold(request, Request::document);
        assert_eq!(request.send().status, status, "{method} {path}");
        let of_all = if method == "DELETE" && status == 204 && path == "/api/person/3" { "all:person-3 " } else { "" };
        let expected = twice(&moments[..1]) + " " + of_all + &twice(&moments[1..]);
        assert_eq!(log.take(), expected, "{method} {path}");
    }
}
