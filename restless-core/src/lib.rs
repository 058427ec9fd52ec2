//! The engine of restless.
#![warn(missing_docs)]
mod api;
pub mod backend;
mod document;
mod endpoint;
mod error;
mod method;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod log_id;
mod negotiation;
mod operation;
mod preference;
mod query;
mod request;
mod resource_type;
mod response;
mod service;
mod statement;
mod value;
pub(crate) use __private as private;
pub use api::ResourceApi;
pub use backend::{Database, DatabaseBuilder};
pub use error::{Error, Errors, Source, Status};
pub use method::Method;
pub use request::{Body, Request, RequestMethod};
pub use resource_type::{Access, Attribute, Count, Key, KeyType, Model, Resource, ResourceType, ResourceTypes, Settings};
pub use response::Response;
pub use service::Service;
pub use statement::Fragment;
pub use value::{BySerde, Clock, Codec, Fits, Kind, Wire};
