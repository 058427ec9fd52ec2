//! Relationships lead to the mount of a model that there is, or that the application names, by its rules and settings.

use actix_web::web::{self, ServiceConfig};
use restless_actix::prelude::*;
use serde_json::json;

use super::contradictions::refusal;
use crate::client::Answer;
use crate::relationships::blog::{Article, ArticleFields, Comment, Person, ROWS, TABLES};
use crate::server::Server;

/// Everything but the article "First".
fn all_but_the_first() -> ResourceApi<Article> {
    Article::api().row_filter(|_: &Context| ArticleFields::TITLE.ne("First"))
}

fn server(mount: impl Fn(&mut ServiceConfig) + Send + Clone + 'static) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), mount)
}

fn classic(server: &Server, path: &str) -> Answer {
    server.request("GET", path).header("Accept", "application/json").send_to_anyone()
}

/// Asserts that nothing below a person tells anything of the first article, and that the second is there.
#[track_caller]
fn hides_the_first(server: &Server, people: &str) {
    let of_the_second = |path: String| {
        for answer in [server.request("GET", &path).send_to_anyone(), classic(server, &path)] {
            assert_eq!(answer.status, 200, "{answer:#?}");
            assert!(!answer.body.contains("First"), "{answer:#?}");
            assert!(answer.body.contains("Second"), "{answer:#?}");
        }
    };
    of_the_second(format!("{people}/1/articles"));
    of_the_second(format!("{people}?include=articles&filter[id]=1"));
    of_the_second(format!("{people}/1?include=articles,comments.article"));
    assert_eq!(server.get(&format!("{people}/1/relationships/articles")).ids(), "2");
    assert_eq!(server.get(&format!("{people}/1/articles/1")).status, 404);
    assert_eq!(server.get(&format!("{people}?filter[articles.title]=First")).ids(), "");
    assert_eq!(server.get(&format!("{people}?filter[articles.title]=Second")).ids(), "1");
    let first = json!({"data": [{"type": "article", "id": "1"}]});
    let linked = server.post(&format!("{people}/2/relationships/articles"), &first);
    assert!(matches!(linked.status, 404 | 409), "{linked:#?}");
    assert_eq!(server.line("SELECT CAST(author_id AS TEXT) AS value FROM article WHERE id = 1"), "1");
}

#[test]
fn by_the_rule_of_a_scope_beside() {
    hides_the_first(
        &server(|services| {
            services.service(Person::api_scope()).service(all_but_the_first().scope()).service(Comment::api_scope());
        }),
        "/api/person",
    );
    hides_the_first(
        &server(|services| {
            services.service(all_but_the_first().scope()).service(Person::api_scope());
        }),
        "/api/person",
    );
}

#[test]
fn by_the_rule_of_the_only_one_wherever_it_stands() {
    hides_the_first(
        &server(|services| {
            services.service(web::scope("/v1").service(Person::api_scope()));
            services.service(web::scope("/v2").service(all_but_the_first().prefix("/other").scope()));
        }),
        "/v1/api/person",
    );
    hides_the_first(
        &server(|services| {
            services.service(Person::api_scope());
            services.service(Api::new("/v2").resource(all_but_the_first()).scope());
        }),
        "/api/person",
    );
    hides_the_first(
        &server(|services| {
            services.service(Api::new("/v2").resource(Person::api()).scope());
            services.service(all_but_the_first().scope());
        }),
        "/v2/person",
    );
}

#[test]
fn to_the_one_within_the_same_scopes() {
    let server = server(|services| {
        let public = web::scope("/tenant/{name}").service(Person::api_scope()).service(all_but_the_first().scope());
        let all = web::scope("/all").service(Article::api_scope()).service(Person::api_scope());
        services.service(public).service(all);
    });
    hides_the_first(&server, "/tenant/a/api/person");
    assert_eq!(server.get("/all/api/person/1/articles").ids(), "1 2");
    let related = |path: &str| server.get(path).data()["relationships"]["articles"]["links"]["related"].clone();
    assert_eq!(related("/tenant/b/api/person/1"), "/tenant/b/api/person/1/articles");
    assert_eq!(related("/all/api/person/1"), "/all/api/person/1/articles");
}

#[test]
fn to_the_one_that_the_attributes_describe() {
    let server = server(|services| {
        services.service(Article::api().prefix("/all").scope()).service(all_but_the_first().scope());
        services.service(Person::api_scope()).service(Person::api().prefix("/all").scope());
    });
    hides_the_first(&server, "/api/person");
    hides_the_first(&server, "/all/person");
    assert_eq!(server.get("/all/article").ids(), "1 2 3");
}

#[test]
fn to_the_one_that_is_named() {
    let server = server(|services| {
        let mine = all_but_the_first().collection_name("mine");
        services.service(Article::api_scope()).service(mine.scope());
        services.service(Person::api().relation("articles", "mine").scope());
        services.service(Person::api().prefix("/all").relation("articles", "/api/article").scope());
    });
    let person = server.get("/api/person/1?include=articles");
    assert_eq!(person.json()["included"][0]["links"]["self"], "/api/mine/2", "{person:#?}");
    assert_eq!(person.json()["included"][1], json!(null));
    assert_eq!(server.get("/api/person/1/articles").ids(), "2");
    assert_eq!(classic(&server, "/api/person/1").json()["articles"].as_array().map(Vec::len), Some(1));
    assert_eq!(server.get("/all/person/1/articles").ids(), "1 2");
    // Nothing is said of the others.
    assert_eq!(server.get("/api/person/2/edited").ids(), "1");
}

#[test]
fn in_an_api_to_the_one_that_is_named() {
    let server = server(|services| {
        let all = Article::api().collection_name("all_articles");
        let mine = all_but_the_first().collection_name("mine").relation("author", "person");
        let people = Person::api().relation("articles", "mine").relation("edited", "all_articles");
        let comments = Comment::api().relation("article", "all_articles");
        services.service(Api::new("/api").resource(all).resource(people).resource(mine).resource(comments).scope());
    });
    assert_eq!(server.get("/api/person/1/articles").ids(), "2");
    assert_eq!(server.get("/api/person/2/edited").ids(), "1");
    let links = server.get("/api/person/1/articles").data()[0]["links"].clone();
    assert_eq!(links, json!({"self": "/api/mine/2"}));
    let shown = classic(&server, "/api/person/1").json();
    let first = shown["articles"].as_array().expect("articles");
    assert!(first.len() == 1 && first[0]["id"] == 2, "{shown}");
    assert_eq!(server.get("/api/person?filter[articles.title]=First").ids(), "");
    assert_eq!(server.get("/api/person?filter[edited.title]=First").ids(), "2");
}

#[test]
fn back_to_where_they_come_from() {
    let server = server(|services| {
        let young = Person::api()
            .collection_name("young")
            .row_filter(|_: &Context| crate::relationships::blog::PersonFields::NAME.ne("Ann"));
        let everybody = Person::api().collection_name("everybody");
        services.service(Api::new("/api").resource(everybody).resource(young).scope());
    });
    let of_all = server.get("/api/everybody?include=edited.author");
    assert!(of_all.body.contains("Ann"), "{of_all:#?}");
    let of_some = server.get("/api/young?include=edited.author");
    assert!(of_some.status == 200 && !of_some.body.contains("Ann"), "{of_some:#?}");
    assert_eq!(server.get("/api/young?filter[edited.author.name]=Ann").ids(), "");
    assert_eq!(server.get("/api/everybody?filter[edited.author.name]=Ann").ids(), "2");
}

#[test]
fn by_the_processors_and_fields_of_the_mount() {
    struct Closed;
    impl Processor<Article> for Closed {
        async fn before_get_resource(&self, _: &Context, _: &mut String) -> Result<(), Error> {
            Err(Error::forbidden("closed"))
        }
    }
    let server = server(|services| {
        services.service(Article::api().exclude_columns(["title"]).processor(Closed).scope());
        services.service(Person::api_scope());
    });
    assert_eq!(server.get("/api/article/1").status, 403);
    for answer in [server.get("/api/person/1?include=articles"), classic(&server, "/api/person/1")] {
        assert!(answer.status == 200 && !answer.body.contains("First"), "{answer:#?}");
    }
    assert_eq!(server.get("/api/person?filter[articles.title]=First").status, 400);
}

#[test]
fn by_the_methods_of_the_mount() {
    let server = server(|services| {
        services.service(Article::api().methods([Method::GET]).scope()).service(Person::api_scope());
    });
    let body = json!({"name": "Dora", "articles": [{"title": "new"}]}).to_string();
    let request = server.request("POST", "/api/person").header("Content-Type", "application/json");
    assert_eq!(request.header("Accept", "application/json").body(body).send_to_anyone().status, 403);
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ann Bob Cleo");
}

#[test]
fn of_another_application_in_the_process_are_none() {
    let open = server(|services| {
        services.service(Person::api_scope()).service(Article::api_scope());
    });
    let closed = server(|services| {
        services.service(Person::api_scope()).service(all_but_the_first().scope());
    });
    assert_eq!(open.get("/api/person/1/articles").ids(), "1 2");
    hides_the_first(&closed, "/api/person");
}

/// What ends the program when an application is put together.
fn refusal_of(mount: impl FnOnce(&mut ServiceConfig)) -> String {
    refusal(|| {
        actix_web::rt::System::new().block_on(async {
            actix_web::test::init_service(actix_web::App::new().configure(mount)).await;
        });
    })
}

#[test]
fn of_which_none_is_named_end_the_program() {
    let articles = || (Article::api().collection_name("all_articles"), all_but_the_first().collection_name("mine"));
    let said = refusal(|| {
        let (all, mine) = articles();
        Api::new("/api").resource(all).resource(Person::api()).resource(mine).scope()
    });
    let expected = "\"person\": the relationship \"articles\" may lead to all_articles or mine: say which, for instance \
                    .relation(\"articles\", \"all_articles\")";
    assert!(said.contains(expected), "{said}");

    let said = refusal_of(|services| {
        let (all, mine) = articles();
        services.service(Person::api_scope()).service(all.scope()).service(mine.scope());
    });
    let expected = "\"person\": the relationship \"articles\" may lead to /api/all_articles or /api/mine: say which, for \
                    instance .relation(\"articles\", \"/api/all_articles\")";
    assert!(said.contains(expected), "{said}");

    let said = refusal(|| {
        let twice = [Person::api().collection_name("old"), Person::api().collection_name("young")];
        let [old, young] = twice;
        Api::new("/api").resource(old).resource(young).resource(Comment::api().relation("author", "old")).scope()
    });
    let expected = "\"article\": the relationship \"author\" may lead to old or young: mount it as well, and say which";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn that_do_not_exist_end_the_program() {
    let said = refusal(|| Api::new("/api").resource(Person::api().relation("articles", "mine")).scope());
    let expected = "\"person\": relation(\"articles\", \"mine\"): no resource that the relationship could lead to is \
                    mounted as \"mine\" here";
    assert!(said.contains(expected), "{said}");
    let said = refusal_of(|services| {
        // A resource of that name, but of another model.
        let comments = Comment::api().collection_name("mine").scope();
        services.service(Person::api().relation("articles", "mine").scope()).service(comments);
    });
    assert!(said.contains(expected), "{said}");
    let said = refusal(|| Person::api().relation("novels", "article").scope());
    assert!(said.contains("relation(\"novels\", \"article\"): there is no relationship \"novels\""), "{said}");
}
