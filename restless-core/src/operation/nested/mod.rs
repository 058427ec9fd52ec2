//! Related resources that a client writes together with a resource: by their keys, with new values, or new ones.

mod draft;
mod member;
mod plan;
mod removed;
mod write;

pub(super) use plan::Nested;
pub(super) use write::{write_referred, write_related};
