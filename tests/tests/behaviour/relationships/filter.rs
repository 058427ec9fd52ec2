//! Filtering by relationships (F33).

use super::blog::server;

#[test]
fn keeps_what_is_related_to_one_of_the_ids() {
    let server = server();
    let all = server.get("/api/article?sort=id").ids();
    assert!(!all.is_empty());
    for (path, relationship) in
        [("article", "author"), ("article", "tags"), ("article", "comments"), ("person", "articles")]
    {
        for id in ["1", "2", "3"] {
            let mut expected = Vec::new();
            for one in server.get(&format!("/api/{path}?page[size]=100&sort=id")).ids().split_whitespace() {
                let members = server.get(&format!("/api/{path}/{one}/relationships/{relationship}"));
                let members = members.json()["data"].clone();
                let members = members.as_array().cloned().unwrap_or_else(|| vec![members]);
                if members.iter().any(|member| member["id"] == id) {
                    expected.push(one.to_owned());
                }
            }
            let found = server.get(&format!("/api/{path}?filter[{relationship}]={id}&page[size]=100&sort=id")).ids();
            assert_eq!(found.split_whitespace().collect::<Vec<_>>(), expected, "{path}: {relationship}: {id}");
        }
    }
}

#[test]
fn takes_several_ids() {
    let server = server();
    let both = server.get("/api/article?filter[author]=1,2&sort=id").ids();
    let (one, two) =
        (server.get("/api/article?filter[author]=1").ids(), server.get("/api/article?filter[author]=2").ids());
    let mut expected: Vec<&str> = one.split_whitespace().chain(two.split_whitespace()).collect();
    expected.sort_unstable();
    assert_eq!(both.split_whitespace().collect::<Vec<_>>(), expected);
}

#[test]
fn refuses_what_is_no_id() {
    let answer = server().get("/api/article?filter[author]=Ann");
    assert_eq!(answer.status, 400, "{answer:#?}");
    assert_eq!(answer.json()["errors"][0]["source"]["parameter"], "filter[author]");
}
