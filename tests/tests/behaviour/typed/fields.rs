//! Tests of fields, by their types.

use chrono::NaiveDate;
use restless_actix::Status;
use restless_actix::prelude::*;

use super::{Note, Person, PersonFields as P, people, run, server};
use crate::backends::by_backend;

#[test]
fn compare_with_a_value() {
    let server = server();
    let cases = [
        (P::AGE.eq(25.0), "2"),
        (P::AGE.ne(25.0), "1,4"),
        (P::AGE.gt(18.0), "1,2"),
        (P::AGE.ge(19.5), "1,2"),
        (P::AGE.lt(19.5), "4"),
        (P::AGE.le(19.5), "1,4"),
        (P::AGE.between(7.0, 20.0), "1,4"),
        (P::FLOOR.gt(1), "2,3"),
        (P::FLOOR.eq(-1), "4"),
        (P::VIEWS.gt(4_000_000_000), "1"),
        (P::VIEWS.between(-1, 3), "3,4"),
        (P::ID.lt(3), "1,2"),
        (P::IS_ADMIN.eq(true), "1"),
        (P::BORN.lt(date(2000, 2, 29)), "1"),
        (P::BORN.between(date(2000, 2, 29), date(2010, 12, 31)), "2,4"),
        (P::NAME.eq("Mary"), "1"),
        (P::NAME.eq("Lucy".to_owned()), "2"),
        (P::NAME.gt("Lucy"), "1"),
    ];
    for (filter, expected) in cases {
        assert_eq!(people(&server, filter.clone()), expected, "{filter:?}");
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

#[test]
fn compare_with_several_values() {
    let server = server();
    let floors: Vec<i16> = vec![1, 3];
    let cases = [
        (P::FLOOR.in_(&floors), "1,3"),
        (P::FLOOR.not_in(floors.clone()), "2,4"),
        (P::FLOOR.in_([1, 2]), "1,2"),
        (P::NAME.in_(["Mary", "Katy"]), "1,3"),
        (P::NICK.in_(["Moll", "x"]), "1,4"),
        (P::NICK.not_in(["Moll"]), "2,4"),
        (P::AGE.in_([25.0]), "2"),
        (P::VIEWS.in_([7, 5_000_000_000]), "1,2"),
        (P::BORN.in_([date(2000, 2, 29)]), "2"),
        (P::FLOOR.in_(Vec::<i16>::new()), ""),
        (P::FLOOR.not_in(Vec::<i16>::new()), "1,2,3,4"),
    ];
    for (filter, expected) in cases {
        assert_eq!(people(&server, filter.clone()), expected, "{filter:?}");
    }
}

#[test]
fn match_text() {
    let server = server();
    let cases = [
        (P::NAME.like("%y"), "1,2,3"),
        (P::NAME.not_like("%y"), "4"),
        (P::NAME.ilike("m%"), "1"),
        (P::NAME.not_ilike("M%"), "2,3,4"),
        (P::NAME.contains("%_"), "4"),
        (P::NAME.contains("c"), "2"),
        (P::NAME.starts_with("100%"), "4"),
        (P::NAME.ends_with(String::from("\\!")), "4"),
        (P::NICK.like("%o%"), "1"),
    ];
    for (filter, expected) in cases {
        assert_eq!(people(&server, filter.clone()), expected, "{filter:?}");
    }
}

#[test]
fn may_have_no_value() {
    let server = server();
    assert_eq!(people(&server, P::AGE.is_null()), "3");
    assert_eq!(people(&server, P::AGE.is_not_null()), "1,2,4");
}

#[test]
fn compare_with_one_another() {
    let server = server();
    assert_eq!(people(&server, P::NAME.eq_field(P::NICK)), "2");
    assert_eq!(people(&server, P::NICK.ne_field(P::NAME)), by_backend("1,4", "1,4", "1,4"));
    assert_eq!(people(&server, P::MANAGER_ID.lt_field(P::ID)), "2,3,4");
    assert_eq!(people(&server, P::MANAGER_ID.ge_field(P::ID)), "");
    assert_eq!(people(&server, P::ID.le_field(P::MANAGER_ID)), "");
    assert_eq!(people(&server, P::ID.gt_field(P::MANAGER_ID)), "2,3,4");
}

#[test]
fn are_combined() {
    let server = server();
    let cases = [
        (P::AGE.gt(18.0).and(P::NAME.like("%r%")), "1"),
        (P::AGE.gt(18.0).or(P::NAME.eq("Katy")), "1,2,3"),
        (P::AGE.gt(18.0).and(P::FLOOR.lt(2)).or(P::ID.eq(3)), "1,3"),
        (P::AGE.gt(18.0).not(), "4"),
        (!(P::ID.eq(1) | P::ID.eq(2)) & P::AGE.is_not_null(), "4"),
        (Filter::all([]), "1,2,3,4"),
        (Filter::any([]), ""),
        (Filter::any([P::ID.eq(1), P::ID.eq(4)]), "1,4"),
        (Filter::all([P::ID.gt(1), P::ID.lt(3)]), "2"),
    ];
    for (filter, expected) in cases {
        assert_eq!(people(&server, filter.clone()), expected, "{filter:?}");
    }
}

#[test]
fn are_those_that_no_client_reads_too() {
    let server = server();
    assert_eq!(people(&server, P::NICK.eq("Moll")), "1");
    assert_eq!(people(&server, P::NOTE.eq(Note("new".to_owned()))), "3");
    assert_eq!(people(&server, P::NOTE.is_null()), "2,4");
    assert_eq!(people(&server, P::MANAGER_ID.eq(1)), "2,3");
}

#[test]
fn refuse_what_a_column_cannot_do() {
    let server = server();
    let loaded =
        run(&server, |database| async move { Person::fetch().filter(P::IS_ADMIN.lt(true)).load(&database).await });
    let error = loaded.expect_err("booleans without an order");
    assert_eq!(error.status(), Status::BAD_REQUEST);
    let loaded =
        run(&server, |database| async move { Person::fetch().filter(P::NAME.like("a\\")).load(&database).await });
    assert!(loaded.expect_err("an unfinished pattern").detail().contains("backslash"));
}
