//! The lines of a table.

use super::{TABLE, is_table, table};
use crate::models;
use crate::relationships::blog;

#[test]
fn are_ids_attributes_and_related_ids_below_their_names() {
    let server = blog::server();
    let lines = ["id,title,author,editor", "1,First,1,2", "2,Second,1,", "3,Third,,"];
    is_table(&table(&server, "/api/article?sort=id").send_to_anyone(), &lines);
}

#[test]
fn have_the_names_alone_where_nothing_is_found() {
    let server = blog::server();
    is_table(&table(&server, "/api/article?filter[title]=Nobody").send_to_anyone(), &["id,title,author,editor"]);
}

#[test]
fn follow_filters_orders_and_fieldsets() {
    let server = blog::server();
    let path = "/api/article?filter[author.name]=Ann&sort=-title&fields[article]=author,title";
    is_table(&table(&server, path).send_to_anyone(), &["id,title,author", "2,Second,1", "1,First,1"]);
    let path = "/api/article?fields[article]=editor&sort=id&filter[id]=1,2";
    is_table(&table(&server, path).send_to_anyone(), &["id,editor", "1,2", "2,"]);
    is_table(&table(&server, "/api/person?fields[person]=&sort=id").send_to_anyone(), &["id", "1", "2", "3"]);
}

#[test]
fn are_those_of_a_page_and_the_header_links_the_others() {
    let server = blog::server();
    let answer = table(&server, "/api/person?sort=id&page[size]=2").send_to_anyone();
    is_table(&answer, &["id,name,age,profile", "1,Ann,30,1", "2,Bob,,"]);
    let page = |number: u32| format!("</api/person?sort=id&page%5Bnumber%5D={number}&page%5Bsize%5D=2>");
    let links = format!("{}; rel=\"first\", {}; rel=\"last\", {}; rel=\"next\"", page(1), page(2), page(2));
    assert_eq!(answer.header("link"), Some(links.as_str()));
    let answer = table(&server, "/api/person?sort=id&page[size]=2&page[number]=2").send_to_anyone();
    is_table(&answer, &["id,name,age,profile", "3,Cleo,20,"]);
}

#[test]
fn are_those_of_related_resources() {
    let server = blog::server();
    let lines = ["id,title,author,editor", "1,First,1,2", "2,Second,1,"];
    is_table(&table(&server, "/api/tag/1/articles?sort=id").send_to_anyone(), &lines);
    is_table(&table(&server, "/api/person/1/articles?sort=id").send_to_anyone(), &lines);
}

#[test]
fn quote_what_would_be_read_as_something_else() {
    let rows = "INSERT INTO person (id, name) VALUES (1, 'a,b'), (2, 'say \"hi\"'), (3, 'two\nlines'), \
                (4, ' é '), (5, '');";
    let server = models::with_rows(rows);
    let lines = ["id,name", "1,\"a,b\"", "2,\"say \"\"hi\"\"\"", "3,\"two\nlines\"", "4, é ", "5,"];
    is_table(&table(&server, "/api/person?fields[person]=name&sort=id").send_to_anyone(), &lines);
}

#[test]
fn have_values_as_their_texts() {
    let rows = "INSERT INTO person (id, name, age, birth_date) VALUES (1, 'Ann', -3, '2024-02-29');";
    let server = models::with_rows(rows);
    is_table(&table(&server, "/api/person").send_to_anyone(), &["id,name,age,birth_date", "1,Ann,-3,2024-02-29"]);
}

#[test]
fn have_what_methods_compute() {
    let server = crate::presentation::server();
    let path = "/api/player?filter[id]=1&fields[player]=goals,fullName,isScorer";
    is_table(&table(&server, path).send_to_anyone(), &["id,goals,fullName,isScorer", "1,3,Ann Lee,true"]);
}

#[test]
fn are_counted_by_head_and_not_sent() {
    let server = blog::server();
    let answer = server.request("HEAD", "/api/article").header("Accept", "text/csv").send_to_anyone();
    assert_eq!((answer.status, answer.header("content-type"), answer.body.as_str()), (200, Some(TABLE), ""));
}

#[test]
fn are_for_whoever_names_them_and_wants_no_other_format_as_much() {
    let server = blog::server();
    let cases = [
        ("text/csv", TABLE),
        ("TEXT/CSV", TABLE),
        ("text/csv;header=present", TABLE),
        ("text/csv, */*;q=0.1", TABLE),
        ("text/csv, */*", TABLE),
        ("application/vnd.api+json;q=0.5, text/csv", TABLE),
        ("application/json;q=0.5, text/csv;q=0.6", TABLE),
        ("application/vnd.api+json, text/csv;q=0.5", "application/vnd.api+json"),
        ("application/vnd.api+json, text/csv", "application/vnd.api+json"),
        ("text/csv, application/json", "application/json"),
        ("text/csv;q=0, */*", "application/vnd.api+json"),
        ("text/*, application/vnd.api+json", "application/vnd.api+json"),
    ];
    for (accept, expected) in cases {
        let answer = server.request("GET", "/api/article").header("Accept", accept).send_to_anyone();
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(expected)), "{accept}");
    }
}
