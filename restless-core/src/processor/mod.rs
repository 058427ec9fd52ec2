//! Processors: the application's own code at the moments of a request, on a resource or on an `Api`.

mod change;
mod changes;
mod check;
mod closure;
mod confinement;
mod hooks;
mod moment;
mod moments;
mod of_api;
mod query;
mod relation;
mod response_resources;
mod row;
mod typed;
mod write;

pub(crate) use check::InRequest;
pub(crate) use closure::{Led, close};
pub(crate) use confinement::note_refusal;
pub(crate) use hooks::{Hooks, Run, each};
pub(crate) use moment::{AfterRead, BeforeRead, Hook, Moment, OfApi, OfResource};
pub(crate) use write::{InTransaction, Written};

pub use change::Change;
pub use changes::Changes;
pub use check::Check;
pub use of_api::ApiProcessor;
pub use query::Query;
pub use relation::{Members, Relation};
pub use response_resources::{AnyResource, ResponseResources};
pub use row::Row;
pub use typed::Processor;
