//! However many different questions clients ask, few statements stay prepared on a connection.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{newsroom, with_objects};
use crate::statements::{kept, watch};

/// How many questions of different shapes are asked.
const QUESTIONS: usize = 2000;

/// 64 shapes of a resource type stay prepared, each with the statement that counts.
const MOST: usize = 2 * 64;

/// A question whose SQL no other number's has; some of them ask the database's clock.
fn question(number: usize) -> Value {
    let names = ["name", "motto", "age", "height", "born", "seen", "active", "boss.name", "articles.title"];
    let operators = ["is_null", "is_not_null"];
    let mut rest = number;
    let mut tests = Vec::new();
    while rest > 0 || tests.is_empty() {
        let (name, operator) = (rest % names.len(), rest / names.len() % 2);
        tests.push(json!({"name": names[name], "op": operators[operator]}));
        rest /= 2 * names.len();
    }
    json!([{"or": tests}])
}

#[test]
fn are_few_whatever_clients_ask() {
    let server = watch(&format!("{}{}", newsroom::TABLES, newsroom::ROWS), newsroom::mount);
    let questions = (0..QUESTIONS).map(|number| with_objects("person", &question(number)));
    let questions: HashSet<String> = questions.collect();
    assert_eq!(questions.len(), QUESTIONS);
    for question in questions {
        assert_eq!(server.get(&format!("{question}&page[size]=1")).status, 200, "{question}");
    }
    let kept = kept(&server);
    assert!(kept.len() > 60, "only {} statements stay prepared: {kept:#?}", kept.len());
    assert!(kept.len() <= MOST, "{} statements stay prepared", kept.len());
}

#[test]
fn are_few_whatever_clocks_clients_compare_with() {
    let server = watch(newsroom::TABLES, newsroom::mount);
    let clocks = ["2024-02-29", "CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP"];
    let test = |clock: usize| json!({"name": "born", "op": "lt", "val": clocks[clock % 4]});
    for number in 0..256 {
        let tests: Vec<_> = [1, 4, 16, 64].iter().map(|part| test(number / part)).collect();
        assert_eq!(server.get(&with_objects("person", &json!(tests))).status, 200);
    }
    let kept = kept(&server);
    assert!(kept.len() <= 2, "{} statements stay prepared: {kept:#?}", kept.len());
}

#[test]
fn are_the_same_for_values_of_every_length() {
    let server = watch(newsroom::TABLES, newsroom::mount);
    for length in 1..100 {
        let ids: Vec<_> = (0..length).collect();
        let objects =
            json!([{"name": "id", "op": "in", "val": ids}, {"name": "name", "op": "eq", "val": "x".repeat(length)}]);
        assert_eq!(server.get(&with_objects("person", &objects)).status, 200);
    }
    let kept = kept(&server);
    assert!(kept.len() <= 1, "{} statements stay prepared: {kept:#?}", kept.len());
}
