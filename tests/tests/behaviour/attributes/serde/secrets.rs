//! What serde is told to skip is on no way to the client, whether or not the model derives serde's traits.

use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::client::{Answer, JSON_API, Request};
use crate::conformance;
use crate::expected::at_pointer;
use crate::query::encode;
use crate::server::Server;

diesel::table! {
    agent (id) {
        id -> Integer,
        name -> Text,
        password_hash -> Nullable<Text>,
        token -> Nullable<Text>,
        code -> Nullable<Text>,
        chief_id -> Nullable<Integer>,
    }
}

/// Serde does not know it: restless alone reads what stands there.
#[derive(Restless)]
#[diesel(table_name = agent)]
#[restless(methods(GET, POST, PATCH), allow_functions, belongs_to(chief: Self, foreign_key = chief_id))]
#[restless(has_many(agents: Self, foreign_key = agent::chief_id))]
struct Agent {
    id: i32,
    name: String,
    #[serde(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    password_hash: Option<String>,
    #[serde(skip_serializing)]
    token: Option<String>,
    #[serde(skip_serializing, skip_deserializing)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    code: Option<String>,
    chief_id: Option<i32>,
}

/// Serde knows it too.
#[derive(Serialize, Deserialize, Restless)]
#[diesel(table_name = agent)]
#[restless(methods(GET, POST, PATCH), allow_functions, belongs_to(chief: Self, foreign_key = chief_id))]
#[restless(has_many(agents: Self, foreign_key = agent::chief_id), collection_name = "spy")]
struct Spy {
    id: i32,
    name: String,
    #[serde(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    password_hash: Option<String>,
    #[serde(skip_serializing)]
    token: Option<String>,
    #[serde(skip_serializing, skip_deserializing)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    code: Option<String>,
    chief_id: Option<i32>,
}

const CLASSIC: &str = "application/json";

/// Names of what is not shown.
const HIDDEN: [&str; 3] = ["password_hash", "token", "code"];

fn server() -> Server {
    let schema = "
        CREATE TABLE agent (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, password_hash TEXT, token TEXT, code TEXT,
            chief_id INTEGER REFERENCES agent (id)
        );
        INSERT INTO agent VALUES (1, 'Ann', 'hush-1', 'hush-2', 'hush-3', NULL);
        INSERT INTO agent VALUES (2, 'Bob', 'hush-1', 'hush-2', 'hush-3', 1);
    ";
    Server::start(schema, |services| {
        services.service(Agent::api_scope()).service(Spy::api_scope());
    })
}

fn get(server: &Server, format: &str, path: &str) -> Answer {
    let request = server.request("GET", path).header("Accept", format);
    if format == JSON_API { request.send() } else { checked(request) }
}

#[track_caller]
fn checked(request: Request<'_>) -> Answer {
    let answer = request.send_to_anyone();
    conformance::check_classic(&answer);
    answer
}

#[track_caller]
fn assert_tells_nothing(answer: &Answer, path: &str) {
    for secret in ["hush", "password_hash", "token", "code\""] {
        assert!(!answer.body.contains(secret), "{path} tells {secret}: {}", answer.body);
    }
}

#[test]
fn are_in_no_document_of_either_format() {
    let server = server();
    for collection in ["agent", "spy"] {
        for path in ["", "/2", "/2/chief", "/1/agents", "?include=chief,agents", "/2?include=chief.agents"] {
            let path = format!("/api/{collection}{path}");
            let answer = get(&server, JSON_API, &path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.contains("Ann") || answer.body.contains("Bob"), "{path}: {}", answer.body);
            assert_tells_nothing(&answer, &path);
        }
        for path in ["", "/2", "/2/chief", "/1/agents"] {
            let path = format!("/api/{collection}{path}");
            let answer = get(&server, CLASSIC, &path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.contains("Ann") || answer.body.contains("Bob"), "{path}: {}", answer.body);
            assert_tells_nothing(&answer, &path);
        }
    }
}

#[test]
fn are_as_unknown_as_what_does_not_exist() {
    let server = server();
    let forms: [fn(&str) -> String; 12] = [
        |name| format!("filter[{name}]=hush-1"),
        |name| format!("filter[{name}][starts_with]=h"),
        |name| format!("filter[{name}][is_null]=true"),
        |name| format!("filter[chief.{name}]=hush-1"),
        |name| format!(r#"filter[objects]=[{{"name":"{name}","op":"like","val":"h%"}}]"#),
        |name| format!(r#"filter[objects]=[{{"name":"name","op":"eq","field":"{name}"}}]"#),
        |name| format!(r#"filter[objects]=[{{"name":"agents__{name}","op":"any","val":"hush-1"}}]"#),
        |name| format!("sort={name}"),
        |name| format!("sort=-chief.{name}"),
        |name| format!("fields[agent]={name}"),
        |name| format!(r#"q={{"filters":[{{"name":"{name}","op":"eq","val":"hush-1"}}]}}"#),
        |name| format!(r#"q={{"order_by":[{{"field":"{name}"}}]}}"#),
    ];
    for form in forms {
        let format = if form("").starts_with("q=") { CLASSIC } else { JSON_API };
        assert_unknown(&server, format, &|name| format!("/api/agent?{}", encoded(&form(name))));
    }
}

#[test]
fn are_evaluated_by_no_function() {
    let server = server();
    for function in ["count", "max"] {
        for format in [JSON_API, CLASSIC] {
            let path = |name: &str| {
                let functions = encode(&json!([{"name": function, "field": name}]).to_string());
                format!("/api/eval/agent?functions={functions}")
            };
            assert_unknown(&server, format, &path);
        }
    }
    let count = encode(r#"[{"name":"count","field":"id"}]"#);
    assert_unknown(&server, JSON_API, &|name| format!("/api/eval/agent?functions={count}&group={name}"));
    assert_unknown(&server, JSON_API, &|name| format!("/api/eval/agent?functions={count}&group=chief.{name}"));
}

/// What is hidden is refused in the words for what does not exist.
#[track_caller]
fn assert_unknown(server: &Server, format: &str, path: &dyn Fn(&str) -> String) {
    let unknown = get(server, format, &path("nosuch"));
    assert_eq!(unknown.status, 400, "{unknown:#?}");
    for hidden in HIDDEN {
        let answer = get(server, format, &path(hidden));
        assert_eq!(answer.status, 400, "{answer:#?}");
        assert_eq!(answer.body, unknown.body.replace("nosuch", hidden));
    }
}

/// The query with what stands behind `=` percent-encoded.
fn encoded(query: &str) -> String {
    let (name, value) = query.split_once('=').unwrap_or((query, ""));
    format!("{}={}", encode(name), encode(value))
}

#[test]
fn are_accepted_only_where_serde_accepts_them() {
    let server = server();
    for collection in ["agent", "spy"] {
        let path = format!("/api/{collection}");
        for name in ["password_hash", "code"] {
            let sent = |id: Option<&str>| {
                let mut data = json!({"type": collection, "attributes": {"name": "Cid", name: "x"}});
                if let Some(id) = id {
                    data["id"] = json!(id);
                }
                json!({"data": data})
            };
            let detail = format!("\"{collection}\" has no attribute \"{name}\"");
            let unknown = at_pointer(400, "Unknown attribute", &detail, &format!("/data/attributes/{name}"));
            server.post(&path, &sent(None)).refuses(400, std::slice::from_ref(&unknown));
            server.patch(&format!("{path}/1"), &sent(Some("1"))).refuses(400, &[unknown]);
            for (method, path) in [("POST", path.clone()), ("PATCH", format!("{path}/1"))] {
                let answer = send_classic(&server, method, &path, &json!({"name": "Cid", name: "x"}));
                assert_eq!(answer.status, 400, "{answer:#?}");
                assert!(!answer.body.contains("hush"), "{answer:#?}");
            }
        }
    }
    assert_eq!(
        server.line("SELECT password_hash || code AS value FROM agent ORDER BY id"),
        "hush-1hush-3 hush-1hush-3"
    );
}

#[test]
fn are_written_and_never_shown_where_serde_skips_serializing_alone() {
    let server = server();
    for (id, collection) in ["agent", "spy"].into_iter().enumerate() {
        let sent = json!({"data": {"type": collection, "attributes": {"name": "Cid", "token": "hush-4"}}});
        let answer = server.post(&format!("/api/{collection}"), &sent);
        assert_eq!(answer.status, 201, "{answer:#?}");
        assert_tells_nothing(&answer, collection);
        let path = format!("/api/{collection}/{}", 3 + id);
        let answer = send_classic(&server, "PATCH", &path, &json!({"token": "hush-5"}));
        assert_eq!(answer.status, 200, "{answer:#?}");
        assert_tells_nothing(&answer, collection);
        // A value that does not fit is refused without a word of the one that is there.
        let sent = json!({"data": {"type": collection, "id": (3 + id).to_string(), "attributes": {"token": 7}}});
        let answer = server.patch(&path, &sent);
        assert_eq!(answer.status, 400, "{answer:#?}");
        assert!(!answer.body.contains("hush"), "{answer:#?}");
    }
    assert_eq!(server.line("SELECT token AS value FROM agent WHERE id > 2"), "hush-5 hush-5");
}

fn send_classic(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    checked(server.request(method, path).header("Content-Type", CLASSIC).body(body.to_string()))
}

#[test]
fn are_there_for_the_application() {
    let server = server();
    let database = server.database.clone().expect("a database");
    let found = actix_web::rt::System::new().block_on(async move {
        (
            Agent::fetch().filter(AgentFields::PASSWORD_HASH.eq("hush-1")).count(&database).await,
            Spy::fetch().filter(SpyFields::CODE.eq("hush-3").and(SpyFields::TOKEN.eq("no"))).count(&database).await,
        )
    });
    assert_eq!((found.0.expect("no error"), found.1.expect("no error")), (2, 0));
}
