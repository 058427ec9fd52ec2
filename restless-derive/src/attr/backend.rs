//! The backends that a model is served from.

use syn::Path;

/// A backend that the core knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// `diesel::sqlite::Sqlite`
    Sqlite,
    /// `diesel::pg::Pg`
    Postgres,
    /// `diesel::mysql::Mysql`
    Mysql,
}

impl Backend {
    /// All of them, in the order in which they are expanded.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// The backend that a path of `check_for_backend` names; nothing for one that the core does not know.
    pub fn named(path: &Path) -> Option<Self> {
        let last = path.segments.last()?;
        Self::ALL.into_iter().find(|backend| last.ident == backend.type_name())
    }

    /// Its name in the core's macros.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// The core's type that stands for it.
    pub fn marker(self) -> &'static str {
        match self {
            Self::Sqlite => "OnSqlite",
            Self::Postgres => "OnPostgres",
            Self::Mysql => "OnMysql",
        }
    }

    /// The name of Diesel's type for it.
    fn type_name(self) -> &'static str {
        match self {
            Self::Sqlite => "Sqlite",
            Self::Postgres => "Pg",
            Self::Mysql => "Mysql",
        }
    }
}
