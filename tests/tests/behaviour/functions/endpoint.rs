//! Where functions are evaluated, and in which form.

use actix_web::web;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{Person, ROWS, Sale, ask, mount, objects, q, server, tables};
use crate::client::JSON_API;
use crate::expected::{at_header, error, nothing_there};
use crate::models;
use crate::server::Server;

fn rows() -> String {
    format!("{}{ROWS}", tables())
}

fn sum(server: &Server, path: &str) -> (u16, Value) {
    let answer = server.request("GET", &format!("{path}?{}", q(&["sum__medium"]))).send_to_anyone();
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

#[test]
fn answers_with_an_object_of_values() {
    // B-11, B-14
    let answer = ask(&server(), &q(&["sum__medium", "avg__double", "count__id"]));
    answer.is(200, &json!({"sum__medium": 60, "avg__double": 15.0, "count__id": 4}));
}

#[test]
fn answers_with_a_list_of_values() {
    let server = server();
    let query = format!("functions=[{}]", objects(&["sum__medium", "count__id", "max__vendor", "sum__medium"]));
    ask(&server, &query).is(200, &json!({"data": [60, 4, "foo", 60]}));
    ask(&server, "functions=[]").is(200, &json!({"data": []}));
}

#[test]
fn answers_with_nothing_when_nothing_is_asked() {
    // B-12
    let server = server();
    for query in ["q={}", "q={%22functions%22:[]}", "q={%22filters%22:[]}", "q=%20{}%20"] {
        ask(&server, query).is(200, &json!({}));
    }
}

#[test]
fn tells_a_function_once_that_is_named_twice() {
    ask(&server(), &q(&["sum__medium", "sum__medium"])).is(200, &json!({"sum__medium": 60}));
}

#[test]
fn is_not_there_unless_it_is_allowed() {
    // B-10
    let server = models::five_people();
    let answer = server.request("GET", &format!("/api/eval/person?{}", q(&["count__id"]))).send_to_anyone();
    assert_eq!(answer.status, 404);
    let server = Server::start(&rows(), |services| {
        services.service(Api::new("/api").resource(Sale::api()).resource(Person::api().allow_functions()).scope());
    });
    for path in
        ["/api/eval/sale", "/api/eval/nothing", "/api/eval", "/api/eval/", "/api/eval/person/", "/api/eval/person/1"]
    {
        server.get(path).refuses(404, &[nothing_there()]);
    }
    let answer = server.request("GET", &format!("/api/eval/person?{}", q(&["count__id"]))).send_to_anyone();
    answer.is(200, &json!({"count__id": 2}));
}

#[test]
fn follows_the_prefix_and_the_name_of_the_collection() {
    let server = Server::start(&rows(), |services| {
        services.service(Sale::api().prefix("/v2").collection_name("sales & more").allow_functions().scope());
        services.service(web::scope("/x/{y}").service(Sale::api().prefix("").allow_functions().scope()));
        services.service(web::scope("/z").service(Api::new("/api").resource(Sale::api().allow_functions()).scope()));
    });
    for path in ["/v2/eval/sales%20%26%20more", "/x/a%20b/eval/sale", "/z/api/eval/sale"] {
        assert_eq!(sum(&server, path), (200, json!({"sum__medium": 60})), "{path}");
        let grouped = server.request("GET", &format!("{path}?q={{}}&group=vendor&page[size]=1")).send_to_anyone();
        let itself = format!("{path}?q=%7B%7D&group=vendor&page%5Bsize%5D=1");
        assert_eq!(grouped.json()["links"]["self"], itself, "{grouped:#?}");
    }
    assert_eq!(server.get("/x/a/sale").ids(), "1 2 3 4");
}

#[test]
fn leaves_a_collection_of_that_name_its_urls() {
    let server = Server::start(&rows(), |services| {
        let sales = Sale::api().collection_name("eval").allow_functions();
        services.service(Api::new("/api").resource(sales).resource(Person::api().allow_functions()).scope());
        services.service(Sale::api().prefix("/lone").collection_name("eval").allow_functions().scope());
    });
    for base in ["/api", "/lone"] {
        assert_eq!(server.get(&format!("{base}/eval")).ids(), "1 2 3 4");
        assert_eq!(server.get(&format!("{base}/eval/2")).data()["id"], "2");
        assert_eq!(server.get(&format!("{base}/eval/person")).status, 404);
    }
}

#[test]
fn answers_get_alone() {
    let server = server();
    let path = format!("/api/eval/sale?{}", q(&["sum__medium"]));
    for method in ["POST", "PATCH", "DELETE", "PUT"] {
        let answer = server.request(method, &path).send();
        let detail = format!("{method} is not answered here; allowed are GET, HEAD, OPTIONS");
        answer.refuses(405, &[error(405, "Method Not Allowed", &detail)]);
        assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
    }
    let options = server.request("OPTIONS", &path).send();
    assert_eq!((options.status, options.header("allow")), (200, Some("GET, HEAD, OPTIONS")));
    let head = server.request("HEAD", &path).send_to_anyone();
    assert_eq!((head.status, head.body.as_str(), head.header("content-type")), (200, "", Some(JSON_API)));
    assert_eq!(head.header("content-length"), Some("18"));
}

#[test]
fn is_there_for_a_resource_that_is_only_written() {
    let server = Server::start(&rows(), |services| {
        services.service(Sale::api().methods([Method::POST]).allow_functions().scope());
    });
    assert_eq!(sum(&server, "/api/eval/sale"), (200, json!({"sum__medium": 60})));
}

#[test]
fn is_of_the_media_type_that_the_client_prefers() {
    let server = server();
    let path = format!("/api/eval/sale?{}", q(&["sum__medium"]));
    let cases = [
        ("", JSON_API),
        ("*/*", JSON_API),
        ("application/*", JSON_API),
        (JSON_API, JSON_API),
        ("application/json", "application/json"),
        ("application/json, text/plain, */*", JSON_API),
        ("application/json, text/plain, */*;q=0.9", "application/json"),
        ("application/json, application/vnd.api+json", JSON_API),
        ("application/json, application/vnd.api+json;q=0.9", "application/json"),
        ("application/json;q=0.5, application/vnd.api+json", JSON_API),
    ];
    for (accept, media_type) in cases {
        let answer = server.request("GET", &path).header("Accept", accept).send_to_anyone();
        answer.is(200, &json!({"sum__medium": 60}));
        assert_eq!(answer.header("content-type"), Some(media_type), "{accept}");
        assert!(answer.header("vary").is_some_and(|vary| vary.contains("Accept")), "{answer:#?}");
    }
    for accept in ["text/html", "application/json;q=0"] {
        let refused = server.request("GET", &path).header("Accept", accept).send();
        let detail = "Accept: only application/vnd.api+json and application/json are served";
        refused.refuses(406, &[at_header(406, "Not Acceptable", detail, "Accept")]);
    }
}

#[test]
fn stands_beside_other_services() {
    let server = Server::start(&rows(), |services| {
        mount(services);
        services.route("/api/eval/other", web::get().to(|| async { "other" }));
    });
    assert_eq!(server.request("GET", "/api/eval/other").send_to_anyone().body, "other");
    assert_eq!(sum(&server, "/api/eval/sale"), (200, json!({"sum__medium": 60})));
    assert_eq!(server.request("GET", "/api/eval/nothing").send_to_anyone().status, 404);
}
