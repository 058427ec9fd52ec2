//! What the servers and the program that measures them have in common.

pub mod connection;
pub mod database;
pub mod schema;
pub mod served;
