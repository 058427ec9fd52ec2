//! Models: the Rust types that the derive turns into resource types.

use super::{Keys, ResourceType};
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

    /// Its description on each backend that it is made for.
    fn resource_types() -> ResourceTypes;
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

/// A [`Model`] on one backend.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no resource of restless",
    label = "expected a model with `#[derive(Restless)]`",
    note = "add `#[derive(Restless)]` to `{Self}`; a `check_for_backend` of its own may leave a backend out"
)]
pub trait Resource<DB: Dialect>: Model {
    /// Its description.
    fn resource_type() -> &'static ResourceType<DB>;
}

/// The descriptions of one model, by backend.
#[derive(Clone, Copy, Default)]
pub struct ResourceTypes {
    #[cfg(feature = "sqlite")]
    pub(crate) sqlite: Option<&'static ResourceType<diesel::sqlite::Sqlite>>,
    #[cfg(feature = "postgres")]
    pub(crate) postgres: Option<&'static ResourceType<diesel::pg::Pg>>,
    #[cfg(feature = "mysql")]
    pub(crate) mysql: Option<&'static ResourceType<diesel::mysql::Mysql>>,
}

impl ResourceTypes {
    /// None at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether they are those of the same model.
    pub(crate) fn are_those(self, other: Self) -> bool {
        [
            #[cfg(feature = "sqlite")]
            (self.sqlite.map(std::ptr::from_ref) == other.sqlite.map(std::ptr::from_ref)),
            #[cfg(feature = "postgres")]
            (self.postgres.map(std::ptr::from_ref) == other.postgres.map(std::ptr::from_ref)),
            #[cfg(feature = "mysql")]
            (self.mysql.map(std::ptr::from_ref) == other.mysql.map(std::ptr::from_ref)),
        ]
        .iter()
        .all(|is_same: &bool| *is_same)
    }

    /// Adds the description for SQLite.
    #[cfg(feature = "sqlite")]
    #[must_use]
    pub fn sqlite<M: Resource<diesel::sqlite::Sqlite>>(mut self) -> Self {
        self.sqlite = Some(M::resource_type());
        self
    }

    /// Adds the description for PostgreSQL.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub fn postgres<M: Resource<diesel::pg::Pg>>(mut self) -> Self {
        self.postgres = Some(M::resource_type());
        self
    }

    /// Adds the description for MySQL and MariaDB.
    #[cfg(feature = "mysql")]
    #[must_use]
    pub fn mysql<M: Resource<diesel::mysql::Mysql>>(mut self) -> Self {
        self.mysql = Some(M::resource_type());
        self
    }

    /// What the model's attributes say of its endpoint, on whichever backend it is described for.
    /// The names of the backends that the model is made for.
    pub(crate) fn backends(self) -> Vec<&'static str> {
        let backends: &[(&'static str, bool)] = &[
            #[cfg(feature = "sqlite")]
            ("sqlite", self.sqlite.is_some()),
            #[cfg(feature = "postgres")]
            ("postgres", self.postgres.is_some()),
            #[cfg(feature = "mysql")]
            ("mysql", self.mysql.is_some()),
        ];
        backends.iter().filter(|(_, is_made)| *is_made).map(|(name, _)| *name).collect()
    }

    pub(crate) fn settings(self) -> Option<super::Settings> {
        let settings: &[Option<super::Settings>] = &[
            #[cfg(feature = "sqlite")]
            self.sqlite.map(|resource| resource.settings.clone()),
            #[cfg(feature = "postgres")]
            self.postgres.map(|resource| resource.settings.clone()),
            #[cfg(feature = "mysql")]
            self.mysql.map(|resource| resource.settings.clone()),
        ];
        settings.iter().flatten().next().cloned()
    }
}
