//! The rows of join tables belong to both sides, and so do their hooks.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::archive::{Doc, DocFields, Folder, Form, LABELLED, Label, Log, archive, send};
use crate::client::Answer;
use crate::server::Server;

/// Nobody links the first label, and nobody but itself gets rid of the second.
struct Sticky(Log);

impl Sticky {
    fn note(&self, what: &str, relation: &Relation, members: &Members) {
        let members: Vec<&str> = members.iter().collect();
        self.0.note(format!("{what} {}.{} {}", relation.id, relation.name(), members.join(",")));
    }
}

impl Processor<Label> for Sticky {
    async fn before_post_relationship(
        &self,
        _: &Context,
        relation: &mut Relation,
        members: &mut Members,
    ) -> Result<(), Error> {
        self.note("add", relation, members);
        if relation.id == "1" { Err(Error::forbidden("not the first")) } else { Ok(()) }
    }

    async fn before_delete_relationship(
        &self,
        _: &Context,
        relation: &mut Relation,
        members: &mut Members,
    ) -> Result<(), Error> {
        self.note("remove", relation, members);
        members.retain(|_| relation.id != "2");
        Ok(())
    }

    async fn after_post_relationship(&self, _: &Context, relation: &Relation) -> Result<(), Error> {
        self.0.note(format!("added {}", relation.id));
        Ok(())
    }

    async fn after_delete_relationship(&self, _: &Context, relation: &Relation) -> Result<(), Error> {
        self.0.note(format!("removed {}", relation.id));
        Ok(())
    }
}

fn server(log: &Log) -> Server {
    let log = log.clone();
    archive(move |services| {
        let api = Api::new("/api").resource(Folder::api()).resource(Doc::api());
        services.service(api.resource(Label::api().processor(Sticky(log.clone()))).scope());
    })
}

fn members(type_name: &str, ids: &[&str]) -> Value {
    json!({"data": ids.iter().map(|id| json!({"type": type_name, "id": id})).collect::<Vec<_>>()})
}

#[track_caller]
fn write(server: &Server, form: Form, request: (&str, &str), body: &Value) -> Answer {
    send(server, form, request, Some(body))
}

#[test]
fn count_for_both_sides() {
    for (form, method, path, body) in [
        (Form::JsonApi, "POST", "/api/doc/3/relationships/labels", members("label", &["2", "1"])),
        (Form::JsonApi, "PATCH", "/api/doc/3/relationships/labels", members("label", &["2", "1"])),
        (Form::Classic, "PATCH", "/api/doc/3", json!({"labels": {"add": [{"id": 2}, {"id": 1}]}})),
        (Form::Classic, "PATCH", "/api/doc/3", json!({"labels": [{"id": 2}, {"id": 1}]})),
    ] {
        let log = Log::default();
        let server = server(&log);
        let answer = write(&server, form, (method, path), &body);
        assert_eq!(answer.status, 403, "{form:?} {method} {path}: {}", answer.body);
        let noted: Vec<String> = log.take().into_iter().filter(|line| line.starts_with("add")).collect();
        assert_eq!(noted, ["add 2.docs 3", "add 1.docs 3"], "{form:?} {method} {path} {body}");
        assert_eq!(server.line(LABELLED), "1-1 1-2 2-1 9-9");
    }
}

#[test]
fn lose_what_the_other_side_lets_go() {
    for (form, method, path, body) in [
        (Form::JsonApi, "DELETE", "/api/doc/1/relationships/labels", members("label", &["1", "2"])),
        (Form::JsonApi, "PATCH", "/api/doc/1/relationships/labels", members("label", &[])),
        (Form::Classic, "PATCH", "/api/doc/1", json!({"labels": []})),
    ] {
        let log = Log::default();
        let server = server(&log);
        let answer = write(&server, form, (method, path), &body);
        assert!(answer.status < 300, "{form:?} {method} {path}: {answer:#?}");
        let mut noted: Vec<String> = log.take().into_iter().filter(|line| line.starts_with("remove")).collect();
        noted.sort();
        assert_eq!(noted, ["remove 1.docs 1", "remove 2.docs 1", "removed 1"], "{form:?} {method} {path} {body}");
        assert_eq!(server.line(LABELLED), "1-2 2-1 9-9");
    }
}

#[test]
fn gain_what_neither_side_refuses() {
    let log = Log::default();
    let server = server(&log);
    let labels = members("label", &["2", "1"]);
    // The first is there already, so that nothing is asked about it.
    let answer = write(&server, Form::JsonApi, ("POST", "/api/doc/2/relationships/labels"), &labels);
    assert_eq!(answer.status, 204, "{}", answer.body);
    assert_eq!(log.take(), ["add 2.docs 2", "added 2"]);
    assert_eq!(server.line(LABELLED), "1-1 1-2 2-1 2-2 9-9");
}

/// Leads whatever is linked elsewhere.
struct Elsewhere;

impl Processor<Label> for Elsewhere {
    async fn before_post_relationship(
        &self,
        _: &Context,
        relation: &mut Relation,
        _: &mut Members,
    ) -> Result<(), Error> {
        "2".clone_into(&mut relation.id);
        Ok(())
    }
}

#[test]
fn are_not_led_elsewhere_from_the_other_side() {
    let server = archive(|services| {
        let api = Api::new("/api").resource(Doc::api()).resource(Label::api().processor(Elsewhere));
        services.service(api.scope());
    });
    let labels = members("label", &["1"]);
    assert_eq!(write(&server, Form::JsonApi, ("POST", "/api/doc/3/relationships/labels"), &labels).status, 403);
    assert_eq!(server.line(LABELLED), "1-1 1-2 2-1 9-9");
}

/// Notes the rows of the documents whose relationships change.
struct Watch(Log);

impl Processor<Doc> for Watch {
    async fn before_patch_relationship(
        &self,
        _: &Context,
        relation: &mut Relation,
        _: &mut Members,
    ) -> Result<(), Error> {
        let row = relation.before::<Doc>();
        self.0.note(format!("{:?}", row.and_then(|row| row.get(DocFields::SECRET))));
        assert!(relation.after::<Doc>().is_none());
        Ok(())
    }

    async fn after_patch_relationship(&self, _: &Context, relation: &Relation) -> Result<(), Error> {
        let folder = |row: Option<Row<Doc>>| row.and_then(|row| row.get(DocFields::FOLDER_ID));
        self.0.note(format!("{:?} {:?}", folder(relation.before()), folder(relation.after())));
        Ok(())
    }
}

#[test]
fn and_other_relationships_show_the_row_that_has_them() {
    let log = Log::default();
    let noted = log.clone();
    let server = archive(move |services| {
        let docs = Doc::api().processor(Watch(noted.clone()));
        services.service(Api::new("/api").resource(docs).resource(Folder::api()).resource(Label::api()).scope());
    });
    let folder = json!({"data": {"type": "folder", "id": "2"}});
    assert_eq!(write(&server, Form::JsonApi, ("PATCH", "/api/doc/1/relationships/folder"), &folder).status, 204);
    assert_eq!(log.take(), ["Some(\"s1\")", "Some(1) Some(2)"]);
}
