//! Foreign keys that clients of the classic format see and send as attributes.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::classic::shop::{get, message, search, send};
use crate::server::Server;

diesel::table! {
    article (id) {
        id -> Integer,
        slug -> Text,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
        text -> Text,
        article_id -> Nullable<Integer>,
    }
}

/// Foreign keys refer to `id`, clients to `slug`.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = article)]
#[restless(primary_key = slug, methods(GET, POST, PATCH), default_format = "classic", row_filter = shown)]
pub struct Article {
    #[restless(rename = "number")]
    pub id: i32,
    pub slug: String,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = note)]
#[restless(
    methods(GET, POST, PATCH),
    default_format = "classic",
    allow_patch_many,
    allow_functions,
    belongs_to(article: Article, foreign_key = article_id)
)]
pub struct Note {
    pub id: i32,
    pub text: String,
    pub article_id: Option<i32>,
}

fn shown(_: &Context) -> Filter<Article> {
    ArticleFields::SLUG.ne("secret")
}

const ROWS: &str = "
    INSERT INTO article (id, slug) VALUES (1, 'open'), (2, 'secret');
    INSERT INTO note (id, text, article_id) VALUES (1, 'n1', 1), (2, 'n2', 2), (3, 'n3', NULL);
";

/// Whether the database itself checks foreign keys makes no difference.
fn servers(notes: fn(ResourceApi<Note>) -> ResourceApi<Note>) -> [Server; 2] {
    ["REFERENCES article (id)", ""].map(|reference| {
        let schema = format!(
            "CREATE TABLE article (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
             CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, article_id INTEGER {reference});
             {ROWS}"
        );
        Server::start(&schema, move |services| {
            let api = Api::new("/api").allow_functions().resource(notes(Note::api())).resource(Article::api());
            services.service(api.scope());
        })
    })
}

fn articles(server: &Server) -> String {
    server.line("SELECT article_id AS value FROM note ORDER BY id")
}

#[test]
fn name_hidden_rows_no_more_than_missing_ones() {
    for server in servers(|notes| notes) {
        let requests = [("POST", "/api/note"), ("PATCH", "/api/note/1"), ("PATCH", "/api/note")];
        for (method, path) in requests {
            let refused = |id: Value| {
                let answer = send(&server, method, path, &json!({"text": "new", "article_id": id}));
                message(&answer, 400)
            };
            assert_eq!(refused(json!(2)), refused(json!(99)), "{method} {path}");
            assert_eq!(refused(json!(2)), "a resource that is referred to does not exist");
            assert_eq!(articles(&server), "1 2 null", "{method} {path}");
        }
        let created = send(&server, "POST", "/api/note", &json!({"text": "new", "article_id": 1}));
        assert_eq!((created.status, &created.json()["article_id"]), (201, &json!(1)), "{created:#?}");
        let cleared = send(&server, "PATCH", "/api/note/1", &json!({"article_id": null}));
        assert_eq!((cleared.status, &cleared.json()["article_id"]), (200, &json!(null)), "{cleared:#?}");
        assert_eq!(articles(&server), "null 2 null 1");
        assert_eq!(send(&server, "PATCH", "/api/note", &json!({"article_id": 1})).status, 200);
        assert_eq!(articles(&server), "1 1 1 1");
    }
}

#[test]
fn of_hidden_rows_are_null_whether_the_relation_is_shown_or_not() {
    let shown: [fn(ResourceApi<Note>) -> ResourceApi<Note>; 2] =
        [|notes| notes, |notes| notes.include_columns(["id", "article_id"])];
    for shown in shown {
        for server in servers(shown) {
            assert_eq!(get(&server, "/api/note/1").json()["article_id"], json!(1));
            assert_eq!(get(&server, "/api/note/2").json()["article_id"], json!(null));
            let list = get(&server, "/api/note").json();
            let ids = list["objects"].as_array().into_iter().flatten().map(|note| note["article_id"].clone());
            assert_eq!(ids.collect::<Vec<_>>(), [json!(1), json!(null), json!(null)]);
        }
    }
}

#[test]
fn are_excluded_with_their_relation() {
    for server in servers(|notes| notes.exclude_columns(["article"])) {
        get(&server, "/api/note/1").is(200, &json!({"id": 1, "text": "n1"}));
        get(&server, "/api/note/2").is(200, &json!({"id": 2, "text": "n2"}));
        for q in [
            json!({"filters": [{"name": "article_id", "op": "eq", "val": 1}]}),
            json!({"filters": [{"name": "article_id", "op": "is_null"}]}),
            json!({"filters": [{"name": "article", "op": "is_null"}]}),
            json!({"order_by": [{"field": "article_id"}]}),
            json!({"group_by": [{"field": "article_id"}]}),
        ] {
            message(&search(&server, "/api/note", &q), 400);
        }
        let functions = crate::classic::shop::encode("[{\"name\":\"max\",\"field\":\"article_id\"}]");
        message(&get(&server, &format!("/api/eval/note?functions={functions}")), 400);
        // What is not shown can be written all the same, within the rule of where it leads.
        let refused = send(&server, "PATCH", "/api/note/1", &json!({"article_id": 2}));
        assert_eq!(message(&refused, 400), "a resource that is referred to does not exist");
        send(&server, "PATCH", "/api/note/3", &json!({"article_id": 1})).is(200, &json!({"id": 3, "text": "n3"}));
        assert_eq!(articles(&server), "1 2 1");
    }
}

#[test]
fn are_shown_where_they_are_included_by_name() {
    for server in servers(|notes| notes.include_columns(["id", "article_id"])) {
        get(&server, "/api/note/1").is(200, &json!({"id": 1, "article_id": 1}));
    }
}
