//! `q`: filters, order, part, groups, and the one result.

use serde_json::{Value, json};

use super::shop::{self, get, ids, message, search};

#[test]
fn filters_by_every_column() {
    let server = shop::shop();
    let cases = [
        (json!({"name": "vendor", "op": "eq", "val": "bar"}), "2 3"),
        (json!({"name": "owner_id", "op": "eq", "val": 1}), "1 2"),
        (json!({"name": "owner_id", "op": "is_null"}), "4"),
        (json!({"name": "id", "op": "in", "val": [1, 4]}), "1 4"),
        (json!({"name": "id", "op": "eq", "field": "owner_id"}), "1"),
        (json!({"name": "owner__name", "op": "has", "val": "Bob"}), "3"),
        (json!({"name": "owner__name", "op": "like", "val": "A%"}), "1 2"),
        (json!({"name": "owner", "op": "has", "val": {"name": "age", "op": "gt", "val": 18}}), "1 2"),
        (json!({"name": "tags", "op": "any", "val": {"name": "color", "op": "eq", "val": "grey"}}), "1 2"),
        (json!({"name": "tags__name", "op": "any", "val": "new"}), "1"),
        (json!({"or": [{"name": "vendor", "op": "is_null"}, {"name": "name", "op": "==", "val": "c1"}]}), "1 4"),
        (json!({"not": {"name": "vendor", "op": "eq", "val": "bar"}}), "1"),
    ];
    for (filter, found) in cases {
        assert_eq!(ids(&search(&server, "/api/computer", &json!({"filters": [filter]}))), found, "{filter}");
    }
}

#[test]
fn takes_numbers_as_strings_and_strings_as_numbers() {
    let server = shop::shop();
    let cases = [
        ("/api/person", json!({"name": "age", "op": "eq", "val": "36"}), "1"),
        ("/api/person", json!({"name": "age", "op": "in", "val": ["36", 12]}), "1 2"),
        ("/api/person", json!({"name": "id", "op": "ge", "val": "2"}), "2 3"),
        ("/api/computer", json!({"name": "owner_id", "op": "eq", "val": "1"}), "1 2"),
        ("/api/computer", json!({"name": "owner__age", "op": "lt", "val": "18"}), "3"),
        ("/api/computer", json!({"name": "vendor", "op": "eq", "val": 5}), ""),
        ("/api/computer", json!({"name": "vendor", "op": "like", "val": "fo%"}), "1"),
    ];
    for (path, filter, found) in cases {
        assert_eq!(ids(&search(&server, path, &json!({"filters": [filter]}))), found, "{filter}");
    }
    for val in [json!("old"), json!({}), json!([1]), json!(null), json!(1.5)] {
        let refused = search(&server, "/api/person", &json!({"filters": [{"name": "age", "op": "eq", "val": val}]}));
        assert!(message(&refused, 400).contains("/filters/0"), "{val}");
    }
}

#[test]
fn orders_by_columns_and_by_those_of_relations() {
    let server = shop::shop();
    let cases = [
        (json!([{"field": "name", "direction": "desc"}]), "4 3 2 1"),
        (json!([{"field": "vendor", "direction": "asc"}, {"field": "id", "direction": "desc"}]), "3 2 1"),
        (json!([{"field": "owner__name", "direction": "desc"}]), "3 1 2"),
        (
            json!([{"field": "owner__name"}, {"field": "owner__age", "direction": "asc"}, {"field": "id", "direction": "desc"}]),
            "2 1 3",
        ),
    ];
    for (order, found) in cases {
        let filters = json!([{"name": "vendor", "op": "is_not_null"}]);
        let all = order[0]["field"] == "name";
        let q = if all { json!({"order_by": order}) } else { json!({"order_by": order, "filters": filters}) };
        assert_eq!(ids(&search(&server, "/api/computer", &q)), found, "{order}");
    }
    // Computers without an owner are in no order by owners.
    let answer = search(&server, "/api/computer", &json!({"order_by": [{"field": "owner__name"}]}));
    assert_eq!((ids(&answer).as_str(), answer.json()["num_results"].clone()), ("1 2 3", json!(3)));
}

#[test]
fn takes_a_part_before_it_divides_it_into_pages() {
    let server = shop::with(|api| api.results_per_page(2));
    let cases = [
        (json!({"limit": 3}), "1 2", 3, 2),
        (json!({"limit": 1}), "1", 1, 1),
        (json!({"limit": 0}), "", 0, 0),
        (json!({"offset": 1}), "2 3", 3, 2),
        (json!({"offset": 3, "limit": 100}), "4", 1, 1),
        (json!({"offset": 9}), "", 0, 0),
        (json!({"offset": 1, "limit": 2, "order_by": [{"field": "id", "direction": "desc"}]}), "3 2", 2, 1),
    ];
    for (q, found, results, pages) in cases {
        let answer = search(&server, "/api/computer", &q);
        let list = answer.json();
        assert_eq!(ids(&answer), found, "{q}");
        assert_eq!((&list["num_results"], &list["total_pages"]), (&json!(results), &json!(pages)), "{q}");
    }
    let q = shop::encode(&json!({"limit": 3}).to_string());
    assert_eq!(ids(&get(&server, &format!("/api/computer?q={q}&page=2"))), "3");
}

#[test]
fn takes_a_part_of_what_is_not_divided_into_pages() {
    let server = shop::with(|api| api.results_per_page(0));
    let answer = search(&server, "/api/computer", &json!({"offset": 1, "limit": 2}));
    assert_eq!((ids(&answer).as_str(), answer.json()["num_results"].clone()), ("2 3", json!(2)));
}

#[test]
fn shows_one_of_each_group() {
    let server = shop::shop();
    let answer = search(&server, "/api/computer", &json!({"group_by": [{"field": "vendor"}]}));
    assert_eq!((ids(&answer).as_str(), answer.json()["num_results"].clone()), ("1 2 4", json!(3)));
    let by_owner = json!({"group_by": [{"field": "owner__name"}], "filters": [{"name": "id", "op": "gt", "val": 1}]});
    assert_eq!(ids(&search(&server, "/api/computer", &by_owner)), "2 3 4");
    let of_ada = json!({"group_by": [{"field": "vendor"}]});
    assert_eq!(ids(&search(&server, "/api/person/1/computers", &of_ada)), "1 2");
    let two = json!({"group_by": [{"field": "vendor"}, {"field": "owner_id"}]});
    assert_eq!(ids(&search(&server, "/api/computer", &two)), "1 2 3 4");
}

#[test]
fn finds_the_one_result() {
    let server = shop::shop();
    let named = |name: &str| json!({"single": true, "filters": [{"name": "name", "op": "eq", "val": name}]});
    let found = search(&server, "/api/person", &named("Bob"));
    assert_eq!((found.status, found.header("location")), (200, Some("/api/person/2")));
    assert_eq!(found.json()["computers"].as_array().map(Vec::len), Some(1));
    assert_eq!(message(&search(&server, "/api/person", &named("Nobody")), 404), "No result found");
    assert_eq!(message(&search(&server, "/api/person", &json!({"single": true})), 400), "Multiple results found");
}

#[test]
fn finds_the_one_result_of_a_part_or_of_groups() {
    let server = shop::shop();
    let last = json!({"single": true, "offset": 2});
    assert_eq!(search(&server, "/api/person", &last).json()["name"], json!("Cyd"));
    assert_eq!(search(&server, "/api/person", &json!({"single": true, "limit": 1})).json()["name"], json!("Ada"));
    let bar = json!([{"name": "vendor", "op": "eq", "val": "bar"}]);
    let grouped = json!({"single": true, "group_by": [{"field": "vendor"}], "filters": bar});
    assert_eq!(search(&server, "/api/computer", &grouped).json()["name"], json!("c2"));
}

#[test]
fn searches_relations_too() {
    let server = shop::shop();
    let bar = json!({"filters": [{"name": "vendor", "op": "eq", "val": "bar"}]});
    assert_eq!(ids(&search(&server, "/api/person/1/computers", &bar)), "2");
}

#[test]
fn evaluates_functions() {
    let server = shop::with(restless_actix::Api::allow_functions);
    let functions = json!([{"name": "sum", "field": "age"}, {"name": "count", "field": "id"}]);
    search(&server, "/api/eval/person", &json!({"functions": functions}))
        .is(200, &json!({"sum__age": 48, "count__id": 3}));
    let adults = json!({"functions": functions, "filters": [{"name": "age", "op": "ge", "val": 18}]});
    search(&server, "/api/eval/person", &adults).is(200, &json!({"sum__age": 36, "count__id": 1}));
    let by_owner = json!({"functions": [{"name": "count", "field": "owner_id"}]});
    search(&server, "/api/eval/computer", &by_owner).is(200, &json!({"count__owner_id": 3}));
    let groups = get(
        &server,
        "/api/eval/computer?functions=%5B%7B%22name%22:%22count%22,%22field%22:%22id%22%7D%5D&group=vendor",
    );
    let list = groups.json();
    assert_eq!((&list["num_results"], list["objects"].as_array().map(Vec::len)), (&json!(3), Some(3)));
    assert!(message(&get(&server, "/api/eval/person"), 400).starts_with("Empty query parameter"));
    assert_eq!(get(&server, "/api/eval/person?q=bogus").status, 400);
}

#[test]
fn refuses_what_is_no_search_and_says_where() {
    let server = shop::shop();
    let cases: [(Value, &str); 14] = [
        (json!([]), "expected an object"),
        (json!(5), "expected an object"),
        (json!({"filters": 5}), "/filters: expected a list"),
        (json!({"filters": [{"name": "bogus", "op": "eq", "val": 1}]}), "/filters/0: there is no attribute \"bogus\""),
        (json!({"filters": [{"name": "age", "op": "bogus", "val": 1}]}), "/filters/0: there is no operator \"bogus\""),
        (json!({"filters": [{"name": "age", "op": "eq", "val": null}]}), "use is_null or is_not_null"),
        (json!({"filters": [{"op": "eq", "val": 1}]}), "expected a string as \"name\""),
        (json!({"order_by": [{"field": "bogus"}]}), "/order_by/0/field: there is no attribute \"bogus\""),
        (
            json!({"order_by": [{"field": "name", "direction": "up"}]}),
            "/order_by/0/direction: expected \"asc\" or \"desc\"",
        ),
        (json!({"group_by": [{}]}), "/group_by/0: expected a string as \"field\""),
        (json!({"limit": -1}), "/limit: expected a whole number"),
        (json!({"offset": "1"}), "/offset: expected a whole number"),
        (json!({"single": "yes"}), "/single: expected true or false"),
        (json!({"disjunction": true}), "found \"disjunction\""),
    ];
    for (q, detail) in cases {
        let message = message(&search(&server, "/api/person", &q), 400);
        assert!(message.starts_with("Unable to construct query: q: ") && message.contains(detail), "{q}: {message}");
    }
    assert!(message(&get(&server, "/api/person?q=%7Bbad"), 400).contains("expected JSON"));
}
