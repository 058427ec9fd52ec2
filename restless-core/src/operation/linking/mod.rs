//! Changes of relationships: planned from what a client wrote, applied within the transaction of its request.

mod apply;
mod asked;
mod foreign_key;
mod members;
mod permission;
mod plan;
mod rows;

pub(super) use apply::{Owner, apply};
pub(super) use foreign_key::ForeignKeyValue;
pub(super) use members::{bind_reference, malformed, resolve};
pub(super) use permission::{CHANGES, check_method, check_other_end, check_own};
pub(super) use plan::{Change, LinkChange, Manner, Member, Naming};
pub(super) use rows::reference_json;
