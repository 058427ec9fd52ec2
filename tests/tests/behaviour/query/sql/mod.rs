//! The SQL of what clients ask, on each database, to be reviewed as code: `RESTLESS_UPDATE=1` writes it anew.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use super::encode;
use super::newsroom;
use crate::backends::by_backend;
use crate::statements::{statements, watch};

/// What is asked. A list of filter objects is written as it is, without its encoding.
const QUESTIONS: [&str; 47] = [
    // Without filters.
    "person",
    "person?page[number]=3&page[size]=2",
    "person?fields[person]=name",
    "person?fields[person]=",
    "person?page[size]=0&fields[person]=name",
    // Attributes.
    "person?fields[person]=&filter[age]=30",
    "person?fields[person]=&filter[age]=20,30",
    "person?fields[person]=&filter[name]=Ann,Bob",
    "person?fields[person]=&filter[height]=1.5,2",
    "person?fields[person]=&filter[born]=1990-02-28,2004-12-31",
    "person?fields[person]=&filter[age][ge]=20&filter[age][lt]=40",
    "person?fields[person]=&filter[age][between]=20,30",
    "person?fields[person]=&filter[age][not_in]=20,30",
    "person?fields[person]=&filter[age][is_null]=true",
    "person?fields[person]=&filter[name][like]=A%",
    "person?fields[person]=&filter[name][ilike]=a%",
    "person?fields[person]=&filter[name][not_like]=A%",
    "person?fields[person]=&filter[name][starts_with]=A",
    "person?fields[person]=&filter[seen][lt]=CURRENT_TIMESTAMP",
    r#"person?fields[person]=&filter[objects]=[{"name":"name","op":"eq","field":"motto"}]"#,
    // Formulas.
    "person?fields[person]=&filter[objects]=[]",
    r#"person?fields[person]=&filter[objects]=[{"or":[]}]"#,
    r#"person?fields[person]=&filter[objects]=[{"name":"age","op":"in","val":[]}]"#,
    r#"person?fields[person]=&filter[objects]=[{"or":[{"name":"age","op":"eq","val":1},{"and":[{"name":"age","op":"eq","val":2},{"name":"name","op":"eq","val":"x"}]}]},{"not":{"name":"age","op":"eq","val":3}}]"#,
    r#"person?fields[person]=&filter[objects]=[{"not":{"or":[{"name":"age","op":"is_null"},{"name":"age","op":"between","val":[1,2]}]}}]"#,
    // Relationships.
    "article?fields[article]=&filter[author]=1",
    "article?fields[article]=&filter[author]=1,2",
    "article?fields[article]=&filter[author][is_null]=true",
    "article?fields[article]=&filter[tags]=1,2",
    "article?fields[article]=&filter[tags][is_null]=true",
    "person?fields[person]=&filter[profile]=1",
    "article?fields[article]=&filter[author.name]=Ann",
    "person?fields[person]=&filter[articles.stars][gt]=3",
    "article?fields[article]=&filter[tags.label]=rust",
    "person?fields[person]=&filter[boss.boss.name]=Ann",
    "person?fields[person]=&filter[articles.tags.label]=rust&filter[boss.name]=Ann",
    r#"tag?fields[tag]=&filter[objects]=[{"not":{"name":"articles","op":"any","val":{"or":[{"name":"author","op":"has","val":{"name":"age","op":"gt","val":1}},{"name":"stars","op":"is_null"}]}}}]"#,
    // Orders.
    "person?fields[person]=&sort=-age,name",
    "person?fields[person]=&sort=name&ignorecase=1",
    "article?fields[article]=&sort=author.name,-author.age",
    "article?fields[article]=&sort=author.boss.name&filter[author.name]=Ann",
    "person?fields[person]=&sort=profile.bio",
    // One resource, and related ones.
    "person?fields[person]=&filter[single]=1&filter[name]=Ann",
    "person/1/articles?fields[article]=",
    "person/1/articles?fields[article]=&filter[stars][gt]=3&sort=editor.name",
    "article/1/relationships/tags?filter[label]=rust",
    "article?fields[article]=&filter[stars]=5&include=tags",
];

/// A question as a client sends it.
fn path(question: &str) -> String {
    let (path, query) = question.split_once('?').unwrap_or((question, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encode(value)));
    format!("/api/{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Where the statements of this backend are written down.
fn file() -> PathBuf {
    let member = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let name = by_backend("sqlite.sql", "postgres.sql", "mysql.sql");
    PathBuf::from(member).join("tests/behaviour/query/sql").join(name)
}

/// The statements of every question, one below the other.
fn found() -> String {
    let server = watch(&format!("{}{}", newsroom::TABLES, newsroom::ROWS), newsroom::mount);
    let mut found = String::new();
    for question in QUESTIONS {
        let answer = server.get(&path(question));
        assert_eq!(answer.status, 200, "{question}: {answer:#?}");
        let _ = writeln!(found, "\n-- {question}");
        for statement in statements(&server) {
            let _ = writeln!(found, "{};", statement.replace('`', "\"").replace(" -- binds: ", "\n-- with "));
        }
    }
    found.trim_start().to_owned()
}

#[test]
fn is_what_has_been_reviewed() {
    let (file, found) = (file(), found());
    if env::var_os("RESTLESS_UPDATE").is_some() {
        return fs::write(&file, found).expect("a file that can be written");
    }
    let reviewed = fs::read_to_string(&file).unwrap_or_default();
    for (found, reviewed) in found.split("\n\n").zip(reviewed.split("\n\n")) {
        assert_eq!(found.trim(), reviewed.trim(), "RESTLESS_UPDATE=1 writes {} anew", file.display());
    }
    assert_eq!(found.lines().count(), reviewed.lines().count(), "RESTLESS_UPDATE=1 writes {} anew", file.display());
}
