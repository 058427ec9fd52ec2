//! What requests mean, whatever their representation: one file per operation, each reads parse, check, execute.

mod application;
mod asked_row;
mod assigned;
mod change_relationship;
mod changes;
mod check_exists;
mod chronology;
mod command;
mod compound;
mod create;
mod delete;
mod delete_resource;
mod endpoint_ref;
mod evaluate;
mod fetch_collection;
mod fetch_models;
mod fetch_one;
mod fetch_relationship;
mod foreign_keys;
mod hooks;
mod incoming;
mod insertion;
mod kept;
mod linking;
mod many;
mod model_columns;
mod modification;
mod nested;
mod outcome;
mod read;
mod reading;
mod records;
mod refusal;
mod related;
mod remove_member;
mod resource_object;
mod returned;
mod shape;
mod spelling;
mod target;
mod update;
mod whole;
mod write;

pub(crate) use crate::registry::EndpointRef;
pub(crate) use check_exists::CheckExists;
pub(crate) use command::{Asked, Command, Fetch};
pub(crate) use compound::{Compound, RecordRef, Resources};
use evaluate::Evaluate;
pub(crate) use evaluate::Evaluation;
use fetch_collection::FetchCollection;
pub(crate) use fetch_models::{CountModels, FetchModels, Found, Total};
use fetch_one::FetchOne;
use fetch_relationship::FetchRelationship;
pub(crate) use hooks::{
    Deletion, Linked, RowHooks, RowMoment, Unasked, Updated, WithHooks, WriteOperation, WriteSession,
};
pub(crate) use incoming::{
    Assigned, Description, Fate, Given, Identifier, Incoming, IncomingData, IncomingLinkage, IncomingNested,
    IncomingRelationship, NestedChange, Place, Removal, Untouched, key_text,
};
pub(crate) use outcome::{Linkage, Outcome, Page};
pub(crate) use read::Read;
pub(crate) use reading::{Reading, below};
pub(crate) use records::{Record, Records};
pub(crate) use related::RelatedTo;
pub use resource_object::ResourceObject;
pub(crate) use target::{Target, decode};
pub(crate) use update::Preference;
pub(crate) use whole::WholeRow;
pub(crate) use write::Write;

use crate::backend::Session;
use crate::error::Errors;

/// Makes what follows one transaction.
pub(crate) async fn begin<S: Session>(session: &S) -> Result<(), Errors> {
    session.begin().await.map_err(|error| refusal::of_read(error).into())
}
