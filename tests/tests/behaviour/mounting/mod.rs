//! Mounting in an application of actix-web.

pub mod contradictions;
mod related;
mod unique_keys;
mod unmounted;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::{HttpResponse, web};
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::JSON_API;
use crate::expected::{internal, person_document};
use crate::models::{Computer, FIVE, Person, TABLES};
use crate::server::{Server, Setup};

fn rows() -> String {
    format!("{TABLES}{FIVE}")
}

fn links(document: &Value) -> String {
    let first = &document["data"][0]["links"]["self"];
    format!("{} {} {}", document["links"]["self"], document["links"]["next"], first).replace('"', "")
}

#[test]
fn inside_another_scope_carries_its_prefix_in_every_link() {
    let server = Server::start(&rows(), |services| {
        services.service(web::scope("/v1/x").service(Person::api_scope()));
        services.service(web::scope("/tenant/{name}").service(Person::api().prefix("").scope()));
    });
    for base in ["/v1/x/api", "/tenant/acme", "/tenant/a%20b%2Fc"] {
        let answer = server.get(&format!("{base}/person?page[size]=1"));
        let next = format!("{base}/person?page%5Bnumber%5D=2&page%5Bsize%5D=1");
        let expected = format!("{base}/person?page%5Bsize%5D=1 {next} {base}/person/1");
        assert_eq!(links(&answer.json()), expected);
        assert!(answer.header("link").expect("a header").contains(&format!("<{next}>; rel=\"next\"")));
        assert_eq!(server.get(&format!("{base}/person/1")).json()["links"]["self"], format!("{base}/person/1"));
        let sent = json!({"data": {"type": "person", "attributes": {"name": base}}});
        let created = server.post(&format!("{base}/person"), &sent);
        let location = created.header("location").expect("a location");
        assert!(created.status == 201 && location.starts_with(&format!("{base}/person/")), "{created:#?}");
        assert_eq!(created.data()["links"]["self"], location);
        server.delete(location).is_empty(204);
    }
}

#[test]
fn inside_a_scope_that_clients_name_encodes_what_they_write() {
    let server = Server::start(&rows(), |services| {
        services.service(web::scope("/tenant/{name}").service(Person::api().prefix("").scope()));
    });
    let answer = server.raw("GET /tenant/a\"b{c}/person/1 HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    let itself = "/tenant/a%22b%7Bc%7D/person/1";
    assert_eq!((answer.status, &answer.json()["links"]["self"]), (200, &json!(itself)), "{answer:#?}");
    assert_eq!(answer.data()["links"]["self"], itself);
    assert_eq!(server.get(itself).json()["links"]["self"], itself);
}

#[test]
fn beside_handlers_of_the_application_leaves_them_alone() {
    let server = Server::start(&rows(), |services| {
        services.route("/", web::get().to(|| async { "home" }));
        services.route("/api/personal", web::get().to(|| async { "personal" }));
        services.service(Person::api_scope());
        services.service(web::scope("/api").route("/health", web::get().to(|| async { "fine" })));
        services.service(Computer::api().prefix("/other").scope());
        services.default_service(web::to(|| async { HttpResponse::ImATeapot().finish() }));
    });
    for (path, body) in [("/", "home"), ("/api/personal", "personal"), ("/api/health", "fine")] {
        assert_eq!(server.request("GET", path).send_to_anyone().body, body, "{path}");
    }
    server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(23)));
    assert_eq!(server.get("/other/computer").ids(), "");
    for path in ["/nowhere", "/api/nothing", "/api/person1", "/api"] {
        let status = server.request("GET", path).send_to_anyone().status;
        assert!(matches!(status, 404 | 418), "{path}: {status}");
    }
}

#[test]
fn behind_middleware_passes_through_it() {
    async fn guard<B: MessageBody + 'static>(
        request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
        if request.headers().contains_key("x-token") {
            return next.call(request).await.map(ServiceResponse::map_into_left_body);
        }
        Ok(request.into_response(HttpResponse::Unauthorized().finish()).map_into_right_body())
    }
    let server = Server::start(&rows(), |services| {
        let scope = web::scope("").wrap(from_fn(guard)).wrap(DefaultHeaders::new().add(("X-Version", "7")));
        services.service(scope.service(Person::api_scope()));
    });
    assert_eq!(server.request("GET", "/api/person/1").send_to_anyone().status, 401);
    let answer = server.request("GET", "/api/person/1").header("X-Token", "t").send();
    answer.is(200, &person_document(1, "Lincoln", Some(23)));
    assert_eq!((answer.header("x-version"), answer.header("content-type")), (Some("7"), Some(JSON_API)));
}

#[test]
fn one_model_may_stand_in_several_places() {
    let server = Server::start(&rows(), |services| {
        services.service(Person::api_scope());
        services.service(Person::api().prefix("/api/v2").methods([Method::GET]).page_size(2).scope());
        services.service(Person::api().collection_name("people").scope());
    });
    assert_eq!(server.get("/api/person").ids(), "1 2 3 4 5");
    assert_eq!(server.get("/api/v2/person").ids(), "1 2");
    let answer = server.get("/api/people/1");
    assert_eq!((&answer.data()["type"], &answer.data()["links"]["self"]), (&json!("people"), &json!("/api/people/1")));
    assert_eq!(server.get("/api/v2/person/1").data()["links"]["self"], "/api/v2/person/1");

    // D13, W04: each place has its own type and methods.
    let sent = json!({"data": {"type": "people", "attributes": {"name": "Ann"}}});
    assert_eq!(server.post("/api/person", &sent).status, 409);
    assert_eq!(server.post("/api/v2/person", &sent).status, 405);
    assert_eq!(server.post("/api/people", &sent).header("location"), Some("/api/people/6"));
}

#[test]
fn without_a_database_is_the_servers_fault() {
    let setup = Setup { has_database: false, ..Setup::new("") };
    let server = setup.start(|services| {
        services.service(Person::api_scope());
    });
    server.get("/api/person").refuses(500, &[internal()]);
    server.post("/api/person", &json!({"data": null})).refuses(500, &[internal()]);
}

#[test]
fn more_models_stand_beside_each_other() {
    let server = Server::start(&rows(), |services| {
        services.service(web::scope("/v1").service(Person::api_scope()).service(Computer::api_scope()));
    });
    assert_eq!(
        (server.get("/v1/api/person").ids().as_str(), server.get("/v1/api/computer").ids().as_str()),
        ("1 2 3 4 5", "")
    );
}
