//! JSONP: answers as calls of a function that the client names.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Answer;
use crate::expected::at_parameter;
use crate::models::{FIVE, Person, TABLES};
use crate::server::Server;

fn server() -> Server {
    Server::start(&format!("{TABLES}{FIVE}"), |services| {
        let people = Person::api().allow_functions().jsonp();
        services.service(people.scope()).service(Person::api().prefix("/closed").scope());
        let open = Person::api().collection_name("open_people").jsonp();
        services.service(Api::new("/mixed").resource(Person::api()).resource(open).scope());
        services.service(Talkative::api_scope());
    })
}

/// It may be asked from anywhere.
#[derive(Restless)]
#[diesel(table_name = crate::models::person)]
#[restless(jsonp, collection_name = "talkative")]
struct Talkative {
    id: i32,
    name: String,
}

fn call(server: &Server, path: &str) -> Answer {
    server.request("GET", path).send_to_anyone()
}

/// The argument of the call.
fn argument(answer: &Answer, function: &str) -> Value {
    let text = answer.body.strip_prefix(&format!("/**/{function}(")).and_then(|rest| rest.strip_suffix(')'));
    serde_json::from_str(text.unwrap_or_else(|| panic!("{}", answer.body))).expect("JSON within the call")
}

#[test]
fn calls_the_function_with_the_document_and_what_http_says_of_it() {
    let server = server();
    for function in ["receive", "app.receive", "$.cb_1"] {
        let answer =
            call(&server, &format!("/api/person/1?callback={}&fields[person]=name", function.replace('$', "%24")));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/javascript"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let found = argument(&answer, function);
        assert_eq!(found["data"], server.get("/api/person/1?fields[person]=name").json());
        assert_eq!(found["meta"], json!({"status": 200, "Content-Type": "application/javascript"}));
    }
}

#[test]
fn knows_the_parameter_however_it_is_encoded() {
    let answer = call(&server(), "/api/person/1?%63allb%61ck=app%2Ereceive");
    assert_eq!((answer.status, &argument(&answer, "app.receive")["data"]["data"]["id"]), (200, &json!("1")));
}

#[test]
fn takes_the_links_of_a_page_apart() {
    let server = server();
    let answer = call(&server, "/api/person?sort=age,name&page[size]=2&callback=f");
    let found = argument(&answer, "f");
    assert_eq!(found["data"], server.get("/api/person?sort=age,name&page[size]=2").json());
    let page = |number: u32| format!("/api/person?sort=age,name&page%5Bnumber%5D={number}&page%5Bsize%5D=2");
    let links = json!([
        {"rel": "first", "url": page(1)}, {"rel": "last", "url": page(3)}, {"rel": "next", "url": page(2)},
    ]);
    assert_eq!(found["meta"]["Link"], links);
}

#[test]
fn keeps_the_status_of_refusals() {
    let server = server();
    for (path, status) in
        [("/api/person/99", 404), ("/api/person?sort=nonsense", 400), ("/api/person?filter[age]=x", 400)]
    {
        let separator = if path.contains('?') { '&' } else { '?' };
        let answer = call(&server, &format!("{path}{separator}callback=f"));
        let found = argument(&answer, "f");
        assert_eq!((answer.status, &found["meta"]["status"]), (status, &json!(status)), "{path}");
        assert!(found["data"]["errors"].is_array(), "{path}");
    }
}

#[test]
fn works_for_functions_too() {
    let server = server();
    let functions = "functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]";
    let answer = call(&server, &format!("/api/eval/person?callback=f&{functions}"));
    assert_eq!(argument(&answer, "f")["data"], json!({"data": [5]}));
}

#[test]
fn refuses_what_is_no_name_of_a_function() {
    let server = server();
    for name in ["", "alert(1)//", "a%20b", "a[0]", "1a", "a.", "%3Cscript%3E", &"a".repeat(101)] {
        let answer = server.get(&format!("/api/person/1?callback={name}"));
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["source"]["parameter"]),
            (400, &json!("callback")),
            "{name}"
        );
    }
    assert_eq!(call(&server, "/api/person/1?callback=f&callback=g").status, 400);
}

#[test]
fn is_for_reading_alone() {
    let server = server();
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Eve"}}});
    assert_eq!(server.post("/api/person?callback=f", &sent).status, 400);
    let head = server.request("HEAD", "/api/person/1?callback=f").send_to_anyone();
    assert_eq!(
        (head.status, head.header("content-type"), head.body.as_str()),
        (200, Some("application/javascript"), "")
    );
}

#[test]
fn is_off_unless_it_is_switched_on() {
    let server = server();
    let unknown = at_parameter("callback", "this URL knows no query parameter \"callback\"");
    for path in ["/closed/person/1", "/closed/person", "/mixed/person/1", "/mixed"] {
        server.get(&format!("{path}?callback=f")).refuses(400, std::slice::from_ref(&unknown));
        server.get(&format!("{path}?callback=alert(1)")).refuses(400, std::slice::from_ref(&unknown));
    }
    let closed = server.request("GET", "/closed/person/1?callback=f").header("Accept", "application/json");
    let closed = closed.send_to_anyone();
    assert_eq!((closed.status, closed.header("content-type")), (200, Some("application/json")));
    for path in ["/mixed/open_people/1", "/api/talkative/1"] {
        let answer = call(&server, &format!("{path}?callback=f"));
        assert_eq!(argument(&answer, "f")["data"]["data"]["id"], json!("1"), "{path}");
    }
}
