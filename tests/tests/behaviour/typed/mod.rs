//! Typed filters and fetching in the application's own code.

mod fetch;
mod fields;
mod hidden;
mod names;
mod relationships;
mod sql;

use std::future::Future;

use chrono::NaiveDate;
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::backends::Backend;
use crate::server::Server;
use crate::statements;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Double>,
        floor -> SmallInt,
        views -> BigInt,
        is_admin -> Bool,
        born -> Nullable<Date>,
        nick -> Nullable<Text>,
        note -> Nullable<Text>,
        manager_id -> Nullable<Integer>,
    }
}

diesel::table! {
    computer (serial) {
        serial -> Text,
        vendor -> Nullable<Text>,
        owner_id -> Nullable<Integer>,
    }
}

/// Has fields of many types, of which clients see not all.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, POST, PATCH, DELETE), rename_all = "camelCase")]
#[restless(belongs_to(manager: Self, foreign_key = manager_id))]
#[restless(has_many(computers: Computer, foreign_key = computer::owner_id))]
#[restless(has_many(reports: Self, foreign_key = person::manager_id))]
pub struct Person {
    pub id: i32,
    pub name: String,
    pub age: Option<f64>,
    pub floor: i16,
    pub views: i64,
    pub is_admin: bool,
    pub born: Option<NaiveDate>,
    #[restless(write_only)]
    pub nick: Option<String>,
    #[restless(skip)]
    pub note: Option<Note>,
    pub manager_id: Option<i32>,
}

/// A text that serde does not know.
#[derive(Debug, Clone, PartialEq, Eq, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Note(pub String);

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Restless)]
#[diesel(table_name = computer, primary_key(serial))]
#[restless(belongs_to(owner: Person, foreign_key = owner_id))]
pub struct Computer {
    pub serial: String,
    pub vendor: Option<String>,
    pub owner_id: Option<i32>,
}

mod note {
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Text;

    use super::Note;

    impl<DB: Backend> FromSql<Text, DB> for Note
    where
        String: FromSql<Text, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            String::from_sql(bytes).map(Note)
        }
    }

    impl<DB: Backend> ToSql<Text, DB> for Note
    where
        String: ToSql<Text, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }
}

const TABLES: &str = "
    CREATE TABLE person (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, age DOUBLE, floor SMALLINT NOT NULL, views BIGINT NOT NULL,
        is_admin BOOLEAN NOT NULL, born DATE, nick TEXT, note TEXT, manager_id INTEGER REFERENCES person (id)
    );
    CREATE TABLE computer (serial TEXT PRIMARY KEY, vendor TEXT, owner_id INTEGER REFERENCES person (id));
    INSERT INTO person VALUES (1, 'Mary', 19.5, 1, 5000000000, TRUE, '1990-02-28', 'Moll', 'old', NULL);
    INSERT INTO person VALUES (2, 'Lucy', 25, 2, 7, FALSE, '2000-02-29', 'Lucy', NULL, 1);
    INSERT INTO person VALUES (3, 'Katy', NULL, 3, 3, FALSE, NULL, NULL, 'new', 1);
    INSERT INTO person VALUES (4, '100%_\\!', 7, -1, -1, FALSE, '2010-12-31', 'x', NULL, 2);
    INSERT INTO computer VALUES ('a', 'Apple', 1), ('b', 'Dell', 1), ('c', 'Apple', 2), ('d', NULL, NULL);
";

/// A server with four people and four computers.
fn server() -> Server {
    statements::watch(&tables(), |services| {
        services.service(Person::api_scope()).service(Computer::api_scope());
    })
}

/// MySQL takes a backslash in a literal for the beginning of something else.
fn tables() -> String {
    if Backend::current() == Backend::Mysql { TABLES.replace('\\', r"\\") } else { TABLES.to_owned() }
}

/// Runs the application's own code on the database of the server.
fn run<T: Send + 'static, F>(server: &Server, work: impl FnOnce(Database) -> F + Send + 'static) -> T
where
    F: Future<Output = T>,
{
    let database = server.database.clone().expect("a database");
    let name = server.log_name();
    let ran = std::thread::spawn(move || {
        statements::attribute_to(&name);
        actix_web::rt::System::new().block_on(work(database))
    });
    ran.join().expect("code that does not panic")
}

/// A query string as it stands in a URL.
fn encoded(query: &str) -> String {
    [("{", "%7B"), ("}", "%7D"), ("\"", "%22")]
        .iter()
        .fold(query.to_owned(), |query, (letter, code)| query.replace(letter, code))
}

/// The ids of the people that pass.
fn people(server: &Server, filter: Filter<Person>) -> String {
    let page = run(server, |database| async move { Person::fetch().filter(filter).load(&database).await });
    let ids: Vec<String> = page.expect("people").iter().map(|person| person.id.to_string()).collect();
    ids.join(",")
}

/// The serial numbers of the computers that pass.
fn computers(server: &Server, filter: Filter<Computer>) -> String {
    let page = run(server, |database| async move { Computer::fetch().filter(filter).load(&database).await });
    page.expect("computers").into_iter().map(|computer| computer.serial).collect::<Vec<_>>().join(",")
}
