//! Tests of relationships.

use super::{ComputerFields as C, PersonFields as P, computers, people, server};

#[test]
fn lead_to_such_a_resource() {
    let server = server();
    assert_eq!(people(&server, P::COMPUTERS.any(C::VENDOR.eq("Apple"))), "1,2");
    assert_eq!(people(&server, P::COMPUTERS.any(C::VENDOR.eq("Apple")).not()), "3,4");
    assert_eq!(people(&server, P::MANAGER.has(P::NAME.eq("Mary"))), "2,3");
    assert_eq!(computers(&server, C::OWNER.has(P::AGE.lt(20.0))), "a,b");
}

#[test]
fn lead_over_several_others() {
    let server = server();
    assert_eq!(people(&server, P::MANAGER.has(P::COMPUTERS.any(C::VENDOR.eq("Dell")))), "2,3");
    assert_eq!(people(&server, P::REPORTS.any(P::REPORTS.any(P::AGE.eq(7.0)))), "1");
    assert_eq!(computers(&server, C::OWNER.has(P::MANAGER.has(P::IS_ADMIN.eq(true)))), "c");
}

#[test]
fn lead_nowhere_or_somewhere() {
    let server = server();
    assert_eq!(people(&server, P::MANAGER.is_null()), "1");
    assert_eq!(people(&server, P::MANAGER.is_not_null()), "2,3,4");
    assert_eq!(people(&server, P::COMPUTERS.is_null()), "3,4");
    assert_eq!(people(&server, P::COMPUTERS.is_not_null()), "1,2");
    assert_eq!(computers(&server, C::OWNER.is_null()), "d");
}

#[test]
fn test_fields_that_no_client_reads() {
    let server = server();
    assert_eq!(computers(&server, C::OWNER.has(P::NOTE.is_not_null())), "a,b");
    assert_eq!(computers(&server, C::OWNER.has(P::NICK.eq("Lucy"))), "c");
}
