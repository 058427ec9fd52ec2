//! One value for each backend that restless serves.

use super::Dialect;

/// A type that differs from backend to backend.
pub trait Family {
    /// The type on one of them.
    type Of<DB: Dialect>;
}

/// A value for each backend that the features of restless choose.
#[derive(Debug)]
pub struct ByBackend<F: Family> {
    #[cfg(feature = "sqlite")]
    pub(crate) sqlite: F::Of<diesel::sqlite::Sqlite>,
    #[cfg(feature = "postgres")]
    pub(crate) postgres: F::Of<diesel::pg::Pg>,
    #[cfg(feature = "mysql")]
    pub(crate) mysql: F::Of<diesel::mysql::Mysql>,
    #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
    pub(crate) none: std::marker::PhantomData<F>,
}
