//! What an answer has to agree on with what was recorded.

use serde_json::{Map, Value, json};

use super::case::Step;
use crate::client::Answer;

/// Tells the first difference.
pub fn check(step: &Step, answer: &Answer) -> Result<(), String> {
    let expected = &step.expect;
    // A PATCH may answer with a document where none was recorded.
    let mut statuses = expected.status.as_array().cloned().unwrap_or_else(|| vec![expected.status.clone()]);
    if answer.request.method == "PATCH" && statuses.contains(&json!(204)) {
        statuses.push(json!(200));
    }
    if !statuses.contains(&json!(answer.status)) {
        return Err(format!("expected status {}", expected.status));
    }
    if let Some(location) = &expected.location
        && answer.header("location") != Some(location)
    {
        return Err(format!("expected Location {location}, found {:?}", answer.header("location")));
    }
    if let Some(json) = &expected.json
        && !step.asks_for_the_time()
    {
        same("the body", json, &answer.json())?;
    }
    if let Some(keys) = &expected.keys {
        let found = answer.json();
        let found: Vec<&String> = found.as_object().into_iter().flat_map(Map::keys).collect();
        same("the members of the body", &json!(keys), &json!(found))?;
    }
    if let Some(link) = &expected.link {
        same("Link", &json!(link), &json!(answer.header("link").map(|found| without_kept(found, answer))))?;
    }
    if let Some(text) = &expected.text {
        same("the call", &call(text), &call(&answer.body))?;
    }
    if expected.errors && !document(answer)["errors"].is_array() {
        return Err("expected errors".to_owned());
    }
    expected.document.as_ref().map_or(Ok(()), |document| check_document(document, &self::document(answer)))
}

/// A header `Link` without the parameters of the request that it keeps besides the page: it never had them.
fn without_kept(link: &str, answer: &Answer) -> String {
    let (_, query) = answer.request.path.split_once('?').unwrap_or_default();
    let is_of_pages = |pair: &str| pair.starts_with("page=") || pair.starts_with("results_per_page=");
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !is_of_pages(pair));
    kept.fold(link.to_owned(), |link, pair| link.replace(&format!("{pair}&"), ""))
}

/// The document of an answer, of JSONP that within the call.
fn document(answer: &Answer) -> Value {
    let Some(call) = answer.body.strip_prefix("/**/") else {
        return answer.json();
    };
    let argument = call.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or_default();
    serde_json::from_str::<Value>(argument).unwrap_or_default()["data"].take()
}

/// The function and the argument of a call; a server's name is no part of links.
fn call(text: &str) -> Value {
    let text = text.strip_prefix("/**/").unwrap_or(text).replace("http://localhost", "");
    let (function, argument) = text.split_once('(').unwrap_or_default();
    let argument: Value =
        argument.strip_suffix(')').and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    json!([function, argument])
}

fn check_document(expected: &Value, found: &Value) -> Result<(), String> {
    check_data(&expected["data"], &found["data"])?;
    if let Some(included) = expected.get("included") {
        let mut pairs: Vec<Value> = found["included"].as_array().into_iter().flatten().map(pair).collect();
        pairs.sort_by_key(Value::to_string);
        same("included", included, &Value::Array(pairs))?;
    }
    match expected.get("total") {
        Some(total) => same("meta.total", total, &found["meta"]["total"]),
        None => Ok(()),
    }
}

fn check_data(expected: &Value, found: &Value) -> Result<(), String> {
    let Value::Array(expected) = expected else {
        return check_resource(expected, found);
    };
    let found = found.as_array().ok_or("expected a list")?;
    same("the number of resources", &json!(expected.len()), &json!(found.len()))?;
    expected.iter().zip(found).try_for_each(|(expected, found)| check_resource(expected, found))
}

fn check_resource(expected: &Value, found: &Value) -> Result<(), String> {
    let Value::Object(expected) = expected else {
        return same("data", expected, found);
    };
    for member in ["type", "id"] {
        same(member, &expected[member], &found[member])?;
    }
    let attributes = found["attributes"].as_object().cloned().unwrap_or_default();
    if let Some(expected) = expected.get("attributes") {
        same("attributes", expected, &Value::Object(attributes))?;
    }
    let to_one = expected.get("to_one").and_then(Value::as_object);
    to_one.unwrap_or(&Map::new()).iter().try_for_each(|(name, linkage)| {
        same(&format!("the linkage of {name}"), linkage, &found["relationships"][name]["data"])
    })
}

fn pair(resource: &Value) -> Value {
    json!([resource["type"], resource["id"]])
}

fn same(what: &str, expected: &Value, found: &Value) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected {expected}, found {found}")) }
}
