//! What is no table.

use serde_json::json;

use super::table;
use crate::expected::{at_parameter, error};
use crate::relationships::blog;

#[test]
fn is_not_acceptable() {
    let server = blog::server();
    let paths = [
        "/api/article/1",
        "/api/article/1/author",
        "/api/person/1/articles/1",
        "/api/person/1/relationships/articles",
        "/api/article?filter[single]=1&filter[id]=1",
        "/api",
    ];
    for path in paths {
        let answer = table(&server, path).send_to_anyone();
        assert_eq!(answer.status, 406, "{path}: {answer:#?}");
        let document = answer.json();
        assert_eq!(document["errors"][0]["source"], json!({"header": "Accept"}), "{path}: {document}");
    }
}

#[test]
fn is_a_document_for_whoever_takes_that_too() {
    let server = blog::server();
    for path in ["/api/article/1", "/api/article/1/author", "/api/article?filter[single]=1&filter[id]=1", "/api"] {
        let answer = server.request("GET", path).header("Accept", "text/csv, application/vnd.api+json;q=0.5").send();
        assert_eq!(answer.status, 200, "{path}: {answer:#?}");
    }
}

#[test]
fn is_told_before_anything_is_written() {
    let server = blog::server();
    let sent = json!({"data": {"type": "tag", "attributes": {"name": "new"}}});
    let refused = server.request("POST", "/api/tag").document(&sent).header("Accept", "text/csv").send();
    assert_eq!(refused.status, 406);
    assert_eq!(server.get("/api/tag").json()["meta"]["total"], 3);
    let refused = server.request("DELETE", "/api/tag/3").header("Accept", "text/csv").send();
    assert_eq!(refused.status, 406);
    assert_eq!(server.get("/api/tag").json()["meta"]["total"], 3);
}

#[test]
fn leaves_no_place_for_included_resources() {
    let server = blog::server();
    let refused = table(&server, "/api/article?include=author").send();
    refused.refuses(400, &[at_parameter("include", "include: a table has no place for other resources")]);
    assert_eq!(table(&server, "/api/article?include=").send_to_anyone().status, 200);
}

#[test]
fn is_said_in_documents() {
    let server = blog::server();
    let refused = table(&server, "/api/article?sort=nonsense").send();
    refused.refuses(400, &[at_parameter("sort", "sort: there is no attribute \"nonsense\"")]);
    let refused = table(&server, "/api/nonsense").send();
    assert_eq!(refused.status, 404);
    let refused = server.request("PATCH", "/api/article").header("Accept", "text/csv").send();
    refused.refuses(
        405,
        &[error(405, "Method Not Allowed", "PATCH is not answered here; allowed are GET, HEAD, POST, OPTIONS")],
    );
}
