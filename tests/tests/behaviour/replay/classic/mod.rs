//! The cases of the classic format: what was mounted, and what the database held.

mod models;
mod mount;

pub use mount::server;
