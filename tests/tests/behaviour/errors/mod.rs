//! What the database refuses, in words for the client.

mod constraints;
mod failures;
mod names;
mod relationships;
