//! A row outside of its rule does not exist, before any hook that names it is asked.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::archive::{Doc, DocFields, FOLDERS, Folder, Form, Label, Log, NOTES, Note, TITLES, archive, doc, send};
use crate::server::Server;

/// Notes every moment of the documents.
struct OfDocs(Log);

macro_rules! noting {
    ($($name:ident($($argument:ty),*);)*) => {
        /// The names of all moments.
        const MOMENTS: &[&str] = &[$(stringify!($name)),*];

        impl Processor<Doc> for OfDocs {
            $(async fn $name(&self, _: &Context, $(_: $argument),*) -> Result<(), Error> {
                self.0.note(stringify!($name));
                Ok(())
            })*
        }
    };
}

noting! {
    before_get_collection(&mut Query);
    before_get_resource(&mut String);
    before_get_relation(&mut Relation, &mut Query);
    before_get_related_resource(&mut Relation);
    before_get_relationship(&mut Relation, &mut Query);
    before_post_resource(&mut Changes<Doc>);
    before_patch_resource(&mut String, &mut Changes<Doc>);
    before_delete_resource(&mut String, Option<&Row<Doc>>);
    before_post_relationship(&mut Relation, &mut Members);
    before_patch_relationship(&mut Relation, &mut Members);
    before_delete_relationship(&mut Relation, &mut Members);
    after_get_collection(&mut ResponseResources<Doc>);
    after_get_resource(&mut ResponseResources<Doc>);
    after_get_to_one_relation(&mut ResponseResources<AnyResource>);
    after_get_to_many_relation(&mut ResponseResources<AnyResource>);
    after_get_related_resource(&mut ResponseResources<AnyResource>);
    after_get_to_one_relationship(&mut Members);
    after_get_to_many_relationship(&mut Members);
    after_post_resource(&mut ResponseResources<Doc>);
    after_patch_resource(&mut ResponseResources<Doc>);
    after_delete_resource(&Row<Doc>);
    after_post_relationship(&Relation);
    after_patch_relationship(&Relation);
    after_delete_relationship(&Relation);
}

fn server(log: &Log) -> Server {
    let log = log.clone();
    archive(move |services| {
        let docs = Doc::api().processor(OfDocs(log.clone()));
        let api = Api::new("/api").resource(Folder::api()).resource(docs).resource(Note::api());
        services.service(api.resource(Label::api()).scope());
    })
}

type Case = (Form, &'static str, String, Option<Value>);

/// Every way that leads to a document by its id, and to one of its notes or labels.
fn ways(id: &str, note: &str, label: &str) -> Vec<Case> {
    let path = |rest: &str| format!("/api/doc/{id}{rest}");
    let document = json!({"data": {"type": "doc", "id": id, "attributes": {"title": "New"}}});
    let labels = json!({"data": [{"type": "label", "id": label}]});
    let object = json!({"title": "New"});
    vec![
        (Form::JsonApi, "GET", path(""), None),
        (Form::JsonApi, "GET", path("/folder"), None),
        (Form::JsonApi, "GET", path("/notes"), None),
        (Form::JsonApi, "GET", path(&format!("/notes/{note}")), None),
        (Form::JsonApi, "GET", path("/relationships/folder"), None),
        (Form::JsonApi, "GET", path("/relationships/notes"), None),
        (Form::JsonApi, "PATCH", path(""), Some(document)),
        (Form::JsonApi, "PATCH", path("/relationships/folder"), Some(json!({"data": {"type": "folder", "id": "2"}}))),
        (Form::JsonApi, "DELETE", path("/relationships/labels"), Some(labels.clone())),
        (Form::JsonApi, "POST", path("/relationships/labels"), Some(labels)),
        (Form::Classic, "GET", path(""), None),
        (Form::Classic, "GET", path("/folder"), None),
        (Form::Classic, "GET", path("/notes"), None),
        (Form::Classic, "GET", path(&format!("/notes/{note}")), None),
        (Form::Classic, "PATCH", path(""), Some(object)),
        (Form::Classic, "DELETE", path(&format!("/labels/{label}")), None),
        (Form::Classic, "DELETE", path(""), None),
        (Form::JsonApi, "DELETE", path(""), None),
    ]
}

#[test]
fn no_moment_names_the_row() {
    let log = Log::default();
    let server = server(&log);
    for (form, method, path, body) in ways("9", "9", "9") {
        let answer = send(&server, form, (method, &path), body.as_ref());
        assert_eq!(answer.status, 404, "{form:?} {method} {path}: {}", answer.body);
        assert_eq!(log.take(), [] as [&str; 0], "{form:?} {method} {path}");
    }
    assert_eq!(server.line(TITLES), "One Two Three Four Nine");
    assert_eq!(server.line(FOLDERS), "1 1 null 2 9");
    assert_eq!(server.line(NOTES), "1-1 2-1 9-9");
}

#[test]
fn no_moment_names_a_member() {
    let log = Log::default();
    let server = server(&log);
    let members = json!({"data": [{"type": "label", "id": "1"}, {"type": "label", "id": "9"}]});
    let labels = "/api/doc/1/relationships/labels";
    let folder = json!({"data": {"type": "folder", "id": "9"}});
    let cases: [Case; 7] = [
        (Form::JsonApi, "POST", labels.to_owned(), Some(members.clone())),
        (Form::JsonApi, "PATCH", labels.to_owned(), Some(members.clone())),
        (Form::JsonApi, "DELETE", labels.to_owned(), Some(members)),
        (Form::JsonApi, "PATCH", "/api/doc/1/relationships/folder".to_owned(), Some(folder)),
        (Form::JsonApi, "GET", "/api/doc/1/notes/9".to_owned(), None),
        (Form::Classic, "GET", "/api/doc/1/notes/9".to_owned(), None),
        (Form::Classic, "DELETE", "/api/doc/1/labels/9".to_owned(), None),
    ];
    for (form, method, path, body) in cases {
        let answer = send(&server, form, (method, &path), body.as_ref());
        assert_eq!(answer.status, 404, "{form:?} {method} {path}: {}", answer.body);
        assert_eq!(log.take(), [] as [&str; 0], "{form:?} {method} {path}");
    }
}

/// From the other side it is named as well: as a member, within another object, as one of many.
#[test]
fn no_moment_is_asked_from_the_other_side() {
    let log = Log::default();
    let server = server(&log);
    let doc = |id: &str| json!({"type": "doc", "id": id});
    let cases: [(Form, &str, &str, Value, u16); 8] = [
        (Form::JsonApi, "POST", "/api/folder/1/relationships/docs", json!({"data": [doc("9")]}), 404),
        (Form::JsonApi, "POST", "/api/label/1/relationships/docs", json!({"data": [doc("9")]}), 404),
        (Form::JsonApi, "PATCH", "/api/label/1/relationships/docs", json!({"data": [doc("9")]}), 404),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": [{"id": 9, "title": "Mine"}]}), 403),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": {"add": [{"id": 9}]}}), 400),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": {"remove": [{"id": 9}]}}), 400),
        (Form::Classic, "PATCH", "/api/folder/1", json!({"docs": {"remove": [{"id": 9, "__delete__": true}]}}), 400),
        (Form::Classic, "PATCH", "/api/note/1", json!({"doc": {"id": 9}}), 400),
    ];
    for (form, method, path, body, status) in cases {
        let answer = send(&server, form, (method, path), Some(&body));
        assert_eq!(answer.status, status, "{form:?} {method} {path} {body}: {}", answer.body);
        assert_eq!(log.take(), [] as [&str; 0], "{form:?} {method} {path} {body}");
    }
    assert_eq!(server.line(TITLES), "One Two Three Four Nine");
    assert_eq!(server.line(FOLDERS), "1 1 null 2 9");
}

/// What exists is named by every moment that there is.
#[test]
fn every_moment_names_a_row_of_the_rule() {
    let log = Log::default();
    let server = server(&log);
    let mut asked = Vec::new();
    let mut ways = ways("1", "1", "1");
    let new = json!({"data": {"type": "doc", "attributes": {"title": "New", "tenant": "a"}}});
    let labels = json!({"data": [{"type": "label", "id": "2"}]});
    let replaced = "/api/doc/1/relationships/labels".to_owned();
    ways.insert(0, (Form::JsonApi, "PATCH", replaced, Some(labels)));
    ways.insert(0, (Form::JsonApi, "POST", "/api/doc".to_owned(), Some(new)));
    ways.insert(0, (Form::JsonApi, "GET", "/api/doc".to_owned(), None));
    ways.pop();
    for (form, method, path, body) in ways {
        let answer = send(&server, form, (method, &path), body.as_ref());
        assert!((200..300).contains(&answer.status), "{form:?} {method} {path}: {}", answer.body);
        asked.extend(log.take());
    }
    let missing: Vec<&&str> = MOMENTS.iter().filter(|moment| !asked.iter().any(|asked| asked == *moment)).collect();
    assert_eq!(missing, [] as [&&str; 0]);
}

/// Leads to whatever row a header names.
struct Redirect;

impl Redirect {
    fn lead(context: &Context, id: &mut String) {
        if let Some(other) = context.header("x-lead") {
            other.clone_into(id);
        }
    }
}

impl Processor<Doc> for Redirect {
    async fn before_get_resource(&self, context: &Context, id: &mut String) -> Result<(), Error> {
        Self::lead(context, id);
        Ok(())
    }

    async fn before_patch_resource(
        &self,
        context: &Context,
        id: &mut String,
        _: &mut Changes<Doc>,
    ) -> Result<(), Error> {
        Self::lead(context, id);
        Ok(())
    }

    async fn before_delete_resource(
        &self,
        context: &Context,
        id: &mut String,
        _: Option<&Row<Doc>>,
    ) -> Result<(), Error> {
        Self::lead(context, id);
        Ok(())
    }
}

#[test]
fn a_hook_leads_to_no_row_outside_of_the_rule_either() {
    let log = Log::default();
    let noted = log.clone();
    let server = archive(move |services| {
        let docs = Doc::api().processor(Redirect).processor(OfDocs(noted.clone()));
        services.service(Api::new("/api").resource(docs).scope());
    });
    let document = |id: &str| json!({"data": {"type": "doc", "id": id, "attributes": {"title": "New"}}});
    for (id, lead, status) in [("1", "9", 404), ("me", "9", 404), ("me", "you", 404), ("1", "2", 200), ("me", "3", 200)]
    {
        let request = |method: &str| {
            server.request(method, &format!("/api/doc/{id}")).header("X-Tenant", "a").header("X-Lead", lead)
        };
        assert_eq!(request("GET").send().status, status, "GET {id} {lead}");
        let patched = request("PATCH").document(&document(id)).header("Prefer", "return=representation").send();
        assert_eq!(patched.status, status, "PATCH {id} {lead}: {}", patched.body);
        let deleted = if status == 200 { 204 } else { 404 };
        log.take();
        assert_eq!(request("DELETE").send().status, deleted, "DELETE {id} {lead}");
        let asked: &[&str] = match (status, lead) {
            (200, _) => &["before_delete_resource", "after_delete_resource"],
            // No key can be like that, so that it names nobody.
            (_, "you") => &["before_delete_resource"],
            _ => &[],
        };
        assert_eq!(log.take(), asked, "DELETE {id} {lead}");
    }
    assert_eq!(server.line(TITLES), "One Four Nine");
}

/// Marks documents instead of deleting them, as `examples/soft-delete` does.
struct SoftDelete;

impl Processor<Doc> for SoftDelete {
    async fn before_delete_resource(
        &self,
        context: &Context,
        _: &mut String,
        row: Option<&Row<Doc>>,
    ) -> Result<(), Error> {
        let Some(key) = row.and_then(|row| row.get(DocFields::ID)) else {
            return Ok(());
        };
        let mark = diesel::update(doc::table.find(key)).set(doc::title.eq("deleted"));
        context.transaction(move |connection| mark.execute(connection)).await?;
        context.mark_handled();
        Ok(())
    }
}

#[test]
fn a_soft_deletion_marks_no_row_outside_of_the_rule() {
    let server = archive(|services| {
        services.service(Api::new("/api").resource(Doc::api().processor(SoftDelete)).resource(Note::api()).scope());
    });
    for form in [Form::JsonApi, Form::Classic] {
        for id in ["9", "77", "me"] {
            let answer = send(&server, form, ("DELETE", &format!("/api/doc/{id}")), None);
            assert_eq!(answer.status, 404, "{form:?} {id}: {}", answer.body);
        }
    }
    assert_eq!(server.line(TITLES), "One Two Three Four Nine");
    assert_eq!(send(&server, Form::JsonApi, ("DELETE", "/api/doc/1"), None).status, 204);
    assert_eq!(server.line(TITLES), "deleted Two Three Four Nine");
    assert_eq!(server.line(NOTES), "1-1 2-1 9-9");
    let many = send(&server, Form::Classic, ("DELETE", "/api/doc"), None);
    assert_eq!((many.status, many.json()), (200, json!({"num_deleted": 4})));
    assert_eq!(server.line(TITLES), "deleted deleted deleted deleted Nine");
}
