//! The engine of restless: JSON:API and the classic format of Flask-Restless over Diesel, without a web framework.
//!
//! Applications use it through an adapter such as `restless-actix`, which turns requests into [`Request`]s, hands them
//! to a [`Pipeline`] and turns its [`Response`]s back. What a resource type is, its [`ResourceType`] says: plain data
//! that the derive writes, and that everything here reads.
//!
//! The way of a request leads downwards through the modules: `pipeline` routes it, `negotiation` looks at its media
//! types, `representation` and `query` read it, `operation` plans and runs what it means, `statement` is the SQL, `backend`
//! runs it, and `representation` writes what came of it.
#![warn(missing_docs)]
// Without a backend nothing reaches the engine.
#![cfg_attr(
    not(any(feature = "sqlite", feature = "postgres", feature = "mysql")),
    allow(dead_code, unused_imports, unused_variables, unused_mut)
)]
// Which rows a write waits for matters where connections to a server are shared.
#![cfg_attr(not(any(feature = "postgres", feature = "mysql")), allow(dead_code))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "actix-web")]
mod actix;
mod api;
mod backend;
mod base_url;
mod clause;
mod context;
mod dialect;
mod endpoint;
mod error;
mod fetch;
mod filter;
mod json;
mod log_id;
mod method;
mod negotiation;
mod operation;
mod operators;
mod pipeline;
mod preference;
mod processor;
mod query;
mod registry;
mod representation;
mod request;
mod resource_type;
mod response;

mod shown;
mod statement;
mod typed;
mod value;

pub use api::{Api, ResourceApi};
#[cfg(any(
    all(feature = "sqlite", feature = "postgres"),
    all(feature = "sqlite", feature = "mysql"),
    all(feature = "postgres", feature = "mysql")
))]
pub use backend::AnyConnection;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub use backend::Blocking;
pub use backend::DatabaseConnection;
#[cfg(feature = "mysql")]
pub use backend::MysqlConnection;
#[cfg(feature = "postgres")]
pub use backend::PostgresConnection;
pub use backend::{Database, DatabaseBuilder, Isolation};
pub use base_url::Forwarded;
pub use context::Context;
pub use dialect::{BindOnMysql, BindOnPostgres, BindOnSqlite, Clock, Dialect, Fragment, InList, Kind, Violation};
pub use error::{Error, Errors, Source, Status, ValidationErrors};
pub use fetch::{Fetch, Fetchable, LoadFrom, Page};
pub use method::Method;
pub use operation::ResourceObject;
pub use operators::{CustomOperator, OperatorSql};
pub use pipeline::{Admitted, Pipeline, Shown, refuse};
pub use processor::{
    AnyResource, ApiProcessor, Change, Changes, Members, Processor, Query, Relation, ResponseResources, Row,
};
pub use request::{Body, Request, RequestMethod};
pub use resource_type::{
    Access, Attribute, Count, Deserializer, ForeignKeyType, Format, Key, KeyOf, KeySqlType, KeyType, Keys, Limits,
    Model, OnDelete, Paths, Readable, Reference, Relationship, Resource, ResourceType, Serializer, Settings, Transfer,
};
pub use response::Response;
pub use typed::{
    Field, FieldAccess, Filter, MemberOf, Nullability, Nullable, Ordered, Required, Textual, ToMany, ToOne, Value,
};
pub use value::{BySerde, Codec, ColumnType, JsonFormat};
