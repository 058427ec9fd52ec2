//! Every link leads somewhere, and to what it says.

use std::collections::{BTreeSet, VecDeque};

use restless_actix::prelude::*;
use serde_json::Value;

use super::blog;
use super::graph;
use crate::conformance::list;
use crate::server::Server;

/// Every link in a document, wherever it stands.
pub fn links(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(document, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let links = members.get("links").and_then(Value::as_object).into_iter().flatten();
            found.extend(links.filter_map(|(_, link)| link.as_str().map(str::to_owned)));
            members.values().for_each(|member| collect(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// Follows all links from the root on, and gives the documents by their URLs.
#[track_caller]
fn crawl(server: &Server, roots: &[&str]) -> Vec<(String, Value)> {
    let mut seen: BTreeSet<String> = roots.iter().map(|root| (*root).to_owned()).collect();
    let mut open: VecDeque<String> = seen.iter().cloned().collect();
    let mut documents = Vec::new();
    while let Some(link) = open.pop_front() {
        let answer = server.get(&link);
        assert_eq!(answer.status, 200, "{link}: {answer:#?}");
        let document = answer.json();
        graph::check(&document);
        assert_eq!(document["links"]["self"], link, "the document names itself");
        open.extend(links(&document).into_iter().filter(|link| seen.insert(link.clone())));
        documents.push((link, document));
    }
    documents
}

/// The primary data behind a link, through all its pages.
fn whole(server: &Server, link: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut next = Some(link.to_owned());
    while let Some(link) = next {
        let document = server.get(&link).json();
        found.extend(list(&document["data"]).into_iter().cloned());
        next = document["links"]["next"].as_str().map(str::to_owned);
    }
    found
}

/// Asserts that the links of a relationship lead to the members that it names, and to each other's.
fn check_relationship(server: &Server, resource: &Value, name: &str, relationship: &Value) {
    let ids = |objects: &[Value]| objects.iter().map(graph::id).collect::<Vec<_>>();
    let link =
        |name: &str| relationship["links"][name].as_str().unwrap_or_else(|| panic!("no {name} in {relationship}"));
    let identifiers = whole(server, link("self"));
    let resources = whole(server, link("related"));
    assert_eq!(ids(&identifiers), ids(&resources), "{name} of {resource:#}");
    if let Some(data) = relationship.get("data") {
        let members: Vec<Value> = list(data).into_iter().cloned().collect();
        assert_eq!(ids(&members), ids(&identifiers), "{name} of {resource:#}");
    }
}

#[track_caller]
fn check(server: &Server, documents: &[(String, Value)]) -> usize {
    let mut seen = BTreeSet::new();
    for (_, document) in documents {
        for resource in graph::resources(document) {
            if !seen.insert(graph::id(resource)) {
                continue;
            }
            let itself = resource["links"]["self"].as_str().expect("a link");
            assert_eq!(graph::id(&server.get(itself).data()), graph::id(resource), "D20");
            for (name, relationship) in resource["relationships"].as_object().into_iter().flatten() {
                check_relationship(server, resource, name, relationship);
            }
        }
    }
    seen.len()
}

#[test]
fn finds_every_resource_of_the_blog() {
    let server = blog::server();
    let documents = crawl(&server, &["/api"]);
    assert_eq!(check(&server, &documents), 3 + 3 + 3 + 3 + 2);
    let paths: BTreeSet<&str> = documents.iter().map(|(link, _)| link.split('?').next().unwrap_or_default()).collect();
    for path in ["/api/tag/3/articles", "/api/article/1/relationships/tags", "/api/person/2/relationships/profile"] {
        assert!(paths.contains(path), "{path} is not among {paths:?}");
    }
}

#[test]
fn follows_the_pages_of_relationships_and_of_related_resources() {
    let rows = blog::each(4..=40, |id| format!("INSERT INTO article VALUES ({id}, 'a{id}', 3, 2);"));
    let tags = blog::each(3..=40, |id| format!("INSERT INTO article_tag VALUES ({id}, 3);"));
    let server = Server::start(&format!("{}{}{rows}{tags}", blog::TABLES, blog::ROWS), |services| {
        services.service(blog::api().related_page_size(10).scope());
    });
    let roots =
        ["/api/person/3", "/api/tag/3?include=articles", "/api/person?include=articles.tags,profile&page[size]=1"];
    let roots = roots.map(|root| root.replace("page[size]", "page%5Bsize%5D"));
    let documents = crawl(&server, &roots.each_ref().map(String::as_str));
    assert_eq!(check(&server, &documents), 3 + 40 + 3 + 3 + 1);
    let is_third_page = |link: &str| link.contains("number%5D=3");
    for part in
        ["/api/person/3/relationships/articles?", "/api/person/3/articles?", "/api/tag/3/relationships/articles?"]
    {
        assert!(documents.iter().any(|(link, _)| link.starts_with(part) && is_third_page(link)), "{part}");
    }
}

#[test]
fn finds_its_way_among_models_that_are_mounted_alone() {
    let server = Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), blog::mount_alone);
    let documents = crawl(&server, &["/api/article"]);
    assert_eq!(check(&server, &documents), 3 + 2 + 3 + 2 + 1, "nothing leads to what is alone");
}
