//! `filter[objects]`: the filter objects of Flask-Restless.

use serde_json::{Value, json};

use super::{ask, encode, newsroom};
use crate::expected::at_parameter;

/// Asserts which people, or resources of another collection, filters find.
#[track_caller]
fn find(cases: &[(&str, Value, &str)]) {
    let server = newsroom::server();
    for (collection, objects, ids) in cases {
        assert_eq!(ask(&server, collection, objects).ids(), *ids, "{collection}: {objects}");
    }
}

fn test(name: &str, operator: &str, value: impl Into<Value>) -> Value {
    json!({"name": name, "op": operator, "val": value.into()})
}

fn unary(name: &str, operator: &str) -> Value {
    json!({"name": name, "op": operator})
}

fn fields(name: &str, operator: &str, other: &str) -> Value {
    json!({"name": name, "op": operator, "field": other})
}

fn no() -> Value {
    json!({"not": {"and": []}})
}

fn yes() -> Value {
    json!({"and": []})
}

#[test]
fn read_an_empty_or_as_no_condition_and_or_before_and() {
    let (dee, ann) = (test("name", "eq", "Dee"), test("name", "eq", "Ann"));
    find(&[
        ("person", json!([{"or": []}]), "1 2 3 4 5 6"),
        ("person", json!([{"not": {"or": []}}]), ""),
        ("person", json!([{"or": [dee], "and": [ann]}]), "4"),
        ("person", json!([{"and": [ann], "or": [dee]}]), "4"),
    ]);
}

#[test]
fn are_all_satisfied() {
    find(&[
        ("person", json!([]), "1 2 3 4 5 6"),
        ("person", json!([test("age", "eq", 30)]), "1 4"),
        ("person", json!([test("age", "eq", 30), test("name", "eq", "Dee")]), "4"),
        ("person", json!([test("age", "eq", 30), test("age", "eq", 20)]), ""),
    ]);
}

#[test]
fn combine_with_and_or_and_not() {
    let (thirty, dee) = (test("age", "eq", 30), test("name", "eq", "Dee"));
    find(&[
        ("person", json!([{"and": [test("age", "gt", 20), test("active", "eq", true)]}]), "1 4"),
        ("person", json!([{"or": [test("age", "eq", 20), test("name", "eq", "Fay")]}]), "3 6"),
        ("person", json!([{"not": dee}]), "1 2 3 5 6"),
        ("person", json!([{"and": [thirty, {"not": dee}]}]), "1"),
        ("person", json!([{"or": [{"and": [thirty, dee]}, {"and": [unary("age", "is_null")]}]}]), "2 4"),
        ("person", json!([{"and": [{"or": [thirty, unary("age", "is_null")]}, {"or": [dee, no()]}]}]), "4"),
        ("person", json!([{"not": {"not": {"not": {"or": [thirty, dee]}}}}]), "3 5 6"),
        ("person", json!([{"not": test("age", "between", [20, 30])}]), "5"),
        ("person", json!([{"or": [test("age", "between", [20, 21]), test("age", "between", [41, 50])]}]), "3 5"),
    ]);
}

#[test]
fn of_no_parts_find_all_or_nothing() {
    find(&[
        ("person", json!([yes()]), "1 2 3 4 5 6"),
        ("person", json!([no()]), ""),
        ("person", json!([{"not": yes()}]), ""),
        ("person", json!([{"not": no()}]), "1 2 3 4 5 6"),
        ("person", json!([yes(), test("age", "eq", 30), yes()]), "1 4"),
        ("person", json!([{"or": [no(), test("age", "eq", 30)]}]), "1 4"),
        ("person", json!([test("age", "in", json!([]))]), ""),
        ("person", json!([test("age", "not_in", json!([]))]), "1 2 3 4 5 6"),
        ("person", json!([test("reports", "any", yes())]), "1 2 4"),
        ("person", json!([test("reports", "any", no())]), ""),
    ]);
}

#[test]
fn follow_sqls_logic_of_three_values() {
    find(&[
        ("person", json!([test("age", "ne", 30)]), "3 5 6"),
        ("person", json!([{"not": test("age", "eq", 30)}]), "3 5 6"),
        ("person", json!([test("age", "not_in", [30, 20])]), "5 6"),
        ("person", json!([{"not": {"and": [test("age", "eq", 30), test("name", "eq", "Bob")]}}]), "1 3 4 5 6"),
        ("person", json!([{"not": {"or": [test("age", "eq", 30), test("name", "eq", "Fay")]}}]), "3 5"),
        ("person", json!([test("motto", "not_like", "%z%")]), "1 3 5"),
        // A resource that is not related is not equal to anything either, but that there is none is known.
        ("person", json!([{"not": test("boss.age", "eq", 30)}]), "1 4 6"),
    ]);
}

#[test]
fn ask_related_resources_by_has_and_any() {
    let bio = |bio: &str| test("profile", "has", test("bio", "eq", bio));
    let rust = test("tags", "any", test("label", "eq", "rust"));
    find(&[
        ("person", json!([bio("writes")]), "1"),
        ("person", json!([test("profile", "has", unary("bio", "is_null"))]), "5"),
        ("article", json!([test("author", "has", bio("writes"))]), "1 2"),
        ("article", json!([{"and": [test("author", "has", bio("writes")), test("editor", "has", bio("edits"))]}]), "1"),
        ("article", json!([rust]), "1 2"),
        ("article", json!([{"not": rust}]), "3 4"),
        ("person", json!([test("articles", "any", rust.clone())]), "1"),
        ("person", json!([test("articles", "any", json!({"not": rust}))]), "2"),
        ("person", json!([test("articles", "any", json!({"and": [rust, test("stars", "lt", 5)]}))]), "1"),
        ("tag", json!([test("articles", "any", test("author", "has", test("name", "eq", "Ann")))]), "1 2"),
        ("tag", json!([{"not": test("articles", "any", yes())}]), "4"),
        ("profile", json!([test("person", "has", test("boss", "has", test("name", "eq", "Dee")))]), "3"),
        ("person", json!([{"not": test("boss", "has", test("age", "eq", 30))}]), "1 4 6"),
    ]);
}

#[test]
fn take_paths_of_relationships_as_names() {
    find(&[
        ("person", json!([test("boss__name", "has", "Ann")]), "2 3"),
        ("person", json!([test("articles__title", "any", "One")]), "1"),
        ("person", json!([test("boss__name", "eq", "Ann")]), "2 3"),
        ("person", json!([test("boss.name", "like", "A%")]), "2 3"),
        ("person", json!([test("boss.boss.name", "eq", "Ann")]), "4"),
        ("person", json!([test("articles.tags.label", "eq", "web")]), "1"),
        ("person", json!([test("articles__tags__label", "any", "web")]), "1"),
        ("person", json!([test("articles__tags", "any", test("label", "eq", "web"))]), "1"),
        ("person", json!([test("articles.tags", "in", ["3", "2"])]), "1 2"),
        ("person", json!([unary("articles.editor", "is_null")]), "2"),
        ("person", json!([unary("profile.bio", "is_null")]), "5"),
        ("article", json!([test("author.profile.bio", "starts_with", "wr")]), "1 2"),
        ("person", json!([test("boss.id", "eq", "1")]), "2 3"),
        ("person", json!([test("id", "in", ["1", "3"])]), "1 3"),
        ("person", json!([test("id", "between", [2, 3])]), "2 3"),
    ]);
}

#[test]
fn compare_attributes_with_one_another() {
    find(&[
        ("person", json!([fields("name", "eq", "motto")]), "1 5"),
        ("person", json!([fields("name", "ne", "motto")]), "3 4"),
        ("person", json!([fields("name", "lt", "motto")]), "3 4"),
        ("person", json!([fields("motto", "ge", "name")]), "1 3 4 5"),
        ("person", json!([fields("height", "ge", "id")]), "1"),
        ("person", json!([fields("id", "lt", "age")]), "1 3 4 5 6"),
        ("person", json!([fields("boss.name", "eq", "motto")]), "2 3"),
        ("article", json!([test("author", "has", fields("name", "eq", "motto"))]), "1 2"),
        ("article", json!([{"not": fields("stars", "gt", "id")}]), "4"),
    ]);
}

#[test]
fn know_relationships_by_ids_and_by_whether_they_lead_anywhere() {
    find(&[
        ("article", json!([test("author", "eq", "1")]), "1 2"),
        ("article", json!([test("author", "eq", 1)]), "1 2"),
        ("article", json!([test("author", "in", ["2", "9"])]), "3"),
        ("article", json!([test("tags", "eq", "1")]), "1 2"),
        ("article", json!([test("tags", "in", [2, 3])]), "1 3"),
        ("person", json!([test("profile", "eq", "2")]), "4"),
        ("person", json!([test("articles", "in", json!([]))]), ""),
        ("article", json!([unary("author", "is_null")]), "4"),
        ("article", json!([unary("author", "is_not_null")]), "1 2 3"),
        ("article", json!([unary("tags", "is_null")]), "4"),
        ("article", json!([unary("tags", "is_not_null")]), "1 2 3"),
        ("person", json!([unary("profile", "is_null")]), "2 3 6"),
        ("person", json!([unary("profile", "is_not_null")]), "1 4 5"),
        ("person", json!([{"not": unary("profile", "is_not_null")}]), "2 3 6"),
    ]);
}

#[test]
fn ignore_values_that_the_operator_does_not_take_and_members_for_everybody() {
    find(&[
        ("person", json!([{"name": "age", "op": "is_null", "val": null}]), "2"),
        ("person", json!([{"name": "age", "op": "is_null", "val": "x", "@comment": 1}]), "2"),
        ("person", json!([{"@comment": 1, "or": [unary("age", "is_null")]}]), "2"),
    ]);
}

#[test]
fn stand_beside_other_parameters() {
    let server = newsroom::server();
    let objects = encode(&json!([test("age", "ge", 25)]).to_string());
    let cases = [
        ("filter[active]=true", "1 4"),
        ("filter[active]=true&filter[name]=Dee", "4"),
        ("sort=-age,name&page[size]=2", "5 1"),
        ("sort=-age,name&page[size]=2&page[number]=2", "4 6"),
        ("include=boss&fields[person]=name", "1 4 5 6"),
    ];
    for (query, ids) in cases {
        assert_eq!(server.get(&format!("/api/person?filter[objects]={objects}&{query}")).ids(), ids, "{query}");
    }
    assert_eq!(server.get(&format!("/api/person/1/reports?filter[objects]={objects}")).ids(), "");
    assert_eq!(server.get(&format!("/api/person/2/relationships/reports?filter[objects]={objects}")).ids(), "4");
    let document = server.get(&format!("/api/person?page[size]=1&filter[objects]={objects}")).json();
    assert_eq!(document["meta"]["total"], 4);
    let next = document["links"]["next"].as_str().expect("a next page");
    assert_eq!(server.get(next).ids(), "4");
}

#[test]
fn refuse_what_is_no_list_of_filter_objects() {
    refuse(&[
        ("", "expected a JSON list of filter objects: line 1, column 0"),
        ("bogus", "expected a JSON list of filter objects: line 1, column 1"),
        ("[{]", "expected a JSON list of filter objects: line 1, column 3"),
        ("[] []", "expected a JSON list of filter objects: line 1, column 4"),
        (
            r#"[{"name":"age","name":"x"}]"#,
            "expected a JSON list of filter objects: the name \"name\" stands twice at line 1 column 21",
        ),
        ("{}", "expected a list of filter objects"),
        ("1", "expected a list of filter objects"),
        ("[1]", "/0: expected a filter object"),
        (r#"[{"and":[]},[]]"#, "/1: expected a filter object"),
        (r#"[{"and":{}}]"#, "/0/and: expected a list of filter objects"),
        (r#"[{"or":[{"and":null}]}]"#, "/0/or/0/and: expected a list of filter objects"),
        (r#"[{"not":[]}]"#, "/0/not: expected a filter object"),
    ]);
}

#[test]
fn refuse_objects_of_another_form() {
    refuse(&[
        ("[{}]", "/0: expected a string as \"name\""),
        (r#"[{"name":1,"op":"eq","val":1}]"#, "/0: expected a string as \"name\""),
        (r#"[{"op":"eq","val":1}]"#, "/0: expected a string as \"name\""),
        (r#"[{"name":"age","val":1}]"#, "/0: expected a string as \"op\""),
        (r#"[{"name":"age","op":"eq"}]"#, "/0: the operator needs a value"),
        (r#"[{"name":"age","op":"eq","val":1,"field":"id"}]"#, "/0: expected either val or field, found both"),
        (r#"[{"name":"age","op":"eq","field":1}]"#, "/0: expected a string as \"field\""),
        (
            r#"[{"name":"age","op":"eq","val":1,"more":1}]"#,
            "/0: expected name, op, val and field, or one of and, or, not alone; found \"more\"",
        ),
        (
            r#"[{"not":{"or":[],"name":"age"}}]"#,
            "/0/not: expected name, op, val and field, or one of and, or, not alone; found \"or\"",
        ),
    ]);
}

#[test]
fn refuse_names_and_operators_that_nobody_knows() {
    refuse(&[
        (r#"[{"name":"colour","op":"eq","val":1}]"#, "/0: there is no attribute \"colour\""),
        (r#"[{"name":"","op":"eq","val":1}]"#, "/0: there is no attribute \"\""),
        (r#"[{"name":"age","op":"bogus","val":1}]"#, "/0: there is no operator \"bogus\""),
        (r#"[{"name":"age","op":"EQ","val":1}]"#, "/0: there is no operator \"EQ\""),
        (r#"[{"name":"age","op":"","val":1}]"#, "/0: there is no operator \"\""),
        (r#"[{"name":"age","op":"eq","field":"colour"}]"#, "/0: there is no attribute \"colour\""),
        (r#"[{"name":"house.name","op":"eq","val":1}]"#, "/0/name: there is no relationship \"house\""),
        (r#"[{"name":"boss.house.name","op":"eq","val":1}]"#, "/0/name: there is no relationship \"house\""),
        (r#"[{"name":"boss.colour","op":"eq","val":1}]"#, "/0: there is no attribute \"colour\""),
        (r#"[{"name":"age.id","op":"eq","val":1}]"#, "/0/name: there is no relationship \"age\""),
        (r#"[{"name":"boss__age__x","op":"eq","val":1}]"#, "/0/name: there is no relationship \"age\""),
        (r#"[{"name":"boss_id","op":"eq","val":1}]"#, "/0: there is no attribute \"boss_id\""),
    ]);
}

#[test]
fn refuse_relationships_of_another_kind() {
    let of_relationships = "a relationship is compared by eq, in, is_null, is_not_null, has or any";
    refuse(&[
        (r#"[{"name":"age","op":"has","val":{"and":[]}}]"#, "/0/name: there is no relationship \"age\""),
        (
            r#"[{"name":"boss","op":"any","val":{"and":[]}}]"#,
            "/0/name: leads to one resource: expected has instead of any",
        ),
        (
            r#"[{"name":"reports","op":"has","val":{"and":[]}}]"#,
            "/0/name: leads to many resources: expected any instead of has",
        ),
        (
            r#"[{"name":"reports__name","op":"has","val":"x"}]"#,
            "/0/name: leads to many resources: expected any instead of has",
        ),
        (r#"[{"name":"boss","op":"has","val":"Ann"}]"#, "/0/val: expected a filter object"),
        (r#"[{"name":"boss","op":"has"}]"#, "/0: expected a filter object as \"val\""),
        (r#"[{"name":"boss","op":"has","field":"name"}]"#, "/0: expected a filter object as \"val\""),
        (r#"[{"name":"boss","op":"has","val":{"name":"x","op":"is_null"}}]"#, "/0/val: there is no attribute \"x\""),
        (r#"[{"name":"reports","op":"gt","val":1}]"#, &format!("/0: {of_relationships}")),
        (r#"[{"name":"boss","op":"ne","val":1}]"#, &format!("/0: {of_relationships}")),
        (r#"[{"name":"boss","op":"eq","val":"Ann"}]"#, "/0: expected an integer, found \"Ann\""),
        (r#"[{"name":"boss","op":"eq","field":"id"}]"#, "/0: expected one value"),
    ]);
}

#[test]
fn refuse_values_that_do_not_fit() {
    let null = "/0: to compare with null, use is_null or is_not_null";
    refuse(&[
        (r#"[{"name":"age","op":"eq","val":null}]"#, null),
        (r#"[{"name":"age","op":"ne","val":null}]"#, null),
        (r#"[{"name":"motto","op":"eq","val":null}]"#, null),
        (r#"[{"name":"age","op":"in","val":[1,null]}]"#, null),
        (r#"[{"name":"age","op":"between","val":[null,1]}]"#, null),
        (r#"[{"name":"boss","op":"eq","val":null}]"#, null),
        (r#"[{"name":"motto","op":"like","val":null}]"#, "/0: expected a string, found null"),
        (r#"[{"name":"motto","op":"like","val":1}]"#, "/0: expected a string, found 1"),
        (
            r#"[{"name":"motto","op":"like","val":"a\\"}]"#,
            "/0: a backslash at the end of a pattern has nothing behind it",
        ),
        (r#"[{"name":"age","op":"eq","val":"x"}]"#, "/0: expected an integer, found \"x\""),
        (r#"[{"name":"age","op":"eq","val":[1]}]"#, "/0: expected an integer, found an array"),
        (r#"[{"name":"age","op":"eq","val":{"a":1}}]"#, "/0: expected an integer, found an object"),
        (r#"[{"name":"age","op":"in","val":1}]"#, "/0/val: expected a list of values"),
        (r#"[{"name":"age","op":"in","val":[1,"x"]}]"#, "/0: expected an integer, found \"x\""),
        (
            r#"[{"name":"age","op":"in","field":"id"}]"#,
            "/0: two attributes can only be equal, different, less or greater",
        ),
        (r#"[{"name":"age","op":"between","val":[1]}]"#, "/0: expected two values, found 1"),
        (r#"[{"name":"age","op":"between","val":[1,2,3]}]"#, "/0: expected two values, found 3"),
        (
            r#"[{"name":"born","op":"eq","val":"2023-02-29"}]"#,
            "/0: expected a date such as \"2024-02-29\", found \"2023-02-29\"",
        ),
        (r#"[{"name":"born","op":"gt","val":""}]"#, "/0: expected a date such as \"2024-02-29\", found \"\""),
        (r#"[{"name":"name","op":"eq","field":"age"}]"#, "/0: the two attributes cannot be compared with one another"),
        (
            r#"[{"name":"name","op":"like","field":"motto"}]"#,
            "/0: the two attributes cannot be compared with one another",
        ),
        (r#"[{"name":"born","op":"eq","field":"seen"}]"#, "/0: the two attributes cannot be compared with one another"),
    ]);
}

#[test]
fn name_every_mistake() {
    let objects =
        json!([test("colour", "eq", 1), {"or": [test("age", "eq", "x"), test("boss", "has", test("b", "eq", 1))]}]);
    let errors = [
        "/0: there is no attribute \"colour\"",
        "/1/or/0: expected an integer, found \"x\"",
        "/1/or/1/val: there is no attribute \"b\"",
    ];
    let errors = errors.map(|detail| at_parameter("filter[objects]", &format!("filter[objects]: {detail}")));
    ask(&newsroom::server(), "person", &objects).refuses(400, &errors);
}

/// Asserts what is said of texts that are no filters.
#[track_caller]
fn refuse(cases: &[(&str, &str)]) {
    let server = newsroom::server();
    for (text, detail) in cases {
        let answer = server.get(&format!("/api/person?filter[objects]={}", encode(text)));
        answer.refuses(400, &[at_parameter("filter[objects]", &format!("filter[objects]: {detail}"))]);
    }
}
