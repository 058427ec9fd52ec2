//! What a client accepts.

use crate::client::JSON_API;
use crate::expected::{at_header, person_document};
use crate::models;

const DETAIL: &str = "Accept: only application/vnd.api+json and application/json are served";
const EXT: &str = "ext=\"https://example.com/ext\"";

#[test]
fn serves_what_accepts_json_api() {
    // N05, N07, N08, N09, N11, N14, N17
    let cases = [
        JSON_API.to_owned(),
        "APPLICATION/Vnd.Api+JSON".to_owned(),
        "*/*".to_owned(),
        "application/*".to_owned(),
        String::new(),
        format!("text/html, {JSON_API}"),
        format!("{JSON_API};q=0.5, */*"),
        format!("{JSON_API}; q=0.001"),
        format!("{JSON_API};charset=utf-8, {JSON_API}"),
        format!("{JSON_API};{EXT}, {JSON_API};q=0.1"),
        format!("{JSON_API};profile=\"https://example.com/a https://example.com/b\""),
        format!("{JSON_API}; Profile=\"a;b,c\\\"d\""),
        "text/html, */*;q=0.1".to_owned(),
        format!(" , {JSON_API} ,"),
        format!("{JSON_API};"),
    ];
    let server = models::five_people();
    for accept in cases {
        let answer = server.request("GET", "/api/person/1").header("Accept", &accept).send();
        answer.is(200, &person_document(1, "Lincoln", Some(23)));
    }
}

#[test]
fn serves_who_says_nothing() {
    models::five_people().get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(23)));
}

#[test]
fn refuses_who_accepts_neither_format() {
    // N10
    let server = models::five_people();
    let error = at_header(406, "Not Acceptable", DETAIL, "Accept");
    for accept in
        ["text/html", "text/*", "application/xml, text/html;q=0.9", "*/*;q=0", "application/*;q=0.0", "image/png"]
    {
        let answer = server.request("GET", "/api/person/1").header("Accept", accept).send();
        answer.refuses(406, std::slice::from_ref(&error));
    }
}

#[test]
fn refuses_who_accepts_json_api_only_with_what_is_not_served() {
    // N07, N08, N09, N10
    let server = models::five_people();
    let detail = "Accept: every instance of application/vnd.api+json has a parameter or an extension that is not served, or the weight 0";
    let error = at_header(406, "Not Acceptable", detail, "Accept");
    let cases = [
        format!("{JSON_API};charset=utf-8"),
        format!("text/html, {JSON_API};charset=utf-8"),
        format!("{JSON_API};version=1, {JSON_API};charset=utf-8"),
        format!("{JSON_API};{EXT}"),
        format!("{JSON_API};charset=utf-8, */*"),
        format!("{JSON_API};charset=utf-8, application/json"),
        format!("{JSON_API};q=0"),
        format!("{JSON_API};q=0, */*"),
        format!("{JSON_API};q=0.000, text/html"),
        format!("{JSON_API};EXT=\"https://example.com/a https://example.com/b\""),
    ];
    for accept in cases {
        let answer = server.request("GET", "/api/person/1").header("Accept", &accept).send();
        answer.refuses(406, std::slice::from_ref(&error));
    }
}

#[test]
fn refuses_what_is_no_list_of_media_types() {
    // N17
    let server = models::five_people();
    let error = at_header(406, "Not Acceptable", "Accept: the header is malformed", "Accept");
    let cases = ["json", "application/", "/", "é/x", "a/b;c", "application/vnd.api+json;q=\"1"];
    for accept in cases {
        let answer = server.request("GET", "/api/person/1").header("Accept", accept).send();
        answer.refuses(406, std::slice::from_ref(&error));
    }
}

#[test]
fn joins_several_headers() {
    let server = models::five_people();
    let request = server.request("GET", "/api/person/1").header("Accept", "text/html").header("Accept", JSON_API);
    request.send().is(200, &person_document(1, "Lincoln", Some(23)));
}

#[test]
fn happens_before_anything_is_written() {
    let server = models::five_people();
    let answer = server.request("DELETE", "/api/person/1").header("Accept", "text/html").send();
    assert_eq!(answer.status, 406);
    assert_eq!(server.get("/api/person/1").status, 200);
}
