//! What the attributes of a model say: its rule, its validation, its processors.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::at_pointer;
use crate::server::Server;

diesel::table! {
    note (id) {
        id -> Integer,
        owner -> Text,
        title -> Text,
        stars -> Nullable<Integer>,
        slug -> Text,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = own, validate = check, processors(Sign, Slug))]
pub struct Note {
    pub id: i32,
    #[restless(read_only)]
    pub owner: String,
    pub title: String,
    pub stars: Option<i32>,
    #[restless(skip)]
    pub slug: String,
}

fn user(context: &Context) -> &str {
    context.header("x-user").unwrap_or_default()
}

fn own(context: &Context) -> Filter<Note> {
    NoteFields::OWNER.eq(user(context))
}

fn check(changes: &Changes<Note>) -> Result<(), ValidationErrors> {
    let mut errors = ValidationErrors::new();
    if changes.get(NoteFields::STARS).value().is_some_and(|stars| !(0..=5).contains(&stars)) {
        errors.add("stars", "must be between 0 and 5");
    }
    if changes.get(NoteFields::TITLE).value().is_some_and(|title| title.trim().is_empty()) {
        errors.add("title", "must not be blank");
    }
    errors.check()
}

/// A new note belongs to whoever writes it.
struct Sign;

impl Processor<Note> for Sign {
    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<Note>) -> Result<(), Error> {
        if context.header("x-forge").is_none() {
            changes.set(NoteFields::OWNER, user(context));
        } else {
            changes.set(NoteFields::OWNER, "somebody else");
        }
        Ok(())
    }
}

/// A field that no client knows is made of one that it sends.
struct Slug;

impl Processor<Note> for Slug {
    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Note>) -> Result<(), Error> {
        let title = changes.get(NoteFields::TITLE).value().unwrap_or_default();
        changes.set(NoteFields::SLUG, title.to_lowercase().replace(' ', "-"));
        Ok(())
    }
}

const ROWS: &str = "
    CREATE TABLE note (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, stars INTEGER, slug TEXT NOT NULL);
    INSERT INTO note (id, owner, title, stars, slug) VALUES (1, 'ann', 'One', 1, 'one'), (2, 'bob', 'Two', NULL, 'two');
";

fn server() -> Server {
    Server::start(ROWS, |services| {
        services.service(Note::api_scope());
    })
}

fn new(title: &str, stars: Option<i32>) -> Value {
    json!({"data": {"type": "note", "attributes": {"title": title, "stars": stars}}})
}

#[test]
fn give_everybody_their_own_rows() {
    let server = server();
    for (name, ids) in [("ann", "1"), ("bob", "2"), ("eve", "")] {
        assert_eq!(server.request("GET", "/api/note").header("X-User", name).send().ids(), ids, "{name}");
    }
    assert_eq!(server.request("GET", "/api/note/2").header("X-User", "ann").send().status, 404);
    assert_eq!(server.request("DELETE", "/api/note/2").header("X-User", "ann").send().status, 404);
}

#[test]
fn set_what_no_client_may_set() {
    let server = server();
    let created = server.request("POST", "/api/note").header("X-User", "ann").document(&new("My Day", Some(3))).send();
    assert_eq!(created.status, 201, "{}", created.body);
    assert_eq!(created.json()["data"]["attributes"], json!({"owner": "ann", "title": "My Day", "stars": 3}));
    let notes = server.run(|connection| note::table.order(note::id).select(Note::as_select()).load(connection));
    assert_eq!(notes.iter().map(|note| note.slug.as_str()).collect::<Vec<_>>(), ["one", "two", "my-day"]);
    let forged = server.request("POST", "/api/note").header("X-User", "ann").header("X-Forge", "1");
    assert_eq!(forged.document(&new("Not mine", None)).send().status, 403);
    assert_eq!(server.line("SELECT slug AS value FROM note ORDER BY id"), "one two my-day");
}

#[test]
fn name_everything_that_is_invalid() {
    let server = server();
    let sent = json!({"data": {"type": "note", "attributes": {"title": " ", "stars": 9, "colour": "red"}}});
    let answer = server.request("POST", "/api/note").header("X-User", "ann").document(&sent).send();
    let invalid = |name: &str, message: &str| {
        let (detail, pointer) = (format!("{name}: {message}"), format!("/data/attributes/{name}"));
        at_pointer(400, "Validation error", &detail, &pointer)
    };
    assert_eq!(answer.status, 400);
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    assert_eq!(errors.len(), 3, "{errors:#?}");
    for expected in [invalid("stars", "must be between 0 and 5"), invalid("title", "must not be blank")] {
        assert!(errors.contains(&expected), "{expected} in {errors:#?}");
    }
    let sent = json!({"data": {"type": "note", "id": "1", "attributes": {"stars": -1}}});
    let answer = server.request("PATCH", "/api/note/1").header("X-User", "ann").document(&sent).send();
    assert_eq!((answer.status, &answer.json()["errors"][0]["title"]), (400, &json!("Validation error")));
    assert_eq!(server.line("SELECT CAST(stars AS TEXT) AS value FROM note WHERE id = 1"), "1");
}
