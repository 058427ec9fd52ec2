//! The application's functions, methods, types and processors are named by their paths.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(row_filter = rule(), validate = |_| Ok(()), processors = Audit, field_access = 7)]
#[restless(computed = name, serializer = "Badge", deserializer(Badge))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(query, validate, processors(), fields, computed(), serializer, deserializer)]
struct Animal {
    id: i32,
}

#[derive(Restless)]
#[restless(row_filter = a, row_filter = b, validate = a, validate = b, processors(A), processors(B))]
#[restless(field_access = a, field_access = b, computed(a), computed(b), serializer = A, serializer = B, deserializer = A)]
#[restless(deserializer = B, computed("name"), computed(self::name))]
struct Plant {
    id: i32,
}

fn main() {}
