//! Filters: equality and membership.

use crate::expected::{at_parameter, collection, person};
use crate::models;

#[test]
fn keeps_the_rows_that_are_equal() {
    let answer = models::five_people().get("/api/person?filter[age]=19");
    let people = [person(2, "Mary", Some(19)), person(5, "John", Some(19))];
    answer.is(200, &collection("/api/person", "filter%5Bage%5D=19", &people));
}

#[test]
fn keeps_the_rows_that_are_one_of_several() {
    let answer = models::five_people().get("/api/person?filter[age]=23,25");
    let people = [person(1, "Lincoln", Some(23)), person(3, "Lucy", Some(25))];
    answer.is(200, &collection("/api/person", "filter%5Bage%5D=23,25", &people));
}

#[test]
fn combines_with_everything_else() {
    let cases = [
        ("filter[age]=19&filter[name]=John", "5"),
        ("filter[age]=19&filter[name]=Lucy", ""),
        ("filter[id]=2", "2"),
        ("filter[id]=3,1,3,99", "1 3"),
        ("filter[name]=Lucy,Katy&sort=-name", "3 4"),
        ("filter[age]=19,23,25&sort=age&page[size]=3&page[number]=2", "3"),
        ("filter[name]=nobody", ""),
        ("filter[name]=lucy", ""),
        ("filter[name]=", ""),
        ("filter[name]=%27%20OR%201=1%20--", ""),
        ("filter[age]=-19", ""),
        ("filter%5Bage%5D=19", "2 5"),
        ("filter[age]=19&fields[person]=name", "2 5"),
    ];
    let server = models::five_people();
    for (query, ids) in cases {
        assert_eq!(server.get(&format!("/api/person?{query}")).ids(), ids, "{query}");
    }
}

#[test]
fn counts_what_it_keeps() {
    let document = models::five_people().get("/api/person?filter[age]=19&page[size]=1").json();
    assert_eq!(document["meta"]["total"], 2);
    assert_eq!(document["links"]["last"], "/api/person?filter%5Bage%5D=19&page%5Bnumber%5D=2&page%5Bsize%5D=1");
}

#[test]
fn compares_text_beyond_ascii() {
    let server = models::with_rows("INSERT INTO person (id, name) VALUES (1, 'Jürgen 😀'), (2, 'a&b=c+d'), (3, '50%')");
    let cases = [
        ("filter[name]=J%C3%BCrgen%20%F0%9F%98%80", "1"),
        ("filter[name]=J%C3%BCrgen+%F0%9F%98%80", "1"),
        ("filter[name]=a%26b%3Dc%2Bd", "2"),
        ("filter[name]=a%26b=c%2Bd", "2"),
        ("filter[name]=50%25", "3"),
        ("filter[name]=50%25,J%C3%BCrgen+%F0%9F%98%80", "1 3"),
        ("filter[name]=%25", ""),
    ];
    for (query, ids) in cases {
        assert_eq!(server.get(&format!("/api/person?{query}")).ids(), ids, "{query}");
    }
}

#[test]
fn refuses_what_it_cannot_compare() {
    let list = format!("filter[id]={}", vec!["1"; 1001].join(","));
    let cases = [
        ("filter[age]=abc", "filter[age]", "filter[age]: expected an integer, found \"abc\""),
        ("filter[age]=1,abc", "filter[age]", "filter[age]: expected an integer, found \"abc\""),
        ("filter[age]=", "filter[age]", "filter[age]: expected an integer, found \"\""),
        ("filter[age]=1,", "filter[age]", "filter[age]: expected an integer, found \"\""),
        ("filter[age]=1.5", "filter[age]", "filter[age]: expected an integer, found \"1.5\""),
        (
            "filter[age]=2147483648",
            "filter[age]",
            "filter[age]: expected an integer between -2147483648 and 2147483647, found \"2147483648\"",
        ),
        (
            "filter[birth_date]=2023-02-29",
            "filter[birth_date]",
            "filter[birth_date]: expected a date such as \"2024-02-29\", found \"2023-02-29\"",
        ),
        ("filter[colour]=red", "filter[colour]", "filter[colour]: there is no attribute \"colour\""),
        ("filter[owner.name]=x", "filter[owner.name]", "filter[owner.name]: there is no relationship \"owner\""),
        (
            "filter[]=1",
            "filter[]",
            "filter[]: expected an attribute in brackets, as in filter[name]=Ann or filter[age][gt]=18",
        ),
        (
            "filter=1",
            "filter",
            "filter: expected an attribute in brackets, as in filter[name]=Ann or filter[age][gt]=18",
        ),
        (&list, "filter[id]", "filter[id]: expected 1000 values in a list at most, found 1001"),
    ];
    let server = models::five_people();
    for (query, parameter, detail) in cases {
        server.get(&format!("/api/person?{query}")).refuses(400, &[at_parameter(parameter, detail)]);
    }
}

#[test]
fn names_every_mistake() {
    let answer = models::five_people().get("/api/person?filter[age]=abc&sort=colour&page[size]=x&page[number]=0&a=b");
    let errors = [
        at_parameter("filter[age]", "filter[age]: expected an integer, found \"abc\""),
        at_parameter("sort", "sort: there is no attribute \"colour\""),
        at_parameter("page[size]", "page[size]: expected a whole number, found \"x\""),
        at_parameter("page[number]", "page[number]: expected a number from 1 on, found 0"),
        at_parameter("a", "this URL knows no query parameter \"a\""),
    ];
    answer.refuses(400, &errors);
}
