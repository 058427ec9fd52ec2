//! What requests mean, whatever their representation: one file per operation, each reads parse, check, execute.

mod changes;
mod create;
mod delete;
mod fetch_collection;
mod fetch_resource;
mod incoming;
mod outcome;
mod records;
mod refusal;
mod update;

pub(crate) use create::Create;
pub(crate) use delete::DeleteResource;
pub(crate) use fetch_collection::FetchCollection;
pub(crate) use fetch_resource::FetchResource;
pub(crate) use incoming::{Incoming, Place};
pub(crate) use outcome::{Outcome, Page};
pub(crate) use records::{Record, Records};
pub(crate) use update::{Preference, UpdateResource};
