//! A filter is the same statement, whether a client writes it or the application.

use restless_actix::Fetch;
use restless_actix::prelude::*;

use super::{ComputerFields as C, Person, PersonFields as P, encoded, run, server};
use crate::server::Server;
use crate::statements::statements;

/// What stands behind the columns.
fn rows(statements: &[String]) -> String {
    let sql = statements.first().expect("a statement");
    sql.split_once(" FROM ").expect("a SELECT").1.to_owned()
}

fn of_text(server: &Server, query: &str) -> String {
    statements(server);
    let answer = server.get(&format!("/api/person?{}", encoded(query)));
    assert_eq!(answer.status, 200, "{answer:#?}");
    rows(&statements(server))
}

fn of_rust(server: &Server, fetch: Fetch<Person>) -> String {
    statements(server);
    run(server, |database| async move { fetch.load(&database).await }).expect("people");
    rows(&statements(server))
}

fn filtered(filter: Filter<Person>) -> Fetch<Person> {
    Person::fetch().filter(filter).page(1, 10)
}

#[test]
fn is_the_same_for_fields() {
    let server = server();
    let cases = [
        ("filter[age][gt]=18", P::AGE.gt(18.0)),
        ("filter[age]=18", P::AGE.eq(18.0)),
        ("filter[floor]=1,2", P::FLOOR.in_([1, 2])),
        ("filter[name][ilike]=%25y%25", P::NAME.ilike("%y%")),
        ("filter[name][not_like]=%25y%25", P::NAME.not_like("%y%")),
        ("filter[name][starts_with]=M", P::NAME.starts_with("M")),
        ("filter[age][is_null]=true", P::AGE.is_null()),
        (r#"filter[objects]=[{"name":"age","op":"between","val":[1,2]}]"#, P::AGE.between(1.0, 2.0)),
        (r#"filter[objects]=[{"name":"floor","op":"not_in","val":[1,2]}]"#, P::FLOOR.not_in([1, 2])),
        (r#"filter[objects]=[{"name":"views","op":"lt","field":"views"}]"#, P::VIEWS.lt_field(P::VIEWS)),
        (
            r#"filter[objects]=[{"or":[{"name":"age","op":"gt","val":1},{"not":{"name":"name","op":"eq","val":"a"}}]}]"#,
            P::AGE.gt(1.0).or(!P::NAME.eq("a")),
        ),
        (
            r#"filter[objects]=[{"and":[{"name":"age","op":"gt","val":1},{"name":"name","op":"eq","val":"a"}]}]"#,
            P::AGE.gt(1.0).and(P::NAME.eq("a")),
        ),
    ];
    for (text, typed) in cases {
        assert_eq!(of_text(&server, text), of_rust(&server, filtered(typed)), "{text}");
    }
}

#[test]
fn is_the_same_for_relationships() {
    let server = server();
    let cases = [
        (
            r#"filter[objects]=[{"name":"computers","op":"any","val":{"name":"vendor","op":"eq","val":"Apple"}}]"#,
            P::COMPUTERS.any(C::VENDOR.eq("Apple")),
        ),
        ("filter[manager.name][like]=M%25", P::MANAGER.has(P::NAME.like("M%"))),
        ("filter[manager.manager.age][gt]=1", P::MANAGER.has(P::MANAGER.has(P::AGE.gt(1.0)))),
        ("filter[manager][is_null]=true", P::MANAGER.is_null()),
        ("filter[computers][is_null]=true", P::COMPUTERS.is_null()),
        ("filter[computers][is_null]=false", P::COMPUTERS.is_not_null()),
    ];
    for (text, typed) in cases {
        assert_eq!(of_text(&server, text), of_rust(&server, filtered(typed)), "{text}");
    }
}

#[test]
fn is_the_same_for_orders_and_pages() {
    let server = server();
    for (text, fetch) in [
        ("sort=-age,name&page[size]=2", Person::fetch().sort("-age,name").page(1, 2)),
        ("sort=manager.name,-manager.age", Person::fetch().sort("manager.name,-manager.age").page(1, 10)),
        ("page[number]=2&page[size]=3", Person::fetch().page(2, 3)),
    ] {
        assert_eq!(of_text(&server, text), of_rust(&server, fetch), "{text}");
    }
}
