//! Models from the application's own code.

use diesel::prelude::*;
use restless_actix::Status;
use restless_actix::prelude::*;

use super::{Computer, Person, PersonFields as P, run, server};
use crate::backends::Backend;
use crate::statements::statements;

/// The ids of people, and the total.
fn ids(page: &Page<Person>) -> (Vec<i32>, u64) {
    (page.iter().map(|person| person.id).collect(), page.total)
}

#[test]
fn reads_every_field() {
    let server = server();
    let mary = run(&server, |database| async move { Person::find(&database, 1).await }).expect("no error");
    let mary = mary.expect("Mary");
    assert_eq!((mary.name.as_str(), mary.views, mary.is_admin), ("Mary", 5_000_000_000, true));
    assert_eq!(mary.note.expect("a note").0, "old");
    assert_eq!(mary.nick.as_deref(), Some("Moll"));
}

#[test]
fn finds_by_the_type_of_the_key() {
    let server = server();
    let (nobody, computer) =
        run(
            &server,
            |database| async move { (Person::find(&database, 9).await, Computer::find(&database, "c").await) },
        );
    assert_eq!(nobody.expect("no error"), None);
    assert_eq!(computer.expect("no error").expect("a computer").owner_id, Some(2));
    let sql = statements(&server);
    assert_eq!(sql.len(), 2, "{sql:?}");
    assert!(!sql[0].contains("ORDER BY"), "{sql:?}");
}

#[test]
fn sorts_and_takes_a_page() {
    let server = server();
    let pages = run(&server, |database| async move {
        let fetch = |number| Person::fetch().filter(P::AGE.is_not_null()).sort("-age").page(number, 2);
        [fetch(1).load(&database).await, fetch(2).load(&database).await, fetch(3).load(&database).await]
    });
    let [first, second, third] = pages.map(|page| page.expect("a page"));
    assert_eq!(ids(&first), (vec![2, 1], 3));
    assert_eq!(ids(&second), (vec![4], 3));
    assert_eq!(ids(&third), (vec![], 3));
    assert_eq!((second.number, second.size, second.pages()), (2, 2, 2));
}

#[test]
fn fetches_everything_without_a_page() {
    let server = server();
    let everybody = run(&server, |database| async move { Person::fetch().load(&database).await }).expect("people");
    assert_eq!(ids(&everybody), (vec![1, 2, 3, 4], 4));
    assert_eq!((everybody.number, everybody.size, everybody.pages()), (1, 4, 1));
    assert_eq!(everybody.into_iter().map(|person| person.floor).sum::<i16>(), 5);
}

#[test]
fn sorts_by_fields_that_no_client_reads_and_by_related_ones() {
    let server = server();
    let sorted = |keys: &'static str| {
        let page = run(&server, move |database| async move { Person::fetch().sort(keys).load(&database).await });
        ids(&page.expect("people")).0
    };
    assert_eq!(sorted("-isAdmin,floor"), [1, 4, 2, 3]);
    assert_eq!(
        sorted("-managerId,-id"),
        if Backend::current() == Backend::Postgres { [1, 4, 3, 2] } else { [4, 3, 2, 1] }
    );
    assert_eq!(sorted("-id"), [4, 3, 2, 1]);
    let by_note = sorted("-note,id");
    assert!(by_note == [1, 3, 2, 4] || by_note == [2, 4, 1, 3], "{by_note:?}");
    let by_nick_of_managers = sorted("manager.nick,id");
    assert!(by_nick_of_managers.windows(2).any(|two| two == [4, 2]), "{by_nick_of_managers:?}");
}

#[test]
fn takes_the_first_and_counts() {
    let server = server();
    let (first, none, count) = run(&server, |database| async move {
        (
            Person::fetch().sort("-floor").first(&database).await,
            Person::fetch().filter(P::ID.gt(9)).first(&database).await,
            Person::fetch().filter(P::AGE.gt(18.0)).count(&database).await,
        )
    });
    assert_eq!(first.expect("no error").expect("a person").id, 3);
    assert_eq!(none.expect("no error"), None);
    assert_eq!(count.expect("no error"), 2);
}

#[test]
fn is_one_statement_and_one_for_the_total() {
    let server = server();
    statements(&server);
    run(&server, |database| async move { Person::fetch().page(1, 10).load(&database).await }).expect("people");
    assert_eq!(statements(&server).len(), 1);
    run(&server, |database| async move { Person::fetch().page(1, 2).load(&database).await }).expect("people");
    assert_eq!(statements(&server).len(), 2);
}

#[test]
fn refuses_what_it_does_not_know() {
    let server = server();
    let details = run(&server, |database| async move {
        let sorted = |keys: &str| Person::fetch().sort(keys);
        [
            sorted("shoe").load(&database).await,
            sorted("computers.vendor").load(&database).await,
            sorted("manager").load(&database).await,
            sorted("manager.shoe").load(&database).await,
            sorted("name,").load(&database).await,
            Person::fetch().page(0, 2).load(&database).await,
            Person::fetch().page(1, 0).load(&database).await,
            Person::fetch().page(u64::MAX, u64::MAX).load(&database).await,
        ]
    });
    for loaded in details {
        let error = loaded.expect_err("a refusal");
        assert_eq!(error.status(), Status::BAD_REQUEST, "{error}");
    }
}

diesel::table! {
    elsewhere (id) {
        id -> Integer,
    }
}

/// Made for one of the databases.
#[derive(Debug, Queryable, Selectable, Restless)]
#[diesel(table_name = elsewhere, check_for_backend(diesel::sqlite::Sqlite))]
struct Elsewhere {
    id: i32,
}

/// A value that Diesel reads and does not write.
#[derive(Debug, PartialEq, diesel::deserialize::FromSqlRow)]
struct ReadAlone(i32);

impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Integer, DB> for ReadAlone
where
    i32: diesel::deserialize::FromSql<diesel::sql_types::Integer, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        i32::from_sql(bytes).map(ReadAlone)
    }
}

#[derive(Debug, Queryable, Selectable, Restless)]
#[diesel(table_name = crate::models::computer)]
struct Thing {
    id: i32,
    #[restless(skip)]
    #[diesel(column_name = owner_id)]
    owner: Option<ReadAlone>,
    #[restless(skip)]
    #[diesel(select_expression = crate::models::computer::id + 1_i32)]
    next: i32,
}

#[test]
fn reads_what_it_cannot_test() {
    let server = crate::models::with_rows("INSERT INTO computer (id, name, owner_id) VALUES (1, 'a', NULL)");
    let (found, tested) = run(&server, |database| async move {
        (Thing::find(&database, 1).await, Thing::fetch().filter(ThingFields::OWNER.is_null()).load(&database).await)
    });
    let found = found.expect("no error").expect("a thing");
    assert_eq!((found.owner, found.next), (None, 2));
    assert_eq!(tested.expect_err("a type that Diesel does not write").status(), Status::BAD_REQUEST);
}

#[test]
fn serves_a_model_of_one_database_there_alone() {
    let server = server();
    server.execute("CREATE TABLE elsewhere (id INTEGER PRIMARY KEY); INSERT INTO elsewhere VALUES (7)");
    let (found, counted) = run(&server, |database| async move {
        (
            Elsewhere::find(&database, 7).await,
            Elsewhere::fetch().filter(ElsewhereFields::ID.eq(7)).count(&database).await,
        )
    });
    if Backend::current() == Backend::Sqlite {
        assert_eq!(found.expect("no error").expect("a row").id, 7);
        assert_eq!(counted.expect("no error"), 1);
    } else {
        assert_eq!(found.expect_err("another database").status(), Status::INTERNAL_SERVER_ERROR);
        assert_eq!(counted.expect_err("another database").status(), Status::INTERNAL_SERVER_ERROR);
    }
}
