//! A resource has neither type parameters nor lifetimes nor constants.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person<T> {
    id: T,
}

#[derive(Restless)]
struct Computer<'a> {
    id: i32,
    vendor: &'a str,
}

#[derive(Restless)]
struct Article<const N: usize> {
    id: [u8; N],
}

fn main() {}
