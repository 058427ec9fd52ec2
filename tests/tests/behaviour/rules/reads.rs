//! Every way to read a row, one after the other.

use serde_json::{Value, json};

use super::{blogs, data, granted};

/// URLs that are 404 for whoever must not see, and something else for whoever may.
const UNKNOWN: [&str; 12] = [
    "/api/person/1",
    "/api/person/1?include=articles",
    "/api/person/1/articles",
    "/api/person/1/articles/2",
    "/api/person/1/profile",
    "/api/person/1/relationships/articles",
    "/api/person/1/relationships/profile",
    "/api/article/1",
    "/api/article/1/author",
    "/api/article/1/tags",
    "/api/article/1/relationships/tags",
    "/api/tag/1/articles/1",
];

/// URLs of collections with the ids that are seen and those that there are.
const COLLECTIONS: [(&str, &str, &str); 22] = [
    ("/api/person?sort=id", "2 3", "1 2 3"),
    ("/api/person?filter[name]=Ann", "", "1"),
    ("/api/person?filter[id]=1,2", "2", "1 2"),
    ("/api/article?sort=id", "2 3", "1 2 3"),
    ("/api/tag/1/articles", "2", "1 2"),
    ("/api/tag/1/relationships/articles", "2", "1 2"),
    ("/api/person/2/edited", "", "1"),
    ("/api/person/2/relationships/edited", "", "1"),
    ("/api/article?filter[author]=1", "", "1 2"),
    ("/api/article?filter[author][is_null]=true", "2 3", "3"),
    ("/api/article?filter[author][is_null]=false", "", "1 2"),
    ("/api/article?filter[author.name]=Ann", "", "1 2"),
    ("/api/article?filter[author.age][gt]=1", "", "1 2"),
    ("/api/profile?filter[person.name][like]=A%25", "", "1"),
    ("/api/profile?filter[person]=1", "", "1"),
    ("/api/tag?filter[articles]=1", "", "1 2"),
    ("/api/tag?filter[articles.title]=First", "", "1 2"),
    ("/api/tag?filter[articles.author.name]=Ann", "", "1 2"),
    ("/api/comment?filter[article.title]=First", "", "1 2"),
    ("/api/person?filter[edited.title]=First", "", "2"),
    (
        "/api/tag?filter[objects]=[{%22name%22:%22articles%22,%22op%22:%22any%22,%22val%22:{%22name%22:%22author%22,\
         %22op%22:%22has%22,%22val%22:{%22name%22:%22id%22,%22op%22:%22eq%22,%22val%22:1}}}]",
        "",
        "1 2",
    ),
    (
        "/api/profile?filter[objects]=[{%22not%22:{%22name%22:%22person__name%22,%22op%22:%22has%22,%22val%22:%22Ann%22}}]",
        "1 2",
        "2",
    ),
];

#[test]
fn know_nothing_of_hidden_resources() {
    for server in blogs() {
        for path in UNKNOWN {
            let hidden = server.get(path);
            let elsewhere = path.replace("person/1", "person/77").replace("article/1", "article/77");
            let missing =
                server.get(&elsewhere.replace("articles/1", "articles/77").replace("articles/2", "articles/77"));
            assert_eq!(hidden.status, 404, "{path}: {}", hidden.body);
            let renamed = hidden.body.replace("\\\"1\\\"", "\\\"77\\\"").replace("\\\"2\\\"", "\\\"77\\\"");
            assert_eq!(renamed, missing.body, "{path}: they cannot be told apart");
            assert_eq!(granted(&server, "GET", path).send().status, 200, "{path}");
        }
    }
}

#[test]
fn find_and_count_what_is_seen() {
    for server in blogs() {
        for (path, seen, all) in COLLECTIONS {
            let answer = server.get(path);
            assert_eq!(answer.ids(), seen, "{path}");
            assert_eq!(answer.json()["meta"]["total"], seen.split_whitespace().count(), "{path}");
            assert_eq!(granted(&server, "GET", path).send().ids(), all, "{path}");
        }
    }
}

#[test]
fn count_on_pages_what_is_seen() {
    for server in blogs() {
        let document = server.get("/api/person?page[size]=1&page[number]=2").json();
        assert_eq!(document["meta"]["total"], 2);
        assert_eq!(document["links"]["next"], Value::Null);
        assert_eq!(document["data"][0]["id"], "3");
    }
}

#[test]
fn show_no_linkage_to_hidden_resources() {
    for server in blogs() {
        let linked = |path: &str, name: &str| data(&server.get(path))["relationships"][name]["data"].clone();
        assert_eq!(linked("/api/article/2", "author"), Value::Null);
        assert_eq!(linked("/api/profile/1", "person"), Value::Null);
        assert_eq!(linked("/api/comment/1", "article"), Value::Null);
        assert_eq!(linked("/api/comment/1", "author")["id"], "2");
        assert_eq!(linked("/api/tag/1?fields[tag]=articles", "articles"), json!([{"type": "article", "id": "2"}]));
        assert_eq!(linked("/api/person/2?fields[person]=edited", "edited"), json!([]));
        for path in ["/api/article/2/author", "/api/article/2/relationships/author", "/api/profile/1/person"] {
            assert_eq!(data(&server.get(path)), Value::Null, "{path}");
        }
    }
}

#[test]
fn include_what_is_seen() {
    for server in blogs() {
        let cases = [
            ("/api/article/2?include=author", json!([])),
            ("/api/article/2?include=author.profile,author.articles", json!([])),
            ("/api/tag/2?include=articles", json!([])),
            ("/api/tag/1?include=articles&fields[article]=", json!(["article 2"])),
            ("/api/comment/1?include=article,author&fields[person]=", json!(["person 2"])),
            ("/api/article/2/relationships/author?include=author", json!([])),
        ];
        for (path, expected) in cases {
            let document = server.get(path).json();
            let included = document["included"].as_array().expect("a compound document").iter();
            let name = |one: &Value| format!("{} {}", one["type"], one["id"]).replace('"', "");
            assert_eq!(
                included.map(name).collect::<Vec<_>>(),
                expected.as_array().cloned().unwrap_or_default(),
                "{path}"
            );
        }
    }
}

#[test]
fn order_hidden_resources_as_missing_ones() {
    for server in blogs() {
        let nulls_first = server.get("/api/profile?sort=person.name,-id").ids();
        let nulls_last = server.get("/api/profile?sort=-person.name,-id").ids();
        assert_eq!((nulls_first.as_str(), nulls_last.as_str()), ("2 1", "2 1"), "neither has a person that is seen");
    }
}

#[test]
fn evaluate_what_is_seen() {
    for server in blogs() {
        let path = "/api/eval/person?functions=[{%22name%22:%22count%22,%22field%22:%22id%22},\
                {%22name%22:%22max%22,%22field%22:%22age%22}]";
        let values = |request: crate::client::Request<'_>| request.send_to_anyone().json()["data"].clone();
        assert_eq!(values(server.request("GET", path)), json!([2, 20]));
        assert_eq!(values(granted(&server, "GET", path)), json!([3, 30]));
        let grouped = "/api/eval/profile?functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]&group=person.name";
        let names = values(server.request("GET", grouped));
        assert_eq!(names, json!([{"person.name": null, "count__id": 2}]));
    }
}

#[test]
fn of_a_rule_without_meaning_find_nothing() {
    for server in blogs() {
        let answer = server.request("GET", "/api/person").header("X-Word", "nonsense").send();
        assert_eq!((answer.status, answer.ids().as_str()), (200, ""));
        assert_eq!(server.request("GET", "/api/person/2").header("X-Word", "nonsense").send().status, 404);
    }
}
