//! Operators that the application makes.

use diesel::sql_types::{Integer, Text};
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::expected::at_parameter;
use crate::models::{Computer, FIVE, Person, TABLES, computer};
use crate::server::Server;
use crate::statements;

/// A computer as what belongs to a person.
#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owner_id))]
struct Owned {
    id: i32,
    name: String,
}

fn divisible_by() -> CustomOperator {
    CustomOperator::new(|value| {
        let divisor = value.as_i64().and_then(|number| i32::try_from(number).ok()).filter(|number| *number > 0);
        let divisor = divisor.ok_or_else(|| Error::bad_request("expected a whole number from 1 on"))?;
        Ok(OperatorSql::new().column().sql(" % ").bind::<Integer, _>(divisor).sql(" = 0"))
    })
    .kinds([Kind::Integer])
}

/// The opposite of what it is elsewhere, and loose in the text.
fn differs() -> CustomOperator {
    CustomOperator::new(|value| {
        let text = value.as_str().ok_or_else(|| Error::bad_request("expected a string"))?.to_owned();
        Ok(OperatorSql::new()
            .column()
            .sql(" < ")
            .bind::<Text, _>(text.clone())
            .sql(" OR ")
            .column()
            .sql(" > ")
            .bind::<Text, _>(text))
    })
    .kinds([Kind::Text])
}

fn matches() -> CustomOperator {
    CustomOperator::new(|value| {
        let pattern = value.as_str().unwrap_or_default().to_owned();
        let sql = OperatorSql::new().column().sql_by_backend(" LIKE ", " ~ ", " REGEXP ");
        Ok(sql.bind::<Text, _>(pattern))
    })
}

/// An operator without a value.
fn is_odd() -> CustomOperator {
    CustomOperator::new(|value| match value {
        Value::Null => Ok(OperatorSql::new().column().sql(" % 2 = 1")),
        _ => Err(Error::bad_request("takes no value")),
    })
}

fn mount(services: &mut actix_web::web::ServiceConfig) {
    let people = Person::api().operator("like", matches()).operator("eq", differs());
    let api = Api::new("/api").operator("divisible_by", divisible_by()).operator("eq", is_odd());
    services.service(api.resource(people).resource(Computer::api()).operator("is_odd", is_odd()).scope());
    services.service(Owned::api().prefix("/owned").operator("divisible_by", divisible_by()).scope());
    services.service(Person::api().prefix("/lone").operator("divisible_by", divisible_by()).allow_functions().scope());
}

fn server() -> Server {
    Server::start(&format!("{TABLES}{FIVE}"), mount)
}

/// One filter object, percent-encoded.
fn objects(name: &str, op: &str, val: &Value) -> String {
    let objects = json!([{"name": name, "op": op, "val": val}]).to_string();
    let encoded = objects.bytes().map(|byte| format!("%{byte:02X}"));
    format!("filter[objects]={}", encoded.collect::<String>())
}

#[test]
fn are_used_in_every_form() {
    let server = server();
    let cases = [
        ("filter[age][divisible_by]=5".to_owned(), "3"),
        ("filter[age][divisible_by]=1".to_owned(), "1 2 3 5"),
        (objects("age", "divisible_by", &json!(23)), "1"),
        ("filter[objects]=[{%22not%22:{%22name%22:%22age%22,%22op%22:%22divisible_by%22,%22val%22:19}}]".to_owned(), "1 3"),
        ("filter[objects]=[{%22or%22:[{%22name%22:%22age%22,%22op%22:%22divisible_by%22,%22val%22:19},{%22name%22:%22id%22,%22op%22:%22divisible_by%22,%22val%22:3}]}]".to_owned(), "2 3 5"),
        ("filter[id][divisible_by]=2&filter[age][is_null]=false".to_owned(), "2"),
        ("filter[objects]=[{%22name%22:%22id%22,%22op%22:%22is_odd%22}]".to_owned(), "1 3 5"),
    ];
    for (query, ids) in cases {
        assert_eq!(server.get(&format!("/api/person?{query}")).ids(), ids, "{query}");
    }
    assert_eq!(server.get("/lone/person?filter[age][divisible_by]=5").ids(), "3");
    let functions = "q={%22functions%22:[{%22name%22:%22count%22,%22field%22:%22id%22}],%22filters%22:[{%22name%22:%22age%22,%22op%22:%22divisible_by%22,%22val%22:19}]}";
    server.request("GET", &format!("/lone/eval/person?{functions}")).send_to_anyone().is(200, &json!({"count__id": 2}));
}

#[test]
fn may_stand_for_built_in_ones() {
    let server = server();
    // The resource's own comes before that of the whole `Api`; where there is none, that of the `Api` does.
    assert_eq!(server.get("/api/person?filter[name][eq]=Lucy").ids(), "1 2 4 5");
    assert_eq!(server.get("/api/person?filter[name]=Lucy").ids(), "3");
    assert_eq!(server.get("/api/person?filter[name][eq]=Lucy&filter[age]=19").ids(), "2 5");
    assert_eq!(server.get("/api/computer?filter[objects]=[{%22name%22:%22id%22,%22op%22:%22eq%22}]").ids(), "");
    assert_eq!(server.get("/lone/person?filter[name][eq]=Lucy").ids(), "3");
}

#[test]
fn look_at_related_resources() {
    let server = server();
    server.execute("INSERT INTO computer (id, name, owner_id) VALUES (1, 'a', 1), (2, 'b', 3), (3, 'c', NULL)");
    assert_eq!(server.get("/owned/computer?filter[owner.age][divisible_by]=5").ids(), "2");
    let within = json!([{"name": "owner", "op": "has", "val": {"name": "age", "op": "divisible_by", "val": 23}}]);
    let encoded: String = within.to_string().bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"));
    assert_eq!(server.get(&format!("/owned/computer?filter[objects]={encoded}")).ids(), "1");
    let detail = "a relationship is compared by eq, in, is_null, is_not_null, has or any";
    let answer = server.get("/owned/computer?filter[owner][divisible_by]=5");
    answer.refuses(
        400,
        &[at_parameter("filter[owner][divisible_by]", &format!("filter[owner][divisible_by]: {detail}"))],
    );
}

#[test]
fn bind_what_comes_from_the_client() {
    let server = server();
    let text = "') OR 1=1 --";
    let answer = server.get(&format!("/api/person?{}", objects("name", "eq", &json!(text))));
    assert_eq!(answer.ids(), "1 2 3 4 5");
    assert_eq!(server.values("SELECT count(*) || '' AS value FROM person"), [Some("5".to_owned())]);
}

#[test]
fn refuse_values_and_attributes() {
    let server = server();
    let cases = [
        ("filter[age][divisible_by]=0", "filter[age][divisible_by]", "expected a whole number from 1 on"),
        ("filter[age][divisible_by]=x", "filter[age][divisible_by]", "expected a whole number from 1 on"),
        (
            "filter[name][divisible_by]=2",
            "filter[name][divisible_by]",
            "this operator does not suit the attribute, whose value is a string",
        ),
        ("filter[bogus][divisible_by]=2", "filter[bogus][divisible_by]", "there is no attribute \"bogus\""),
        ("filter[age][is_even]=2", "filter[age][is_even]", "there is no operator \"is_even\""),
        (
            "filter[objects]=[{%22name%22:%22age%22,%22op%22:%22divisible_by%22,%22field%22:%22id%22}]",
            "filter[objects]",
            "/0: expected a value",
        ),
        (
            "filter[objects]=[{%22name%22:%22age%22,%22op%22:%22divisible_by%22}]",
            "filter[objects]",
            "/0: expected a whole number from 1 on",
        ),
    ];
    for (query, parameter, detail) in cases {
        let answer = server.get(&format!("/api/person?{query}"));
        answer.refuses(400, &[at_parameter(parameter, &format!("{parameter}: {detail}"))]);
    }
    let foreign = server.get("/lone/person?filter[age][is_odd]=1");
    foreign
        .refuses(400, &[at_parameter("filter[age][is_odd]", "filter[age][is_odd]: there is no operator \"is_odd\"")]);
}

#[test]
fn that_the_database_cannot_carry_out_are_the_clients_fault() {
    let server = server();
    assert_eq!(server.get(&format!("/api/person?{}", objects("name", "like", &json!("Lucy")))).ids(), "3");
    let answer = server.get("/api/person?filter[name][like]=[a");
    if by_backend(true, false, false) {
        assert_eq!(answer.ids(), "");
    } else {
        let detail = "filter[name][like]: the database cannot work with this value";
        answer.refuses(400, &[at_parameter("filter[name][like]", detail)]);
    }
}

#[test]
fn stay_prepared_as_others_do() {
    let server = statements::watch(&format!("{TABLES}{FIVE}"), mount);
    let found = statements::costs(&server, || server.get("/api/person?filter[age][divisible_by]=5"), 200, &["SELECT"]);
    assert!(found[0].contains("age` % "), "{found:?}");
}
