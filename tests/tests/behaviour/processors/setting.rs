//! What an application sets is checked for its type alone.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::archive::{Doc, DocFields, FOLDERS, Folder, Form, TITLES, archive, send};
use crate::server::Server;

/// Sets what a header names.
struct Setter;

impl Setter {
    fn set(context: &Context, changes: &mut Changes<Doc>) {
        match context.header("x-set").unwrap_or_default() {
            "null" => {
                changes.set_null(DocFields::PAGES);
                changes.set_null(DocFields::SECRET);
            }
            "nowhere" => changes.set_null(DocFields::FOLDER_ID),
            "json null" => changes.set_json("pages", &Value::Null),
            "json" => changes.set_json("title", &json!("forbidden")),
            "typed" => changes.set(DocFields::TITLE, "forbidden"),
            "unfit" => changes.set_json("pages", &json!("many")),
            "unset" => {
                changes.set_json("title", &json!("nobody"));
                assert_eq!(changes.json("title"), Some(json!("nobody")));
                assert_eq!(changes.get(DocFields::TITLE).value().as_deref(), Some("nobody"));
                changes.remove("title");
                assert_eq!((changes.json("title"), changes.get(DocFields::TITLE).value()), (None, None));
            }
            _ => {}
        }
    }
}

impl Processor<Doc> for Setter {
    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<Doc>) -> Result<(), Error> {
        Self::set(context, changes);
        Ok(())
    }

    async fn before_patch_resource(
        &self,
        context: &Context,
        _: &mut String,
        changes: &mut Changes<Doc>,
    ) -> Result<(), Error> {
        Self::set(context, changes);
        Ok(())
    }
}

fn check(changes: &Changes<Doc>) -> Result<(), ValidationErrors> {
    match changes.get(DocFields::TITLE).value() {
        Some(title) if title == "forbidden" => Err(ValidationErrors::new().with("title", "must be another")),
        _ => Ok(()),
    }
}

/// The title is locked, and one title is invalid.
fn server() -> Server {
    archive(|services| {
        let docs = Doc::api().field_access(|_| FieldAccess::all().lock(DocFields::TITLE).lock(DocFields::PAGES));
        let docs = docs.validate(check).processor(Setter);
        services.service(Api::new("/api").resource(Folder::api()).resource(docs).scope());
    })
}

/// Both forms of a request that changes the document 1.
fn patch(server: &Server, set: &str, attributes: &Value) -> [u16; 2] {
    let mut object = attributes.clone();
    object["tenant"] = json!("a");
    let document = json!({"data": {"type": "doc", "id": "1", "attributes": object}});
    let request = || server.request("PATCH", "/api/doc/1").header("X-Tenant", "a").header("X-Set", set);
    let json_api = request().document(&document).send();
    let classic = request().header("Accept", "application/json").header("Content-Type", "application/json");
    [json_api.status, classic.body(object.to_string()).send_to_anyone().status]
}

const FIRST: &str = "SELECT title || ' ' || coalesce(CAST(pages AS TEXT), 'null') || ' ' || coalesce(secret, 'null')
    AS value FROM doc WHERE id = 1";

#[test]
fn may_be_null() {
    let server = server();
    assert_eq!(patch(&server, "null", &json!({})), [200, 200]);
    assert_eq!(server.line(FIRST), "One null null");
    server.execute("UPDATE doc SET pages = 10 WHERE id = 1");
    assert_eq!(patch(&server, "json null", &json!({})), [200, 200]);
    assert_eq!(server.line(FIRST), "One null null");
    assert_eq!(patch(&server, "nowhere", &json!({})), [200, 200]);
    assert_eq!(server.line(FOLDERS), "null 1 null 2 9");
}

#[test]
fn is_neither_locked_nor_validated() {
    for set in ["json", "typed"] {
        let server = server();
        assert_eq!(patch(&server, set, &json!({})), [200, 200], "{set}");
        assert_eq!(server.line(FIRST), "forbidden 10 s1", "{set}");
        // What the client itself sends is refused all the same.
        assert_eq!(patch(&server, "", &json!({"title": "Mine"})), [403, 400], "{set}");
        let new = json!({"data": {"type": "doc", "attributes": {"tenant": "a"}}});
        let created =
            server.request("POST", "/api/doc").header("X-Tenant", "a").header("X-Set", set).document(&new).send();
        assert_eq!(created.status, 201, "{set}: {}", created.body);
        assert_eq!(server.line(TITLES), "forbidden Two Three Four Nine forbidden", "{set}");
    }
}

#[test]
fn has_to_be_of_its_type() {
    let server = server();
    assert_eq!(patch(&server, "unfit", &json!({})), [400, 400]);
    assert_eq!(server.line(FIRST), "One 10 s1");
}

#[test]
fn may_be_dropped_again() {
    let server = server();
    assert_eq!(patch(&server, "unset", &json!({})), [200, 200]);
    assert_eq!(send(&server, Form::JsonApi, ("GET", "/api/doc/1"), None).attributes()["title"], "One");
}
