//! Orders by attributes of related resources, and without regard to case.

use crate::backends::by_backend;
use crate::expected::at_parameter;
use crate::server::Server;

use super::newsroom;

#[track_caller]
fn sorted(server: &Server, cases: &[(&str, &str)]) {
    for (query, ids) in cases {
        assert_eq!(server.get(&format!("/api/{query}")).ids(), *ids, "{query}");
    }
}

/// Nulls are less than everything else, in PostgreSQL greater.
fn nulls(least: &'static str, greatest: &'static str) -> &'static str {
    by_backend(least, greatest, least)
}

#[test]
fn follow_relationships_to_one() {
    let cases = [
        ("article?sort=author.name", nulls("4 1 2 3", "1 2 3 4")),
        ("article?sort=-author.name", nulls("3 1 2 4", "4 3 1 2")),
        ("article?sort=-author.name,-stars", nulls("3 1 2 4", "4 3 1 2")),
        ("article?sort=author.name,-id", nulls("4 2 1 3", "2 1 3 4")),
        ("person?sort=boss.name", nulls("1 6 2 3 4 5", "2 3 4 5 1 6")),
        ("person?sort=boss.boss.name", nulls("1 2 3 6 4 5", "4 5 1 2 3 6")),
        ("person?sort=boss.boss.boss.name", nulls("1 2 3 4 6 5", "5 1 2 3 4 6")),
        ("person?sort=-boss.boss.boss.boss.name", "1 2 3 4 5 6"),
        ("person?sort=-boss.id", nulls("5 4 2 3 1 6", "1 6 5 4 2 3")),
    ];
    sorted(&newsroom::server(), &cases);
}

#[test]
fn follow_relationships_whose_key_stands_elsewhere() {
    let cases = [
        ("person?sort=profile.bio", nulls("2 3 5 6 4 1", "4 1 2 3 5 6")),
        ("person?sort=-profile.id", nulls("5 4 1 2 3 6", "2 3 6 5 4 1")),
        ("article?sort=author.profile.bio", nulls("3 4 1 2", "1 2 3 4")),
        ("person?sort=boss.profile.bio,id", nulls("1 4 6 5 2 3", "5 2 3 1 4 6")),
    ];
    let server = newsroom::server();
    sorted(&server, &cases);
    // Somebody with two profiles stands there once, by the first of them.
    server.execute("INSERT INTO profile (id, bio, person_id) VALUES (5, 'aaa', 1)");
    sorted(&server, &cases);
    assert_eq!(server.get("/api/person?sort=profile.bio").json()["meta"]["total"], 6);
}

#[test]
fn take_several_keys_of_one_relationship() {
    let cases = [
        ("article?sort=author.age,author.name", nulls("4 3 1 2", "1 2 3 4")),
        ("article?sort=-author.age,-author.name,-id", nulls("2 1 3 4", "4 3 2 1")),
        ("article?sort=author.active,author.height,editor.name", nulls("4 3 2 1", "3 2 1 4")),
        ("person?sort=boss.age,boss.boss.name,boss.name", nulls("1 6 4 2 3 5", "5 2 3 4 1 6")),
    ];
    sorted(&newsroom::server(), &cases);
}

#[test]
fn lose_no_row_and_count_them_all() {
    let server = newsroom::server();
    for sort in ["boss.name", "-boss.name", "profile.bio", "boss.profile.bio,-boss.boss.age"] {
        let answer = server.get(&format!("/api/person?sort={sort}"));
        let mut ids: Vec<_> = answer.ids().split(' ').map(str::to_owned).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6"], "{sort}");
        assert_eq!(answer.json()["meta"]["total"], 6, "{sort}");
    }
}

#[test]
fn are_the_same_every_time() {
    let server = newsroom::server();
    let whole = server.get("/api/person?sort=-active,boss.name").ids();
    let mut pages = Vec::new();
    for number in 1..=6 {
        pages.push(server.get(&format!("/api/person?sort=-active,boss.name&page[size]=1&page[number]={number}")).ids());
    }
    assert_eq!(pages.join(" "), whole);
}

#[test]
fn stand_beside_filters_over_the_same_relationships() {
    let cases = [
        ("article?sort=-author.name&filter[author.age]=30", "1 2"),
        ("article?sort=editor.name,-id&filter[author.name]=Ann&filter[tags.label]=rust", "2 1"),
        ("person?sort=-boss.name&filter[boss.name]=Ann,Bob", "4 2 3"),
        ("person/1/reports?sort=-boss.name,-name", "3 2"),
        ("person/1/relationships/articles?sort=editor.name", "2 1"),
        ("article?sort=author.name&filter[author][is_null]=false&page[size]=1&page[number]=3", "3"),
    ];
    sorted(&newsroom::server(), &cases);
}

#[test]
fn ignore_case_where_the_client_wants() {
    let rows = "INSERT INTO person (id, name, motto) VALUES
        (1, 'b', 'Ä'), (2, 'A', 'ä'), (3, 'a', 'B'), (4, 'C', NULL), (5, 'É', 'z'), (6, 'é', 'a');";
    let cases = [
        ("person?sort=name", "2 4 3 1 5 6"),
        ("person?sort=name&ignorecase=0", "2 4 3 1 5 6"),
        ("person?sort=name&ignorecase=1", "2 3 1 4 5 6"),
        ("person?sort=-name&ignorecase=1", "5 6 4 1 2 3"),
        ("person?sort=name,-id&ignorecase=1", "3 2 1 4 6 5"),
        ("person?sort=-id&ignorecase=1", "6 5 4 3 2 1"),
        ("person?sort=age,name&ignorecase=1", "2 3 1 4 5 6"),
        ("person?ignorecase=1", "1 2 3 4 5 6"),
    ];
    sorted(&newsroom::with_rows(rows), &cases);
    let server = newsroom::with_rows(rows);
    for value in ["", "2", "true", "yes"] {
        let answer = server.get(&format!("/api/person?ignorecase={value}&sort=name"));
        answer.refuses(400, &[at_parameter("ignorecase", "ignorecase: expected 0 or 1")]);
    }
}

#[test]
fn refuse_what_gives_no_order() {
    let to_many = |name: &str| format!("{name:?} leads to many resources: only to-one relationships give an order");
    let cases = [
        ("articles.title", to_many("articles")),
        ("-reports.name", to_many("reports")),
        ("boss.reports.name", to_many("reports")),
        ("boss", "\"boss\" is a relationship: expected one of the attributes behind it".to_owned()),
        ("-articles", "\"articles\" is a relationship: expected one of the attributes behind it".to_owned()),
        ("house.name", "there is no relationship \"house\"".to_owned()),
        ("boss.house.name", "there is no relationship \"house\"".to_owned()),
        ("boss.colour", "there is no attribute \"colour\"".to_owned()),
        ("boss.", "there is no attribute \"\"".to_owned()),
        (".name", "there is no relationship \"\"".to_owned()),
        ("boss..name", "there is no relationship \"\"".to_owned()),
        ("boss__name", "there is no attribute \"boss__name\"".to_owned()),
        ("boss_id", "there is no attribute \"boss_id\"".to_owned()),
        ("boss.-name", "there is no attribute \"-name\"".to_owned()),
        ("boss.name,-boss.name", "\"-boss.name\" stands more than once".to_owned()),
        (
            "boss.boss.boss.boss.boss.name",
            "expected 4 relationships on the way to an attribute at most, found 5".to_owned(),
        ),
    ];
    let server = newsroom::server();
    for (sort, detail) in cases {
        let answer = server.get(&format!("/api/person?sort={sort}"));
        answer.refuses(400, &[at_parameter("sort", &format!("sort: {detail}"))]);
    }
    let many = (0..33).map(|number| format!("a{number}")).collect::<Vec<_>>().join(",");
    let answer = server.get(&format!("/api/person?sort={many}"));
    answer.refuses(400, &[at_parameter("sort", "sort: expected 32 keys at most")]);
}

#[test]
fn of_groups_are_refused() {
    let detail = "group: resources are not grouped; the functions of a collection are, below eval/";
    for name in ["group", "group_by"] {
        let answer = newsroom::server().get(&format!("/api/person?{name}=age"));
        answer.refuses(400, &[at_parameter(name, detail)]);
    }
}
