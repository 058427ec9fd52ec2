//! Lists: with commas, as arrays and by repeating a parameter; and what is empty.

use serde_json::{Value, json};

use super::{encode, newsroom};
use crate::expected::at_parameter;

#[test]
fn of_values_are_written_in_three_ways() {
    let server = newsroom::server();
    let cases = [
        ("filter[id]=1,3", "1 3"),
        ("filter[id]=1, 3", "1 3"),
        ("filter[id][]=1&filter[id][]=3", "1 3"),
        ("filter[id]=1&filter[id]=3", "1 3"),
        ("filter[id]=1,3&filter[id]=6&filter[id][]=2", "1 2 3 6"),
        ("filter[id][]=4", "4"),
        ("filter[id][in][]=1&filter[id][in][]=3", "1 3"),
        ("filter[id][in]=1&filter[id][in]=3", "1 3"),
        ("filter[id][not_in]=1,2&filter[id][not_in]=3", "4 5 6"),
        ("filter[age][between][]=20&filter[age][between][]=25", "3 6"),
        ("filter[boss]=1&filter[boss]=2", "2 3 4"),
        ("filter[boss.name][]=Ann&filter[boss.name][]=Bob", "2 3 4"),
        ("filter[id][]=1&filter[age]=30&filter[id][]=3&filter[id][]=4", "1 4"),
    ];
    for (query, ids) in cases {
        let answer = server.get(&format!("/api/person?{}", query.replace(' ', "%20")));
        assert_eq!(answer.ids(), ids, "{query}");
        let itself = answer.json()["links"]["self"].clone();
        assert_eq!(server.get(itself.as_str().expect("a link")).ids(), ids, "{query}");
    }
}

#[test]
fn keep_commas_and_blanks_within_the_values_of_an_array() {
    let server = newsroom::with_rows(
        "INSERT INTO person (id, name) VALUES (1, 'Smith, John'), (2, 'Smith'), (3, 'John'), (4, ' John');",
    );
    for (query, ids) in [
        ("filter[name][]=Smith, John", "1"),
        ("filter[name][]=Smith, John&filter[name][]=Smith", "1 2"),
        ("filter[name]=Smith, John", "2 3"),
        ("filter[name][]= John&filter[name][]=Smith", "2 4"),
        ("filter[name][eq]=Smith, John", "1"),
    ] {
        let path = format!("/api/person?{}&page[size]=1", query.replace(' ', "%20"));
        let document = server.get(&path).json();
        let pages = ids.split(' ').count();
        assert_eq!(document["meta"], json!({"total": pages}), "{query}");
        let last = server.get(document["links"]["last"].as_str().expect("a link"));
        assert_eq!(last.ids(), ids.split(' ').next_back().expect("an id"), "{query}");
    }
}

#[test]
fn of_names_are_written_in_three_ways() {
    let server = newsroom::server();
    let plain = server.get("/api/article?include=author,tags&fields[article]=title,author&sort=-stars,title").json();
    let queries = [
        "include[]=author&include[]=tags&fields[article][]=title&fields[article][]=author&sort[]=-stars&sort[]=title",
        "include=author&include=tags&fields[article]=title&fields[article]=author&sort=-stars&sort=title",
        "include=author, tags&fields[article]=title, author&sort=-stars, title",
        "include[]=author,tags&fields[article][]=title,author&sort[]=-stars,title",
    ];
    for query in queries {
        let found = server.get(&format!("/api/article?{}", query.replace(' ', "%20"))).json();
        for member in ["data", "included", "meta"] {
            assert_eq!(found[member], plain[member], "{member} of {query}");
        }
        let itself = found["links"]["self"].as_str().expect("a link");
        assert_eq!(server.get(itself).json(), found, "{query}");
    }
}

#[test]
fn are_counted_as_one() {
    let server = newsroom::server();
    let query = (0..200).map(|id| format!("filter[id][]={id}")).collect::<Vec<_>>().join("&");
    assert_eq!(server.get(&format!("/api/person?{query}")).ids(), "1 2 3 4 5 6");
}

#[test]
fn are_refused_where_one_value_is_expected() {
    let server = newsroom::server();
    for name in ["filter[age][gt]", "filter[name][eq]", "filter[name][like]", "filter[age][is_null]"] {
        for written in [name.to_owned(), format!("{name}[]")] {
            let answer = server.get(&format!("/api/person?{written}=1&{written}=2"));
            answer.refuses(400, &[at_parameter(&written, &format!("{written}: expected one value, found 2"))]);
        }
    }
    let objects = encode(&json!([{"name": "age", "op": "eq", "val": 30}]).to_string());
    let answer = server.get(&format!("/api/person?filter[objects]={objects}&filter[objects]={objects}"));
    answer.refuses(400, &[at_parameter("filter[objects]", "filter[objects]: expected one value, found 2")]);
    let answer = server.get("/api/person?filter[single]=1&filter[single]=1");
    answer.refuses(400, &[at_parameter("filter[single]", "filter[single]: expected 0 or 1")]);
    assert_eq!(server.get("/api/person?filter[age][gt][]=30").ids(), "5");
}

#[test]
fn name_what_is_wrong_within_them() {
    let server = newsroom::server();
    let cases = [
        ("filter[id][]=1&filter[id][]=x", "filter[id][]", "filter[id][]: expected an integer, found \"x\""),
        ("sort[]=age&sort[]=nope", "sort[]", "sort: there is no attribute \"nope\""),
        ("sort=age&sort=-age", "sort", "sort: \"-age\" stands more than once"),
        ("sort=age,,name", "sort", "sort: expected names with commas between them"),
    ];
    for (query, name, detail) in cases {
        let answer = server.get(&format!("/api/person?{query}"));
        let error = &answer.json()["errors"][0];
        assert_eq!((answer.status, &error["detail"]), (400, &json!(detail)), "{query}");
        assert_eq!(error["source"]["parameter"], name, "{query}");
    }
}

#[test]
fn that_are_empty_ask_for_nothing() {
    let server = newsroom::server();
    for query in ["sort=", "sort[]=", "filter=", "filter[]=", "include=", "include[]=", "sort=&filter=&include="] {
        assert_eq!(server.get(&format!("/api/person?{query}")).ids(), "1 2 3 4 5 6", "{query}");
    }
    let empty = server.get("/api/person?fields[person]=").json();
    assert_eq!(empty["data"][0].get("attributes"), None);
}

#[test]
fn have_no_null_among_their_values() {
    let server = newsroom::server();
    let hint =
        |path: &str| format!("to compare with null, use is_null or is_not_null, as in filter[{path}][is_null]=true");
    for (query, path) in [
        ("filter[age]=null", "age"),
        ("filter[name]=null", "name"),
        ("filter[age]=30,null", "age"),
        ("filter[boss]=null", "boss"),
        ("filter[boss.name]=null", "boss.name"),
    ] {
        let name = query.split('=').next().expect("a name");
        let answer = server.get(&format!("/api/person?{query}"));
        answer.refuses(400, &[at_parameter(name, &format!("{name}: {}", hint(path)))]);
    }
    for name in ["filter[age][eq]", "filter[age][ne]", "filter[born][gt]", "filter[age][in]", "filter[active][not_in]"]
    {
        let answer = server.get(&format!("/api/person?{name}=null"));
        let detail = format!("{name}: to compare with null, use is_null or is_not_null");
        answer.refuses(400, &[at_parameter(name, &detail)]);
    }
    // A text may be the word.
    assert_eq!(server.get("/api/person?filter[name][eq]=null").ids(), "");
    assert_eq!(server.get("/api/person?filter[age][is_null]=true").ids(), "2");
}

#[test]
fn reach_the_functions_too() {
    use restless_actix::prelude::*;
    let schema = format!("{}{}", newsroom::TABLES, newsroom::ROWS);
    let server = crate::server::Server::start(&schema, |services| {
        services.service(newsroom::api().allow_functions().scope());
    });
    let functions = "functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]";
    for (query, expected) in [
        ("filter[id][]=1&filter[id][]=3&sort=", json!({"data": [2]})),
        ("filter[id]=1&filter[id]=3&filter=", json!({"data": [2]})),
    ] {
        for accept in ["application/vnd.api+json", "application/json"] {
            let request = server.request("GET", &format!("/api/eval/person?{functions}&{query}"));
            let found: Value = request.header("Accept", accept).send_to_anyone().json();
            assert_eq!(found, expected, "{query}");
        }
    }
    let answer = server.request("GET", &format!("/api/eval/person?{functions}&group=")).send();
    answer.refuses(400, &[at_parameter("group", "group: expected names with commas between them")]);
}
