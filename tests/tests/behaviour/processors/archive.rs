//! An archive of several tenants, and processors that note what they are asked: what the tests of rows have in common.

use std::sync::{Arc, Mutex};

use actix_web::web::ServiceConfig;
use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::Value;

use crate::client::{Answer, JSON_API};
use crate::conformance;
use crate::server::Server;

diesel::table! {
    folder (id) {
        id -> Integer,
        tenant -> Text,
        name -> Text,
    }
}

diesel::table! {
    doc (id) {
        id -> Integer,
        tenant -> Text,
        title -> Text,
        pages -> Nullable<Integer>,
        secret -> Nullable<Text>,
        folder_id -> Nullable<Integer>,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
        tenant -> Text,
        content -> Text,
        doc_id -> Integer,
    }
}

diesel::table! {
    label (id) {
        id -> Integer,
        tenant -> Text,
        name -> Text,
    }
}

diesel::table! {
    doc_label (doc_id, label_id) {
        doc_id -> Integer,
        label_id -> Integer,
    }
}

/// Its documents can do without it.
#[derive(Restless)]
#[diesel(table_name = folder)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = folders, allow_patch_many, allow_delete_many)]
#[restless(has_many(docs: Doc, foreign_key = doc::folder_id, on_delete = "set_null"))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
pub struct Folder {
    pub id: i32,
    pub tenant: String,
    pub name: String,
}

/// Its notes cannot do without it.
#[derive(Insertable, Restless)]
#[diesel(table_name = doc)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = docs, allow_patch_many, allow_delete_many)]
#[restless(belongs_to(folder: Folder, foreign_key = folder_id))]
#[restless(has_many(notes: Note, foreign_key = note::doc_id, on_delete = "cascade"))]
#[restless(many_to_many(labels: Label, through = doc_label, foreign_key = doc_id, target_key = label_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
pub struct Doc {
    pub id: i32,
    pub tenant: String,
    pub title: String,
    pub pages: Option<i32>,
    #[restless(skip)]
    pub secret: Option<String>,
    pub folder_id: Option<i32>,
}

#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = notes)]
#[restless(belongs_to(doc: Doc, foreign_key = doc_id))]
pub struct Note {
    pub id: i32,
    pub tenant: String,
    pub content: String,
    pub doc_id: i32,
}

#[derive(Restless)]
#[diesel(table_name = label)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = labels)]
#[restless(many_to_many(docs: Doc, through = doc_label, foreign_key = label_id, target_key = doc_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
pub struct Label {
    pub id: i32,
    pub tenant: String,
    pub name: String,
}

fn tenant(context: &Context) -> &str {
    context.header("x-tenant").unwrap_or_default()
}

fn folders(context: &Context) -> Filter<Folder> {
    FolderFields::TENANT.eq(tenant(context))
}

fn docs(context: &Context) -> Filter<Doc> {
    DocFields::TENANT.eq(tenant(context))
}

fn notes(context: &Context) -> Filter<Note> {
    NoteFields::TENANT.eq(tenant(context))
}

fn labels(context: &Context) -> Filter<Label> {
    LabelFields::TENANT.eq(tenant(context))
}

/// The tenant `a` has the folders 1 and 2, the documents 1 to 4 of which the first two lie in the folder 1, and the notes of
/// the first; `b` has what is numbered 9.
pub const SCHEMA: &str = "
    CREATE TABLE folder (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL);
    CREATE TABLE doc (
        id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, title TEXT NOT NULL, pages INTEGER, secret TEXT,
        folder_id INTEGER REFERENCES folder (id)
    );
    CREATE TABLE note (
        id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, content TEXT NOT NULL,
        doc_id INTEGER NOT NULL REFERENCES doc (id)
    );
    CREATE TABLE label (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL);
    CREATE TABLE doc_label (
        doc_id INTEGER NOT NULL REFERENCES doc (id) ON DELETE CASCADE,
        label_id INTEGER NOT NULL REFERENCES label (id), PRIMARY KEY (doc_id, label_id)
    );
    INSERT INTO folder (id, tenant, name) VALUES (1, 'a', 'In'), (2, 'a', 'Out'), (9, 'b', 'Own');
    INSERT INTO doc (id, tenant, title, pages, secret, folder_id) VALUES
        (1, 'a', 'One', 10, 's1', 1), (2, 'a', 'Two', NULL, 's2', 1), (3, 'a', 'Three', 30, NULL, NULL),
        (4, 'a', 'Four', 40, 's4', 2), (9, 'b', 'Nine', 90, 's9', 9);
    INSERT INTO note (id, tenant, content, doc_id) VALUES (1, 'a', 'x', 1), (2, 'a', 'y', 1), (9, 'b', 'z', 9);
    INSERT INTO label (id, tenant, name) VALUES (1, 'a', 'red'), (2, 'a', 'blue'), (9, 'b', 'green');
    INSERT INTO doc_label (doc_id, label_id) VALUES (1, 1), (1, 2), (2, 1), (9, 9);
";

/// Where the documents lie.
pub const FOLDERS: &str = "SELECT CAST(folder_id AS TEXT) AS value FROM doc ORDER BY id";

/// The titles of the documents.
pub const TITLES: &str = "SELECT title AS value FROM doc ORDER BY id";

/// Which notes there are, with their documents.
pub const NOTES: &str = "SELECT id || '-' || doc_id AS value FROM note ORDER BY id";

/// Which documents have which labels.
pub const LABELLED: &str = "SELECT doc_id || '-' || label_id AS value FROM doc_label ORDER BY doc_id, label_id";

/// A server with the archive.
pub fn archive(mount: impl Fn(&mut ServiceConfig) + Send + Clone + 'static) -> Server {
    Server::start(SCHEMA, mount)
}

/// The representations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    JsonApi,
    Classic,
}

/// A request of the tenant `a`.
#[track_caller]
pub fn send(server: &Server, form: Form, (method, path): (&str, &str), body: Option<&Value>) -> Answer {
    let media_type = if form == Form::JsonApi { JSON_API } else { "application/json" };
    let mut request = server.request(method, path).header("X-Tenant", "a").header("Accept", media_type);
    if let Some(body) = body {
        request = request.header("Content-Type", media_type).body(body.to_string());
    }
    match form {
        Form::JsonApi => request.send(),
        Form::Classic => {
            let answer = request.send_to_anyone();
            conformance::check_classic(&answer);
            answer
        }
    }
}

/// What was noted, in order.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn note(&self, what: impl Into<String>) {
        self.0.lock().expect("a log").push(what.into());
    }

    /// What was noted since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("a log"))
    }
}
