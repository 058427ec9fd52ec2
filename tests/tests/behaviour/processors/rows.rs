//! The hooks of writes see the whole row, before and after, whatever the client asks to see.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::archive::{Doc, DocFields, Folder, FolderFields, Form, Label, Log, Note, archive, send};
use crate::server::Server;

/// Notes what it sees of documents before and after each write.
struct Audit(Log);

/// Fields by their types, a hidden one and a foreign key among them, and one by its name.
fn seen(row: Option<&Row<Doc>>) -> String {
    let Some(row) = row else {
        return "none".to_owned();
    };
    let title = row.get(DocFields::TITLE).unwrap_or_default();
    let number = |number: Option<i32>| number.map_or("-".to_owned(), |number| number.to_string());
    let (pages, folder) = (number(row.get(DocFields::PAGES)), number(row.get(DocFields::FOLDER_ID)));
    let secret = row.get(DocFields::SECRET).unwrap_or_else(|| "-".to_owned());
    assert_eq!(row.json("title"), Some(json!(title)));
    assert_eq!(row.json("id").map(|id| id.to_string()).as_deref(), Some(row.id()));
    assert_eq!(row.json("secret"), None, "it has no form on the wire");
    assert_eq!(row.names().collect::<Vec<_>>(), ["id", "tenant", "title", "pages", "folder_id"]);
    format!("{}:{title}:{pages}:{secret}:{folder}", row.id())
}

impl Processor<Doc> for Audit {
    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Doc>) -> Result<(), Error> {
        changes.set(DocFields::SECRET, "new");
        self.0.note(format!("+ {}", seen(changes.before())));
        Ok(())
    }

    async fn before_patch_resource(
        &self,
        _: &Context,
        _: &mut String,
        changes: &mut Changes<Doc>,
    ) -> Result<(), Error> {
        self.0.note(format!("~ {}", seen(changes.before())));
        Ok(())
    }

    async fn before_delete_resource(&self, _: &Context, _: &mut String, row: Option<&Row<Doc>>) -> Result<(), Error> {
        self.0.note(format!("- {}", seen(row)));
        Ok(())
    }

    async fn after_post_resource(&self, _: &Context, outgoing: &mut ResponseResources<Doc>) -> Result<(), Error> {
        self.0.note(format!("+> {} {}", seen(outgoing.before()), seen(outgoing.after())));
        Ok(())
    }

    async fn after_patch_resource(&self, _: &Context, outgoing: &mut ResponseResources<Doc>) -> Result<(), Error> {
        self.0.note(format!("~> {} {}", seen(outgoing.before()), seen(outgoing.after())));
        Ok(())
    }

    async fn after_delete_resource(&self, _: &Context, row: &Row<Doc>) -> Result<(), Error> {
        self.0.note(format!("-> {}", seen(Some(row))));
        Ok(())
    }

    async fn after_get_resource(&self, _: &Context, outgoing: &mut ResponseResources<Doc>) -> Result<(), Error> {
        self.0.note(format!("get {} {}", seen(outgoing.before()), seen(outgoing.after())));
        Ok(())
    }
}

fn server(log: &Log) -> Server {
    let log = log.clone();
    archive(move |services| {
        // What clients may not see, hooks see all the same.
        let docs = Doc::api().field_access(|_| FieldAccess::all().hide(DocFields::PAGES)).processor(Audit(log.clone()));
        let api = Api::new("/api").resource(Folder::api()).resource(docs).resource(Note::api());
        services.service(api.resource(Label::api()).scope());
    })
}

#[test]
fn are_whole_after_a_creation() {
    let log = Log::default();
    let server = server(&log);
    let sent = json!({"data": {"type": "doc", "attributes": {"title": "Five", "tenant": "a"}}});
    let created = send(&server, Form::JsonApi, ("POST", "/api/doc?fields[doc]=title"), Some(&sent));
    assert_eq!((created.status, created.attributes()), (201, json!({"title": "Five"})));
    assert_eq!(log.take(), ["+ none", "+> none 10:Five:-:new:-"]);
    let created = send(
        &server,
        Form::Classic,
        ("POST", "/api/doc"),
        Some(&json!({"title": "Six", "tenant": "a", "folder_id": 2})),
    );
    assert_eq!(created.status, 201, "{created:#?}");
    assert_eq!(log.take(), ["+ none", "+> none 11:Six:-:new:2"]);
}

#[test]
fn are_whole_around_an_update() {
    let log = Log::default();
    let server = server(&log);
    let sent = |title: &str| json!({"data": {"type": "doc", "id": "1", "attributes": {"title": title}}});
    let path = "/api/doc/1?fields[doc]=title";
    let minimal = server.request("PATCH", path).header("X-Tenant", "a").header("Prefer", "return=minimal");
    assert_eq!(minimal.document(&sent("Uno")).send().status, 204);
    assert_eq!(log.take(), ["~ 1:One:10:s1:1", "~> 1:One:10:s1:1 1:Uno:10:s1:1"]);
    let shown = server.request("PATCH", path).header("X-Tenant", "a");
    assert_eq!(shown.document(&sent("Un")).send().attributes(), json!({"title": "Un"}));
    assert_eq!(log.take(), ["~ 1:Uno:10:s1:1", "~> 1:Uno:10:s1:1 1:Un:10:s1:1"]);
    let moved = send(&server, Form::Classic, ("PATCH", "/api/doc/1"), Some(&json!({"folder_id": null})));
    assert_eq!(moved.status, 200);
    assert_eq!(log.take(), ["~ 1:Un:10:s1:1", "~> 1:Un:10:s1:1 1:Un:10:s1:-"]);
}

#[test]
fn are_whole_around_each_of_many() {
    let log = Log::default();
    let server = server(&log);
    let many = send(&server, Form::Classic, ("PATCH", "/api/doc"), Some(&json!({"title": "Same"})));
    assert_eq!((many.status, many.json()), (200, json!({"num_modified": 4})));
    let expected = [
        "~ 1:One:10:s1:1",
        "~> 1:One:10:s1:1 1:Same:10:s1:1",
        "~ 2:Two:-:s2:1",
        "~> 2:Two:-:s2:1 2:Same:-:s2:1",
        "~ 3:Three:30:-:-",
        "~> 3:Three:30:-:- 3:Same:30:-:-",
        "~ 4:Four:40:s4:2",
        "~> 4:Four:40:s4:2 4:Same:40:s4:2",
    ];
    let mut noted = log.take();
    noted.sort_by_key(|line| line.split([' ', ':']).nth(1).map(str::to_owned));
    assert_eq!(noted, expected);
    let many = send(&server, Form::Classic, ("DELETE", "/api/doc"), None);
    assert_eq!((many.status, many.json()), (200, json!({"num_deleted": 4})));
    let noted = log.take();
    for row in ["1:Same:10:s1:1", "2:Same:-:s2:1", "3:Same:30:-:-", "4:Same:40:s4:2"] {
        let place = |mark: &str| noted.iter().position(|line| *line == format!("{mark} {row}"));
        assert!(place("-").is_some() && place("-") < place("->"), "{row} in {noted:?}");
    }
    assert_eq!(noted.len(), 8);
}

#[test]
fn are_whole_around_a_deletion() {
    let log = Log::default();
    let server = server(&log);
    assert_eq!(send(&server, Form::JsonApi, ("DELETE", "/api/doc/4"), None).status, 204);
    assert_eq!(log.take(), ["- 4:Four:40:s4:2", "-> 4:Four:40:s4:2"]);
    assert_eq!(send(&server, Form::Classic, ("DELETE", "/api/doc/3"), None).status, 204);
    assert_eq!(log.take(), ["- 3:Three:30:-:-", "-> 3:Three:30:-:-"]);
}

#[test]
fn are_not_there_where_nothing_is_written() {
    let log = Log::default();
    let server = server(&log);
    assert_eq!(send(&server, Form::JsonApi, ("GET", "/api/doc/1"), None).status, 200);
    assert_eq!(log.take(), ["get none none"]);
}

/// Notes the rows of any resource by the names on the wire.
struct AuditOfAll(Log);

impl ApiProcessor for AuditOfAll {
    async fn after_patch_resource(
        &self,
        context: &Context,
        outgoing: &mut ResponseResources<AnyResource>,
    ) -> Result<(), Error> {
        let name = |row: Option<&Row<AnyResource>>| row.and_then(|row| row.json("name")).unwrap_or(Value::Null);
        let (before, after) = (name(outgoing.before()), name(outgoing.after()));
        self.0.note(format!("{} {before} {after}", context.resource()));
        Ok(())
    }

    async fn after_delete_resource(&self, context: &Context, row: &Row<AnyResource>) -> Result<(), Error> {
        self.0.note(format!("{} {} {:?}", context.resource(), row.id(), row.json("name")));
        Ok(())
    }
}

#[test]
fn are_seen_by_the_processors_of_an_api() {
    let log = Log::default();
    let noted = log.clone();
    let server = archive(move |services| {
        let api = Api::new("/api").processor(AuditOfAll(noted.clone())).resource(Folder::api()).resource(Doc::api());
        services.service(api.scope());
    });
    let sent = json!({"data": {"type": "folder", "id": "2", "attributes": {"name": "Old"}}});
    assert_eq!(send(&server, Form::JsonApi, ("PATCH", "/api/folder/2"), Some(&sent)).status, 200);
    assert_eq!(log.take(), ["folder \"Out\" \"Old\""]);
    assert_eq!(send(&server, Form::JsonApi, ("DELETE", "/api/folder/2"), None).status, 204);
    assert_eq!(log.take(), ["doc null null", "folder 2 Some(String(\"Old\"))"]);
}

/// A version check: what the row was decides.
struct OnlyRename;

impl Processor<Folder> for OnlyRename {
    async fn before_patch_resource(
        &self,
        context: &Context,
        _: &mut String,
        changes: &mut Changes<Folder>,
    ) -> Result<(), Error> {
        let was = changes.before().and_then(|row| row.get(FolderFields::NAME));
        match (was, context.header("x-was")) {
            (Some(was), Some(expected)) if was == expected => Ok(()),
            (was, _) => Err(Error::forbidden(format!("it is {}", was.unwrap_or_default()))),
        }
    }
}

#[test]
fn decide_what_may_be_written() {
    let server = archive(|services| {
        services.service(Api::new("/api").resource(Folder::api().processor(OnlyRename)).scope());
    });
    let sent = json!({"data": {"type": "folder", "id": "1", "attributes": {"name": "New"}}});
    let patch = |was: &str| server.request("PATCH", "/api/folder/1").header("X-Tenant", "a").header("X-Was", was);
    let refused = patch("Out").document(&sent).send();
    assert_eq!((refused.status, &refused.json()["errors"][0]["detail"]), (403, &json!("it is In")));
    assert_eq!(patch("In").document(&sent).send().status, 200);
    assert_eq!(server.line("SELECT name AS value FROM folder WHERE id = 1"), "New");
}
