//! Reading: what is included is found, however it is called.

use serde_json::{Value, json};

use super::{city, country, identifiers, linked, server};
use crate::expected::document;
use crate::relationships::graph;

fn compound(itself: &str, data: &Value, included: &[Value]) -> Value {
    let mut document = document(itself, data);
    document["included"] = json!(included);
    document
}

#[test]
fn what_a_foreign_key_names_is_included_as_its_row_is_spelt() {
    let path = "/api/city/2?include=country";
    let expected = compound(path, &city(2, "Paris", Some("fr")), &[country("fr", "France")]);
    server().get(path).is(200, &expected);
}

#[test]
fn what_names_a_row_is_included_with_it() {
    let server = server();
    let germany = linked(country("DE", "Germany"), "cities", "city", &["1"]);
    for code in ["DE", "de", "dE"] {
        let path = format!("/api/country/{code}?include=cities");
        server.get(&path).is(200, &compound(&path, &germany, &[city(1, "Bonn", Some("DE"))]));
    }
}

#[test]
fn members_by_way_of_a_join_table_are_included() {
    let server = server();
    let answer = server.get("/api/country?include=clubs.countries,cities&sort=name").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "city/1 city/2 club/EU club/Nato");
    let members = |code: &str, name: &str| graph::members(graph::find(&answer, "country", code), name);
    assert_eq!((members("DE", "clubs"), members("fr", "clubs")), ("club/EU club/Nato".into(), "club/EU".into()));
    assert_eq!((members("DE", "cities"), members("fr", "cities")), ("city/1".into(), "city/2".into()));
    let countries = |name: &str| graph::members(graph::find(&answer, "club", name), "countries");
    assert_eq!((countries("EU"), countries("Nato")), ("country/DE country/fr".into(), "country/DE".into()));
}

#[test]
fn related_urls_and_linkage_tell_the_same() {
    let server = server();
    let linkage = |path: &str| server.get(path).data();
    assert_eq!(linkage("/api/city/2/relationships/country"), json!({"type": "country", "id": "fr"}));
    assert_eq!(linkage("/api/country/FR/relationships/cities"), identifiers("city", &["2"]));
    assert_eq!(linkage("/api/country/de/relationships/clubs"), identifiers("club", &["EU", "Nato"]));
    assert_eq!(server.get("/api/club/nato/countries").ids(), "DE");
    assert_eq!(server.get("/api/club/nato/countries/de").data()["id"], "DE");
    assert_eq!(server.get("/api/city?filter[country]=fR").ids(), "2");
}

#[test]
fn a_foreign_key_that_names_no_row_leads_nowhere() {
    let server = server();
    server
        .get("/api/city/3?include=country")
        .is(200, &compound("/api/city/3?include=country", &city(3, "Atlantis", None), &[]));
}
