//! What writes a row asks the hooks of its model, whichever side of a relationship it is written from.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::archive::{Doc, DocFields, FOLDERS, Folder, Form, Log, NOTES, Note, TITLES, archive, note, send};
use crate::client::Answer;
use crate::server::Server;

/// Notes where documents go. The fourth stays as it is; the third is told where it is.
struct Moves(Log);

fn folder(row: Option<&Row<Doc>>) -> String {
    let folder = row.and_then(|row| row.get(DocFields::FOLDER_ID));
    folder.map_or("-".to_owned(), |folder| folder.to_string())
}

impl Processor<Doc> for Moves {
    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Doc>) -> Result<(), Error> {
        self.0.note(format!("new {:?}", changes.get(DocFields::FOLDER_ID).value()));
        Ok(())
    }

    async fn after_post_resource(&self, _: &Context, outgoing: &mut ResponseResources<Doc>) -> Result<(), Error> {
        let id = outgoing.after().map(|row| row.id().to_owned()).unwrap_or_default();
        self.0.note(format!("is {id} {}", folder(outgoing.after())));
        Ok(())
    }

    async fn before_patch_resource(
        &self,
        _: &Context,
        id: &mut String,
        changes: &mut Changes<Doc>,
    ) -> Result<(), Error> {
        let to = changes.get(DocFields::FOLDER_ID).value();
        self.0.note(format!("{id}: {} to {to:?}", folder(changes.before())));
        match id.as_str() {
            "4" => Err(Error::forbidden("four stays")),
            "3" => {
                changes.set(DocFields::TITLE, format!("in {}", to.unwrap_or_default()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn after_patch_resource(&self, _: &Context, outgoing: &mut ResponseResources<Doc>) -> Result<(), Error> {
        self.0.note(format!("{} then {}", folder(outgoing.before()), folder(outgoing.after())));
        Ok(())
    }

    async fn before_delete_resource(&self, _: &Context, id: &mut String, row: Option<&Row<Doc>>) -> Result<(), Error> {
        self.0.note(format!("delete {id} of {}", folder(row)));
        if id == "4" { Err(Error::forbidden("four stays")) } else { Ok(()) }
    }
}

/// Notes are marked instead of deleted; the second stays as it is.
struct Mark(Log);

impl Processor<Note> for Mark {
    async fn before_delete_resource(
        &self,
        context: &Context,
        id: &mut String,
        row: Option<&Row<Note>>,
    ) -> Result<(), Error> {
        self.0.note(format!("delete {id}"));
        if id == "2" {
            return Err(Error::forbidden("two stays"));
        }
        let Some(key) = row.and_then(|row| row.json("id")?.as_i64()).and_then(|key| i32::try_from(key).ok()) else {
            return Ok(());
        };
        let mark = diesel::update(note::table.find(key)).set(note::content.eq("deleted"));
        context.transaction(move |connection| mark.execute(connection)).await?;
        context.mark_handled();
        Ok(())
    }

    async fn after_delete_resource(&self, _: &Context, row: &Row<Note>) -> Result<(), Error> {
        self.0.note(format!("deleted {}", row.id()));
        Ok(())
    }
}

fn server(log: &Log) -> Server {
    let log = log.clone();
    archive(move |services| {
        let api = Api::new("/api").resource(Folder::api()).resource(Doc::api().processor(Moves(log.clone())));
        services.service(api.resource(Note::api().processor(Mark(log.clone()))).scope());
    })
}

fn members(type_name: &str, ids: &[&str]) -> Value {
    json!({"data": ids.iter().map(|id| json!({"type": type_name, "id": id})).collect::<Vec<_>>()})
}

#[track_caller]
fn write(server: &Server, form: Form, request: (&str, &str), body: &Value) -> Answer {
    send(server, form, request, Some(body))
}

/// The same link in both forms.
fn links(ids: &[&str]) -> [(Form, &'static str, &'static str, Value); 3] {
    let objects: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    let docs = members("doc", ids);
    let folder = json!({"data": {"type": "folder", "attributes": {"tenant": "a", "name": "New"}, "relationships": {"docs": docs}}});
    [
        (Form::JsonApi, "POST", "/api/folder/2/relationships/docs", docs),
        (Form::Classic, "PATCH", "/api/folder/2", json!({"docs": {"add": objects}})),
        (Form::JsonApi, "POST", "/api/folder", folder),
    ]
}

#[test]
fn a_link_is_an_update_of_the_member() {
    for (form, method, path, body) in links(&["1", "3"]) {
        let log = Log::default();
        let server = server(&log);
        let answer = write(&server, form, (method, path), &body);
        assert!(answer.status < 300, "{form:?} {method} {path}: {answer:#?}");
        let to = if path == "/api/folder" { 10 } else { 2 };
        let expected = [
            format!("1: 1 to Some({to})"),
            format!("1 then {to}"),
            format!("3: - to Some({to})"),
            format!("- then {to}"),
        ];
        assert_eq!(log.take(), expected, "{form:?} {method} {path}");
        assert_eq!(server.line(FOLDERS), format!("{to} 1 {to} 2 9"), "{form:?} {method} {path}");
        assert_eq!(server.line("SELECT title AS value FROM doc WHERE id = 3"), format!("in {to}"));
    }
}

#[test]
fn a_link_that_is_refused_moves_nothing() {
    let log = Log::default();
    let server = server(&log);
    let cases = [
        (Form::JsonApi, "POST", "/api/folder/1/relationships/docs", members("doc", &["3", "4"])),
        (Form::JsonApi, "PATCH", "/api/folder/1/relationships/docs", members("doc", &["4"])),
        (Form::JsonApi, "PATCH", "/api/folder/2/relationships/docs", members("doc", &[])),
        (Form::JsonApi, "DELETE", "/api/folder/2/relationships/docs", members("doc", &["4"])),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": {"add": [{"id": 4}]}})),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": [{"id": 4}]})),
        (Form::Classic, "PATCH", "/api/folder/2", json!({"docs": []})),
        (Form::Classic, "PATCH", "/api/folder/2", json!({"docs": {"remove": [{"id": 4}]}})),
        (Form::Classic, "PATCH", "/api/folder/2", json!({"docs": {"remove": [{"id": 4, "__delete__": true}]}})),
        (Form::Classic, "PATCH", "/api/folder/2", json!({"docs": [{"id": 4, "title": "Mine"}]})),
        (Form::Classic, "DELETE", "/api/folder/2/docs/4", json!({})),
        (Form::Classic, "POST", "/api/folder", json!({"name": "New", "tenant": "a", "docs": [{"id": 4}]})),
        (Form::JsonApi, "DELETE", "/api/folder/2", json!({})),
    ];
    for (form, method, path, body) in cases {
        let answer = write(&server, form, (method, path), &body);
        assert_eq!(answer.status, 403, "{form:?} {method} {path} {body}: {}", answer.body);
        assert!(answer.body.contains("four stays"), "{}", answer.body);
        assert_eq!(server.line(FOLDERS), "1 1 null 2 9", "{form:?} {method} {path} {body}");
    }
    assert_eq!(server.line(TITLES), "One Two Three Four Nine");
    assert_eq!(server.line("SELECT name AS value FROM folder ORDER BY id"), "In Out Own");
}

#[test]
fn an_unlink_is_an_update_of_the_member() {
    for (form, method, path, body) in [
        (Form::JsonApi, "DELETE", "/api/folder/1/relationships/docs", members("doc", &["2", "3"])),
        (Form::JsonApi, "PATCH", "/api/folder/1/relationships/docs", members("doc", &["1"])),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": [{"id": 1}]})),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": {"remove": [{"id": 2}]}})),
        (Form::Classic, "DELETE", "/api/folder/1/docs/2", json!({})),
    ] {
        let log = Log::default();
        let server = server(&log);
        let answer = write(&server, form, (method, path), &body);
        assert!(answer.status < 300, "{form:?} {method} {path}: {answer:#?}");
        // What stays where it is is not written.
        assert_eq!(log.take(), ["2: 1 to None", "1 then -"], "{form:?} {method} {path} {body}");
        assert_eq!(server.line(FOLDERS), "1 null null 2 9", "{form:?} {method} {path} {body}");
    }
}

#[test]
fn related_objects_have_all_of_their_moments() {
    let log = Log::default();
    let server = server(&log);
    let docs = json!({"docs": [{"id": 1, "pages": 11}, {"id": 2}, {"title": "Five", "tenant": "a"}]});
    let answer = write(&server, Form::Classic, ("PATCH", "/api/folder/1"), &docs);
    assert_eq!(answer.status, 200, "{answer:#?}");
    assert_eq!(log.take(), ["1: 1 to None", "1 then 1", "new Some(1)", "is 10 1"]);
    assert_eq!(server.line(FOLDERS), "1 1 null 2 9 1");
    let folder = json!({"title": "Six", "tenant": "a", "folder": {"name": "Deep", "tenant": "a", "docs": [{"id": 3}]}});
    let answer = write(&server, Form::Classic, ("POST", "/api/doc"), &folder);
    assert_eq!(answer.status, 201, "{answer:#?}");
    assert_eq!(log.take(), ["new None", "3: - to Some(10)", "- then 10", "is 11 10"]);
}

#[test]
fn a_deletion_within_another_object_is_one() {
    let log = Log::default();
    let server = server(&log);
    let removed = json!({"docs": {"remove": [{"id": 2, "__delete__": true}]}});
    assert_eq!(write(&server, Form::Classic, ("PATCH", "/api/folder/1"), &removed).status, 200);
    assert_eq!(log.take(), ["delete 2 of 1"]);
    assert_eq!(server.line(TITLES), "One Three Four Nine");
}

const CONTENTS: &str = "SELECT content AS value FROM note ORDER BY id";

#[test]
fn a_soft_deletion_is_one_on_every_way() {
    for (form, method, path, body) in [
        (Form::JsonApi, "DELETE", "/api/note/1", json!({})),
        (Form::JsonApi, "DELETE", "/api/doc/1/relationships/notes", members("note", &["1"])),
        (Form::JsonApi, "PATCH", "/api/doc/1/relationships/notes", members("note", &["2"])),
        (Form::Classic, "DELETE", "/api/note/1", json!({})),
        (Form::Classic, "DELETE", "/api/doc/1/notes/1", json!({})),
        (Form::Classic, "PATCH", "/api/doc/1", json!({"notes": [{"id": 2}]})),
        (Form::Classic, "PATCH", "/api/doc/1", json!({"notes": {"remove": [{"id": 1}]}})),
        (Form::Classic, "PATCH", "/api/doc/1", json!({"notes": {"remove": [{"id": 1, "__delete__": true}]}})),
    ] {
        let log = Log::default();
        let server = server(&log);
        let answer = write(&server, form, (method, path), &body);
        assert!(answer.status < 300, "{form:?} {method} {path}: {answer:#?}");
        let noted: Vec<String> = log.take().into_iter().filter(|line| line.starts_with("delete")).collect();
        assert_eq!(noted, ["delete 1", "deleted 1"], "{form:?} {method} {path} {body}");
        assert_eq!(server.line(CONTENTS), "deleted y z", "{form:?} {method} {path} {body}");
        assert_eq!(server.line(NOTES), "1-1 2-1 9-9", "{form:?} {method} {path} {body}");
    }
}

#[test]
fn what_goes_with_a_resource_is_asked_about() {
    let log = Log::default();
    let server = server(&log);
    let refused = send(&server, Form::JsonApi, ("DELETE", "/api/doc/1"), None);
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert_eq!(log.take(), ["delete 1 of 1", "delete 1", "delete 2"]);
    assert_eq!(server.line(CONTENTS), "x y z");
    server.execute("DELETE FROM note WHERE id = 2");
    // What stays keeps what it refers to.
    assert_eq!(send(&server, Form::JsonApi, ("DELETE", "/api/doc/1"), None).status, 409);
    assert_eq!(server.line(CONTENTS), "x z");
    log.take();
    // Its documents are told that the folder goes.
    assert_eq!(send(&server, Form::Classic, ("DELETE", "/api/folder/1"), None).status, 204);
    assert_eq!(log.take(), ["1: 1 to None", "1 then -", "2: 1 to None", "1 then -"]);
    assert_eq!(server.line(FOLDERS), "null null null 2 9");
}
