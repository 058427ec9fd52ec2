//! What is true of every compound document, whatever it is about.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::conformance::list;

/// A resource by its type and id.
pub type Id = (String, String);

/// The type and the id of a resource object or of a resource identifier object.
#[track_caller]
pub fn id(object: &Value) -> Id {
    let text = |name: &str| object[name].as_str().unwrap_or_else(|| panic!("no {name:?} in {object}")).to_owned();
    (text("type"), text("id"))
}

/// Whether the primary data is a relationship's linkage instead of resources.
pub fn is_of_a_relationship(document: &Value) -> bool {
    document["links"]["self"].as_str().is_some_and(|link| link.contains("/relationships/"))
}

/// The linkage of all relationships of a resource object, by their names.
pub fn linkages(resource: &Value) -> Vec<(&str, &Value)> {
    let relationships = resource["relationships"].as_object().into_iter().flatten();
    relationships.filter_map(|(name, object)| Some((name.as_str(), object.get("data")?))).collect()
}

/// The resource objects of a document: those of the primary data and those that are included.
pub fn resources(document: &Value) -> Vec<&Value> {
    let primary = if is_of_a_relationship(document) { Vec::new() } else { list(&document["data"]) };
    primary.into_iter().chain(list(&document["included"])).collect()
}

/// Asserts that no resource stands twice, no linkage names one twice, and every link is that of its resource.
#[track_caller]
pub fn check_uniqueness(document: &Value) {
    let mut seen = HashSet::new();
    for resource in resources(document) {
        assert!(seen.insert(id(resource)), "D27: {:?} stands twice in {document:#}", id(resource));
        let relationships = resource["relationships"].as_object().into_iter().flatten();
        for (name, relationship) in relationships {
            let members = ["data", "links", "meta"];
            assert!(members.iter().any(|member| relationship.get(member).is_some()), "D18: {name} of {resource:#}");
        }
        for (name, data) in linkages(resource) {
            let mut members = HashSet::new();
            assert!(list(data).into_iter().all(|member| members.insert(id(member))), "{name} of {resource:#}");
        }
    }
}

/// Asserts that every included resource is linked to from the primary data, by way of others or at once.
#[track_caller]
pub fn check_full_linkage(document: &Value) {
    let by_id: HashMap<Id, &Value> = resources(document).into_iter().map(|resource| (id(resource), resource)).collect();
    let mut reached: HashSet<Id> = list(&document["data"]).into_iter().map(id).collect();
    let mut open: Vec<Id> = reached.iter().cloned().collect();
    while let Some(next) = open.pop() {
        let linked = by_id.get(&next).map(|resource| linkages(resource)).unwrap_or_default();
        for member in linked.into_iter().flat_map(|(_, data)| list(data)).map(id) {
            if reached.insert(member.clone()) {
                open.push(member);
            }
        }
    }
    for resource in list(&document["included"]) {
        assert!(reached.contains(&id(resource)), "D26: nothing leads to {:?} in {document:#}", id(resource));
    }
}

/// Asserts all of it.
#[track_caller]
pub fn check(document: &Value) {
    check_uniqueness(document);
    check_full_linkage(document);
}

/// The types and ids of what is included, in the order of their texts, as in `person/1 tag/2`.
pub fn included(document: &Value) -> String {
    let mut names: Vec<String> = list(&document["included"]).into_iter().map(name).collect();
    names.sort();
    names.join(" ")
}

fn name(object: &Value) -> String {
    let (type_name, id) = id(object);
    format!("{type_name}/{id}")
}

/// The resource object of that type and id.
#[track_caller]
pub fn find<'a>(document: &'a Value, type_name: &str, wanted: &str) -> &'a Value {
    let found = resources(document).into_iter().find(|resource| id(resource) == (type_name.into(), wanted.into()));
    found.unwrap_or_else(|| panic!("no {type_name} {wanted} in {document:#}"))
}

/// The types and ids that a relationship of a resource object names.
#[track_caller]
pub fn members(resource: &Value, relationship: &str) -> String {
    let data = resource["relationships"][relationship].get("data");
    let data = data.unwrap_or_else(|| panic!("no linkage of {relationship:?} in {resource:#}"));
    list(data).into_iter().map(name).collect::<Vec<_>>().join(" ")
}
