//! Fetching a resource.

use serde_json::json;

use crate::expected::{at_parameter, document, error, no_such_resource, nothing_there, person_document, resource};
use crate::models;

#[test]
fn answers_the_document() {
    // F02, F04
    models::five_people().get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(23)));
}

#[test]
fn shows_nulls_as_nulls() {
    models::five_people().get("/api/person/4").is(200, &person_document(4, "Katy", None));
}

#[test]
fn shows_every_attribute() {
    let server = models::with_rows(
        "INSERT INTO person (id, name) VALUES (3, 'Ann'); INSERT INTO computer VALUES (9, 'box', 'IBM', 3)",
    );
    let attributes = json!({"name": "box", "vendor": "IBM", "owner_id": 3});
    server.get("/api/computer/9").is(200, &document("/api/computer/9", &resource("computer", "9", &attributes)));
}

#[test]
fn answers_404_when_there_is_none() {
    // F05
    models::five_people().get("/api/person/404").refuses(404, &[no_such_resource("person", "404")]);
}

#[test]
fn answers_404_for_an_id_that_no_resource_can_have() {
    // F06
    let cases = [
        ("abc", "abc"),
        ("1.0", "1.0"),
        ("+1", "+1"),
        ("01", "01"),
        ("-0", "-0"),
        ("%201", " 1"),
        ("1%20", "1 "),
        ("0x1", "0x1"),
        ("1e0", "1e0"),
        ("2147483648", "2147483648"),
        ("-2147483649", "-2147483649"),
        ("9223372036854775808", "9223372036854775808"),
        ("%D9%A1", "١"),
        ("1%2F2", "1/2"),
        ("1%00", "1\0"),
        ("null", "null"),
        ("1;DROP%20TABLE%20person", "1;DROP TABLE person"),
    ];
    let server = models::five_people();
    for (segment, id) in cases {
        server.get(&format!("/api/person/{segment}")).refuses(404, &[no_such_resource("person", id)]);
    }
}

#[test]
fn answers_404_for_an_id_that_is_no_text() {
    models::five_people().get("/api/person/%FF").refuses(404, &[nothing_there()]);
}

#[test]
fn answers_404_for_paths_that_lead_nowhere() {
    let server = models::five_people();
    for path in ["/api/person/", "/api/person/1/", "/api/person//1", "/api/person/1/a/b/c"] {
        server.get(path).refuses(404, &[nothing_there()]);
    }
}

#[test]
fn answers_404_for_relationships_that_the_type_does_not_have() {
    let server = models::five_people();
    let unknown = error(404, "Not Found", "\"person\" has no relationship \"owner\"");
    for path in ["/api/person/1/owner", "/api/person/1/owner/2", "/api/person/1/relationships/owner"] {
        server.get(path).refuses(404, std::slice::from_ref(&unknown));
    }
}

#[test]
fn refuses_parameters_of_collections() {
    // Q03
    let server = models::five_people();
    for name in ["sort", "page[size]", "page[number]", "filter[name]"] {
        let detail = format!("this URL knows no query parameter {name:?}");
        server.get(&format!("/api/person/1?{name}=name")).refuses(400, &[at_parameter(name, &detail)]);
    }
}
