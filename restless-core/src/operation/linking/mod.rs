//! Changes of relationships: planned from what a client wrote, applied within the transaction of its request.

mod apply;
mod asked;
mod foreign_key;
mod members;
mod plan;

pub(super) use apply::{Owner, apply};
pub(super) use foreign_key::ForeignKeyValue;
pub(super) use members::{bind_reference, resolve};
pub(super) use plan::{Change, LinkChange, Manner, Member};
