//! Filters: what resources must satisfy, as a tree of clauses that clients write as text and applications as typed
//! Rust, and what those mean in SQL.

mod application;
mod path;
mod resolver;
mod subject;
mod visible;

pub(crate) use application::and;
pub(crate) use path::{Aliases, Rows};
pub(crate) use resolver::Resolver;
pub(crate) use subject::Reader;
pub(crate) use visible::{only_visible, visible};
