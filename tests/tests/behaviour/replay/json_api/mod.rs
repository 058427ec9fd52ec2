//! The cases of JSON:API: what was mounted, and what the database held.

mod models;
mod mount;
mod people;

pub use mount::server;
