//! Filters over relationships: of every kind, several of them, and back to where they began.

use super::newsroom;
use crate::expected::at_parameter;
use crate::server::Server;

#[track_caller]
fn find(server: &Server, cases: &[(&str, &str)]) {
    for (path, ids) in cases {
        assert_eq!(server.get(&format!("/api/{path}")).ids(), *ids, "{path}");
    }
}

#[test]
fn lead_over_relationships_of_every_kind() {
    let cases = [
        // belongs_to
        ("article?filter[author.name]=Ann", "1 2"),
        ("article?filter[author.age][gt]=29", "1 2"),
        ("article?filter[author.name]=Ann,Bob", "1 2 3"),
        ("article?filter[author.name][ne]=Ann", "3"),
        ("article?filter[author.id]=2", "3"),
        // has_one
        ("person?filter[profile.bio][like]=%25s", "1 4"),
        ("person?filter[profile.bio][is_null]=true", "5"),
        ("person?filter[profile.bio][is_null]=false", "1 4"),
        // has_many
        ("person?filter[articles.stars][ge]=5", "1"),
        ("person?filter[articles.stars][is_null]=true", "2"),
        ("person?filter[reports.name][in]=Cleo,Eve", "1 4"),
        // many_to_many, from either side
        ("article?filter[tags.label]=rust", "1 2"),
        ("tag?filter[articles.title]=One", "1 2"),
    ];
    find(&newsroom::server(), &cases);
}

#[test]
fn lead_over_several_relationships() {
    let cases = [
        ("article?filter[author.profile.bio]=writes", "1 2"),
        ("tag?filter[articles.author.name]=Bob", "3"),
        ("tag?filter[articles.author.profile.bio]=writes", "1 2"),
        ("person?filter[articles.tags.label]=web", "1"),
        ("profile?filter[person.articles.tags.label]=rust", "1"),
        ("profile?filter[person.boss.boss.name]=Bob", "3"),
    ];
    find(&newsroom::server(), &cases);
}

#[test]
fn lead_from_a_table_to_itself() {
    let cases = [
        ("person?filter[boss.name]=Ann", "2 3"),
        ("person?filter[boss.boss.name]=Ann", "4"),
        ("person?filter[boss.boss.boss.name]=Ann", "5"),
        ("person?filter[boss.boss.boss.boss.name][is_null]=false", ""),
        ("person?filter[reports.reports.name]=Eve", "2"),
        ("person?filter[boss.reports.name]=Cleo", "2 3"),
        ("person?filter[reports.boss.name]=Bob", "2"),
        ("person?filter[boss.name]=Ann&filter[reports.name]=Dee", "2"),
        ("person?filter[boss.name]=Ann&filter[boss.age]=30&filter[name][ne]=Bob", "3"),
        ("article?filter[tags.articles.title]=Two", "1 2"),
        ("article?filter[author.name]=Ann&filter[editor.name]=Dee", "1"),
    ];
    find(&newsroom::server(), &cases);
}

#[test]
fn end_with_a_relationship() {
    let cases = [
        ("article?filter[author]=1", "1 2"),
        ("article?filter[author]=1,2", "1 2 3"),
        ("article?filter[author][in]=1,2", "1 2 3"),
        ("article?filter[author][eq]=2", "3"),
        ("article?filter[author]=99", ""),
        ("article?filter[tags]=2,3", "1 3"),
        ("person?filter[reports]=5,3", "1 4"),
        ("person?filter[profile]=2", "4"),
        ("article?filter[author][is_null]=true", "4"),
        ("article?filter[author][is_null]=false", "1 2 3"),
        ("article?filter[author][is_not_null]=true", "1 2 3"),
        ("article?filter[author][is_not_null]=false", "4"),
        ("article?filter[tags][is_null]=1", "4"),
        ("person?filter[profile][is_null]=0", "1 4 5"),
        ("person?filter[boss.profile]=1", "2 3"),
        ("person?filter[boss.boss]=1", "4"),
        ("person?filter[boss.boss][is_null]=true", "2 3"),
        ("person?filter[articles.tags]=2", "1"),
        ("person?filter[articles.tags][is_null]=true", ""),
    ];
    find(&newsroom::server(), &cases);
}

#[test]
fn hold_on_related_and_relationship_urls() {
    let cases = [
        ("person/1/reports?filter[reports.name]=Dee", "2"),
        ("person/1/articles?filter[tags.label]=web", "1"),
        ("person/1/relationships/articles?filter[editor]=1", "2"),
        ("article/1/tags?filter[label][ne]=web", "1"),
        ("article/1/relationships/tags?filter[articles]=2", "1"),
        ("tag/1/articles?filter[editor][is_null]=false&sort=-id", "2 1"),
    ];
    find(&newsroom::server(), &cases);
}

#[test]
fn refuse_what_leads_nowhere() {
    let of_relationships = "a relationship is compared by eq, in, is_null, is_not_null, has or any";
    let cases = [
        ("filter[house.name]=x", "filter[house.name]", "there is no relationship \"house\""),
        ("filter[boss.house.name]=x", "filter[boss.house.name]", "there is no relationship \"house\""),
        ("filter[boss.colour]=x", "filter[boss.colour]", "there is no attribute \"colour\""),
        ("filter[age.name]=x", "filter[age.name]", "there is no relationship \"age\""),
        ("filter[boss__name]=x", "filter[boss__name]", "there is no attribute \"boss__name\""),
        ("filter[boss]=Ann", "filter[boss]", "expected an integer, found \"Ann\""),
        ("filter[boss]=1,", "filter[boss]", "expected an integer, found \"\""),
        ("filter[boss][gt]=1", "filter[boss][gt]", of_relationships),
        ("filter[reports][ne]=1", "filter[reports][ne]", of_relationships),
        ("filter[boss][is_null]=maybe", "filter[boss][is_null]", "expected true or false"),
        ("filter[age][is_null]=", "filter[age][is_null]", "expected true or false"),
        ("filter[boss][has]=1", "filter[boss][has]", "expected a path instead, as in filter[author.name]=Ann"),
        ("filter[age][bogus]=1", "filter[age][bogus]", "there is no operator \"bogus\""),
        ("filter[age][][]=1", "filter[age][][]", "there is no operator \"\""),
        ("filter[age][~]=1", "filter[age][~]", "there is no operator \"~\""),
        ("filter[age][between]=1", "filter[age][between]", "expected two values, found 1"),
        (
            "filter[a][b][c]=1",
            "filter[a][b][c]",
            "expected an attribute in brackets, as in filter[name]=Ann or filter[age][gt]=18",
        ),
        ("filter[objects][eq]=1", "filter[objects][eq]", "there is no attribute \"objects\""),
        (
            "filter[boss.boss.boss.boss.boss.name]=x",
            "filter[boss.boss.boss.boss.boss.name]",
            "expected 4 relationships on the way to an attribute at most, found 5",
        ),
    ];
    let server = newsroom::server();
    for (query, parameter, detail) in cases {
        let answer = server.get(&format!("/api/person?{query}"));
        answer.refuses(400, &[at_parameter(parameter, &format!("{parameter}: {detail}"))]);
    }
}
