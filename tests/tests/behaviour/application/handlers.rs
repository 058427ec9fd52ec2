//! Handlers of the application's own, which answer as everything else does.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use restless_actix::prelude::*;
use restless_actix::refuse;
use serde_json::{Value, json};

use crate::client::JSON_API;
use crate::expected::{error, no_such_resource};
use crate::relationships::blog::{self, Person, PersonFields, ROWS, TABLES};
use crate::server::Server;

const JSON: &str = "application/json";

/// Refuses in every type that a handler may return.
async fn refused(path: web::Path<String>) -> Result<HttpResponse, Error> {
    let mut errors = Errors::from(Error::conflict("it is closed already").with_code("closed"));
    errors.push(Error::conflict("it is not yours"));
    match path.as_str() {
        "one" => Err(Error::forbidden("not today")),
        "several" => Err(errors)?,
        "invalid" => Err(ValidationErrors::new().with("age", "must be positive").with("name", "must not be blank"))?,
        "missing" => Err(diesel::result::Error::NotFound)?,
        "busy" => Err(Error::service_unavailable("come back later")),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}

async fn all_refused() -> Result<HttpResponse, Errors> {
    let mut errors = Errors::from(Error::conflict("one"));
    errors.push(Error::forbidden("other"));
    Err(errors)
}

async fn refused_as_asked(request: HttpRequest) -> actix_web::Result<HttpResponse> {
    let found = ValidationErrors::new().with("age", "must be positive");
    Err(refuse(&request, found))
}

async fn ann(request: HttpRequest) -> HttpResponse {
    let mut answer = Person::answer_to(&request).resource(1).await;
    if request.method() == actix_web::http::Method::POST {
        *answer.status_mut() = actix_web::http::StatusCode::ACCEPTED;
    }
    answer
}

async fn nobody(request: HttpRequest) -> HttpResponse {
    Person::answer_to(&request).resource(77).await
}

async fn with_an_age(request: HttpRequest) -> HttpResponse {
    Person::answer_to(&request).collection(PersonFields::AGE.is_not_null()).await
}

fn routes(services: &mut ServiceConfig) {
    services
        .route("/refused/{how}", web::get().to(refused))
        .route("/all-refused", web::get().to(all_refused))
        .route("/refused-as-asked", web::get().to(refused_as_asked))
        .route("/ann", web::route().to(ann))
        .route("/nobody", web::get().to(nobody))
        .route("/aged", web::get().to(with_an_age));
}

fn server() -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), |services| {
        services.service(blog::api().scope());
        routes(services);
    })
}

fn classic(server: &Server, path: &str) -> (u16, Value) {
    let answer = server.request("GET", path).header("Accept", JSON).send_to_anyone();
    assert_eq!(answer.header("content-type"), Some(JSON), "{answer:#?}");
    (answer.status, answer.json())
}

#[test]
fn tell_their_errors_as_documents() {
    let server = server();
    // They are the same whatever is accepted, so that `Vary` says nothing of it.
    let get = |path: &str| server.request("GET", path).send_to_anyone();
    get("/refused/not").is_empty(204);
    get("/refused/one").refuses(403, &[error(403, "Forbidden", "not today")]);
    let mut closed = error(409, "Conflict", "it is closed already");
    closed["code"] = json!("closed");
    let several = get("/refused/several");
    several.refuses(409, &[closed, error(409, "Conflict", "it is not yours")]);
    assert_eq!(several.header("content-type"), Some(JSON_API));
    let invalid = |detail: &str| error(400, "Validation error", detail);
    let found = [invalid("age: must be positive"), invalid("name: must not be blank")];
    get("/refused/invalid").refuses(400, &found);
    get("/refused/missing").refuses(404, &[error(404, "Not Found", "there is no such row")]);
    let busy = get("/refused/busy");
    assert_eq!((busy.status, busy.header("retry-after")), (503, Some("1")));
    get("/all-refused").refuses(400, &[error(409, "Conflict", "one"), error(403, "Forbidden", "other")]);
}

#[test]
fn tell_their_errors_in_the_format_that_is_asked_for() {
    let server = server();
    let found = json!({"validation_errors": {"age": "must be positive"}});
    assert_eq!(classic(&server, "/refused-as-asked"), (400, found));
    server.get("/refused-as-asked").refuses(400, &[error(400, "Validation error", "age: must be positive")]);
}

#[test]
fn show_a_resource_as_its_own_url_does() {
    let server = server();
    for query in ["", "?include=articles.comments&fields[person]=name,articles", "?include=profile"] {
        let mut expected = server.get(&format!("/api/person/1{query}")).json();
        let answer = server.get(&format!("/ann{query}"));
        assert_eq!(answer.header("vary"), Some("Accept, Content-Type"));
        let itself = answer.json()["links"]["self"].clone();
        assert!(itself.as_str().is_some_and(|link| link.starts_with("/ann")), "{itself}");
        expected["links"]["self"] = itself;
        answer.is(200, &expected);
    }
    assert_eq!(classic(&server, "/ann"), classic(&server, "/api/person/1"));
    assert_eq!(server.request("POST", "/ann").send_to_anyone().status, 202);
    server.get("/nobody").refuses(404, &[no_such_resource("person", "77")]);
    assert_eq!(classic(&server, "/nobody"), (404, json!({})));
    assert_eq!(server.get("/ann?include=nothing").status, 400);
    assert_eq!(server.request("GET", "/ann").header("Accept", "image/png").send_to_anyone().status, 406);
}

#[test]
fn show_a_collection_in_pages_of_their_own() {
    let server = server();
    let answer = server.get("/aged?sort=-age&page[size]=1&include=profile");
    assert_eq!(answer.ids(), "1");
    let document = answer.json();
    assert_eq!(document["meta"], json!({"total": 2}));
    assert_eq!(document["data"][0]["links"]["self"], json!("/api/person/1"));
    assert_eq!(document["included"][0]["type"], json!("profile"));
    let next = document["links"]["next"].as_str().expect("another page").to_owned();
    assert!(next.starts_with("/aged?"), "{next}");
    assert_eq!(server.get(&next).ids(), "3");
    assert_eq!(server.get("/aged?filter[name]=Bob").ids(), "");
    let (status, list) = classic(&server, "/aged");
    assert_eq!((status, &list["num_results"]), (200, &json!(2)));
}

/// Whoever has no name sees nobody, whatever the way.
fn visible(context: &Context) -> Filter<Person> {
    if context.header("x-user").is_some() { Filter::all([]) } else { Filter::any([]) }
}

#[test]
fn show_nothing_that_is_out_of_the_rule() {
    let server = Server::start(&format!("{TABLES}{ROWS}"), |services| {
        services.service(Person::api().row_filter(visible).scope());
        routes(services);
    });
    server.get("/ann").refuses(404, &[no_such_resource("person", "1")]);
    assert_eq!(server.get("/aged").ids(), "");
    assert_eq!(server.request("GET", "/aged").header("X-User", "ann").send().ids(), "1 3");
}

async fn named(request: HttpRequest, name: web::Path<(String, String)>) -> HttpResponse {
    Person::answer_to(&request).mounted_as(name.1.as_str()).resource(1).await
}

#[test]
fn choose_among_several_mounts_within_scopes() {
    let server = Server::start(&format!("{TABLES}{ROWS}"), |services| {
        let people = Person::api()
            .collection_name("people")
            .field_access(|_: &Context| FieldAccess::all().hide(PersonFields::AGE));
        let scope = web::scope("/{tenant}").service(Person::api_scope()).service(people.scope());
        services.service(scope.route("/ann", web::get().to(ann)).route("/one/{name}", web::get().to(named)));
    });
    let person = server.get("/blue/one/person").json();
    assert_eq!(person["data"]["links"]["self"], json!("/blue/api/person/1"));
    let people = server.get("/blue/one/people").json();
    assert_eq!((&people["data"]["type"], &people["data"]["attributes"]), (&json!("people"), &json!({"name": "Ann"})));
    assert_eq!(server.get("/blue/ann").status, 500);
    assert_eq!(server.get("/blue/one/nobody").status, 500);
}

#[test]
fn know_the_place_of_what_is_invalid_where_they_say_it() {
    let error = Error::bad_request("must be positive").with_source(Source::Pointer("/data/attributes/age".into()));
    let errors = Errors::from(Error::from(Errors::from(error)));
    let sources: Vec<_> = errors.iter().filter_map(Error::source).collect();
    assert_eq!(sources, [&Source::Pointer("/data/attributes/age".to_owned())]);
}
