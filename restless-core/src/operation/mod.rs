//! What requests mean, whatever their representation: one file per operation, each reads parse, check, execute.

mod application;
mod asked_link;
mod asked_row;
mod assigned;
mod change_relationship;
mod changes;
mod check_exists;
mod chronology;
mod compound;
mod create;
mod delete;
mod delete_resource;
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
mod reading;
mod records;
mod refusal;
mod related;
mod remove_member;
mod resource_object;
mod returned;
mod shape;
mod site;
mod spelling;
mod update;
mod whole;

pub(crate) use change_relationship::ChangeRelationship;
pub(crate) use check_exists::CheckExists;
pub(crate) use compound::{Compound, Resources};
pub(crate) use create::{AskedCreate, Create};
pub(crate) use delete_resource::DeleteResource;
pub(crate) use evaluate::{Evaluate, Evaluation};
pub(crate) use fetch_collection::FetchCollection;
pub(crate) use fetch_models::{CountModels, FetchModels, Found, Total};
pub(crate) use fetch_one::FetchOne;
pub(crate) use fetch_relationship::FetchRelationship;
pub(crate) use hooks::{
    Deletion, Linked, RowHooks, RowMoment, Unasked, Updated, WithHooks, WriteOperation, WriteSession,
};
pub(crate) use incoming::{
    Assigned, Description, Fate, Given, Identifier, Incoming, IncomingData, IncomingLinkage, IncomingNested,
    IncomingRelationship, NestedChange, Place, Removal, Untouched, key_text,
};
pub(crate) use many::{DeleteMany, UpdateMany};
pub(crate) use outcome::{Linkage, Outcome, Page};
pub(crate) use reading::{Reading, below};
pub(crate) use records::{Record, Records};
pub(crate) use related::RelatedTo;
pub(crate) use remove_member::RemoveMember;
pub use resource_object::ResourceObject;
pub(crate) use site::Site;
pub(crate) use update::{AskedUpdate, Preference, UpdateResource};
pub(crate) use whole::WholeRow;

use crate::backend::Session;
use crate::error::Errors;

/// Makes what follows one transaction.
pub(crate) async fn begin<S: Session>(session: &S) -> Result<(), Errors> {
    session.begin().await.map_err(|error| refusal::of_read(error).into())
}
