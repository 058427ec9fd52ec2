//! Models: the Rust types that the derive turns into resource types.

use super::{Codecs, Keys, ResourceType};
use crate::dialect::Dialect;

/// A struct with `#[derive(Restless)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no resource of restless",
    label = "expected a model with `#[derive(Restless)]`",
    note = "add `#[derive(Restless)]` to `{Self}`"
)]
pub trait Model: Sized + 'static {
    /// The type of the field that is its key.
    type Key;

    /// The table whose rows it is.
    type Table;

    /// The backends that it is made for: a list such as `(OnSqlite, (OnPostgres, ()))`.
    type Backends;

    /// The types of its keys.
    const KEYS: Keys = Keys::UNKNOWN;

    /// Its description.
    fn resource_type() -> &'static ResourceType;
}

/// SQLite in the list of a model's backends.
#[derive(Debug, Clone, Copy)]
pub enum OnSqlite {}

/// PostgreSQL in the list of a model's backends.
#[derive(Debug, Clone, Copy)]
pub enum OnPostgres {}

/// MySQL and MariaDB in the list of a model's backends.
#[derive(Debug, Clone, Copy)]
pub enum OnMysql {}

/// The list of all backends.
pub type EveryBackend = (OnSqlite, (OnPostgres, (OnMysql, ())));

/// A [`Model`] on one backend.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no resource of restless",
    label = "expected a model with `#[derive(Restless)]`",
    note = "add `#[derive(Restless)]` to `{Self}`; a `check_for_backend` of its own may leave a backend out"
)]
pub trait Resource<DB: Dialect>: Model {
    /// How the values of its fields travel.
    fn codecs() -> &'static Codecs<DB>;
}
