//! The cases of JSON:API: what was mounted, and what the database held.

mod models;
mod mount;

pub use mount::server;
