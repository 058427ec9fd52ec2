//! Writing: a resource is the one that the database finds by its id.

use serde_json::json;

use super::{city, country, identifiers, send, server, take_out};
use crate::expected::{at_pointer, document};

#[test]
fn a_new_row_refers_to_the_other_as_that_is_spelt() {
    let server = server();
    let sent = json!({"data": {
        "type": "city",
        "attributes": {"name": "Lyon"},
        "relationships": {"country": {"data": {"type": "country", "id": "FR"}}},
    }});
    server.post("/api/city", &sent).is(201, &document("/api/city/4", &city(4, "Lyon", Some("fr"))));
    assert_eq!(server.line("SELECT country_code AS value FROM city WHERE id = 4"), "fr");
    assert_eq!(server.get("/api/country/fr/cities").ids(), "2 4");
}

#[test]
fn a_foreign_key_that_changes_is_spelt_as_its_row() {
    let server = server();
    let data = json!({"type": "country", "id": "FR"});
    send(&server, "PATCH", "/api/city/1/relationships/country", &data).is_empty(204);
    assert_eq!(server.line("SELECT country_code AS value FROM city WHERE id = 1"), "fr");
    let data =
        json!({"type": "city", "id": "3", "relationships": {"country": {"data": {"type": "country", "id": "de"}}}});
    send(&server, "PATCH", "/api/city/3", &data).is_empty(204);
    assert_eq!(server.line("SELECT country_code AS value FROM city WHERE id = 3"), "DE");
}

#[test]
fn nobody_is_found_by_another_name() {
    let server = server();
    let detail = "there is no resource of type \"country\" with the id \"XX\"";
    let data = json!({"type": "country", "id": "XX"});
    let refused = [at_pointer(404, "Not Found", detail, "/data")];
    send(&server, "PATCH", "/api/city/1/relationships/country", &data).refuses(404, &refused);
    let data = identifiers("country", &["de", "XX", "FR"]);
    let refused = [at_pointer(404, "Not Found", detail, "/data/1")];
    send(&server, "PATCH", "/api/club/nato/relationships/countries", &data).refuses(404, &refused);
    assert_eq!(server.get("/api/club/nato/countries").ids(), "DE");
}

#[test]
fn members_change_by_any_spelling() {
    let server = server();
    let path = "/api/country/de/relationships/cities";
    send(&server, "POST", path, &identifiers("city", &["2", "3"])).is_empty(204);
    assert_eq!(server.line("SELECT country_code AS value FROM city ORDER BY id"), "de DE DE");
    send(&server, "DELETE", path, &identifiers("city", &["1"])).is_empty(204);
    assert_eq!(server.get("/api/country/DE/cities").ids(), "2 3");
    send(&server, "PATCH", path, &identifiers("city", &["1"])).is_empty(204);
    assert_eq!(server.get("/api/country/DE/cities").ids(), "1");
}

#[test]
fn members_of_a_join_table_change_by_any_spelling() {
    let server = server();
    let path = "/api/club/NATO/relationships/countries";
    send(&server, "POST", path, &identifiers("country", &["FR", "Fr", "dE", "de"])).is_empty(204);
    assert_eq!(server.get("/api/club/Nato/countries").ids(), "DE fr");
    assert_eq!(server.line("SELECT count(*) || '' AS value FROM club_country"), "4");
    send(&server, "DELETE", path, &identifiers("country", &["de", "fR"])).is_empty(204);
    assert_eq!(server.get("/api/club/Nato/countries").ids(), "");
    send(&server, "PATCH", path, &identifiers("country", &["De", "fr"])).is_empty(204);
    assert_eq!(server.get("/api/club/Nato/countries").ids(), "DE fr");
    send(&server, "PATCH", path, &identifiers("country", &["FR"])).is_empty(204);
    assert_eq!(server.get("/api/club/Nato/countries").ids(), "fr");
    take_out(&server, "/api/club/nato/countries/FR");
    assert_eq!(server.get("/api/club/Nato/countries").ids(), "");
}

#[test]
fn members_are_given_at_creation_by_any_spelling() {
    let server = server();
    let sent = json!({"data": {
        "type": "club", "id": "UN", "attributes": {"founded": 1945},
        "relationships": {"countries": {"data": identifiers("country", &["fr", "de", "FR"])}},
    }});
    assert_eq!(server.post("/api/club", &sent).status, 201);
    assert_eq!(server.get("/api/club/un/countries").ids(), "DE fr");
}

#[test]
fn the_id_of_a_document_is_that_of_the_url_if_the_row_is_the_same() {
    let server = server();
    for (url, id, name) in [("de", "DE", "A"), ("DE", "de", "B"), ("dE", "De", "C")] {
        let data = json!({"type": "country", "id": id, "attributes": {"name": name}});
        send(&server, "PATCH", &format!("/api/country/{url}"), &data).is_empty(204);
        server.get("/api/country/DE").is(200, &document("/api/country/DE", &country("DE", name)));
    }
    for id in ["fr", "XX"] {
        let data = json!({"type": "country", "id": id, "attributes": {"name": "D"}});
        let answer = send(&server, "PATCH", "/api/country/de", &data);
        let found = answer.json();
        assert_eq!((answer.status, &found["errors"][0]["source"]["pointer"]), (409, &json!("/data/id")), "{found:#}");
    }
    assert_eq!(server.get("/api/country/DE").attributes()["name"], "C");
}

#[test]
fn a_row_is_deleted_by_any_spelling() {
    let server = server();
    server.execute("DELETE FROM club_country; DELETE FROM city;");
    assert_eq!(server.delete("/api/country/de").status, 204);
    assert_eq!(server.line("SELECT code AS value FROM country"), "fr");
}

#[test]
fn a_key_that_differs_by_letters_alone_is_taken() {
    let server = server();
    let sent = json!({"data": {"type": "country", "id": "de", "attributes": {"name": "again"}}});
    let answer = server.post("/api/country", &sent);
    let found = answer.json();
    assert_eq!((answer.status, &found["errors"][0]["title"]), (409, &json!("Duplicate value")), "{found:#}");
}
