//! Whatever the rows: what `include` returns is what following the links returns.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use serde_json::Value;

use super::blog;
use super::graph::{self, Id};
use crate::conformance::list;
use crate::server::Server;

/// Where the relationships of each type lead.
const RELATIONSHIPS: [(&str, &[(&str, &str)]); 5] = [
    ("person", &[("articles", "article"), ("edited", "article"), ("comments", "comment"), ("profile", "profile")]),
    ("article", &[("author", "person"), ("editor", "person"), ("comments", "comment"), ("tags", "tag")]),
    ("comment", &[("article", "article"), ("author", "person")]),
    ("tag", &[("articles", "article")]),
    ("profile", &[("person", "person")]),
];

fn relationships(type_name: &str) -> &'static [(&'static str, &'static str)] {
    RELATIONSHIPS.iter().find(|(name, _)| *name == type_name).expect("a type of the blog").1
}

/// An id of so many rows, or null now and then.
fn reference(random: &mut Rng, rows: u32) -> String {
    if rows == 0 || random.u8(..4) == 0 { "NULL".to_owned() } else { random.u32(1..=rows).to_string() }
}

fn rows(random: &mut Rng) -> String {
    let (people, articles, tags) = (random.u32(..6), random.u32(..9), random.u32(..5));
    let mut sql = Vec::new();
    for id in 1..=people {
        sql.push(format!("INSERT INTO person (id, name) VALUES ({id}, 'p{id}');"));
        if random.bool() {
            sql.push(format!("INSERT INTO profile (bio, person_id) VALUES ('b', {id});"));
        }
    }
    for id in 1..=tags {
        sql.push(format!("INSERT INTO tag VALUES ({id}, 't{id}');"));
    }
    for id in 1..=articles {
        let (author, editor) = (reference(random, people), reference(random, people));
        sql.push(format!("INSERT INTO article VALUES ({id}, 'a{id}', {author}, {editor});"));
        for tag in (1..=tags).filter(|_| random.u8(..3) == 0) {
            sql.push(format!("INSERT INTO article_tag VALUES ({id}, {tag});"));
        }
        for _ in 0..random.u32(..4) {
            let author = reference(random, people);
            sql.push(format!("INSERT INTO comment (content, article_id, author_id) VALUES ('c', {id}, {author});"));
        }
    }
    sql.concat()
}

/// A path of up to three relationships.
fn path(random: &mut Rng, type_name: &str) -> Vec<&'static str> {
    let mut from = relationships(type_name);
    let mut names = Vec::new();
    for _ in 0..random.usize(1..=3) {
        let (name, target) = from[random.usize(..from.len())];
        names.push(name);
        from = relationships(target);
    }
    names
}

/// The links of one server, each followed once.
struct Followed<'a> {
    server: &'a Server,
    known: BTreeMap<String, Vec<Value>>,
}

impl Followed<'_> {
    fn get(&mut self, link: &str) -> Vec<Value> {
        if let Some(found) = self.known.get(link) {
            return found.clone();
        }
        let separator = if link.contains('?') { "&" } else { "?" };
        let is_page = link.contains("page%5B") || link.rsplit('/').next().is_some_and(is_to_one);
        let path = if is_page { link.to_owned() } else { format!("{link}{separator}page[size]=100") };
        let data = self.server.get(&path).data();
        let found: Vec<Value> = list(&data).into_iter().cloned().collect();
        self.known.insert(link.to_owned(), found.clone());
        found
    }

    /// The resources that a path leads to, those between too, with the members of each relationship on the way.
    fn walk(&mut self, resource: &Value, path: &[&str], found: &mut Expected) {
        let Some((name, rest)) = path.split_first() else {
            return;
        };
        let link = resource["relationships"][name]["links"]["related"].as_str().expect("a link").to_owned();
        let related = self.get(&link);
        let members: Vec<Id> = related.iter().map(graph::id).collect();
        found.members.insert((graph::id(resource), (*name).to_owned()), members);
        for one in related {
            found.attributes.insert(graph::id(&one), one["attributes"].clone());
            self.walk(&one, rest, found);
        }
    }
}

fn is_to_one(name: &str) -> bool {
    ["author", "editor", "profile", "person", "article"].contains(&name)
}

/// What a compound document must have.
#[derive(Default)]
struct Expected {
    attributes: BTreeMap<Id, Value>,
    members: BTreeMap<(Id, String), Vec<Id>>,
}

/// Asserts that the document has it, and nothing else.
fn check(document: &Value, expected: &Expected, context: &str) {
    graph::check(document);
    let primary: BTreeSet<Id> = list(&document["data"]).into_iter().map(graph::id).collect();
    let wanted: BTreeSet<Id> = expected.attributes.keys().filter(|id| !primary.contains(*id)).cloned().collect();
    let included: BTreeSet<Id> = list(&document["included"]).into_iter().map(graph::id).collect();
    assert_eq!(included, wanted, "{context}");
    for resource in list(&document["included"]) {
        assert_eq!(resource["attributes"], expected.attributes[&graph::id(resource)], "{context}");
    }
    for ((id, name), members) in &expected.members {
        let resource = graph::find(document, &id.0, &id.1);
        let data = resource["relationships"][name].get("data");
        let found: Option<Vec<Id>> = data.map(|data| list(data).into_iter().map(graph::id).collect());
        assert_eq!(found.as_ref(), Some(members), "{name} of {id:?}: {context}");
    }
}

fn compare(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let sql = rows(&mut random);
    let server = blog::with_rows(&sql);
    let mut followed = Followed { server: &server, known: BTreeMap::new() };
    for _ in 0..12 {
        let (type_name, _) = RELATIONSHIPS[random.usize(..RELATIONSHIPS.len())];
        let paths: Vec<Vec<&str>> = (0..random.usize(1..=3)).map(|_| path(&mut random, type_name)).collect();
        let include = paths.iter().map(|path| path.join(".")).collect::<Vec<_>>().join(",");
        let url = format!("/api/{type_name}?include={include}&page[size]=100");
        let document = server.get(&url).json();
        let mut expected = Expected::default();
        for resource in followed.get(&format!("/api/{type_name}")) {
            for path in &paths {
                followed.walk(&resource, path, &mut expected);
            }
        }
        check(&document, &expected, &format!("seed {seed}, {url}, {sql}"));
    }
}

#[test]
fn are_included_as_their_links_say() {
    for seed in 0..24 {
        compare(seed);
    }
}
