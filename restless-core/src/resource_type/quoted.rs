//! Columns as pieces of SQL, quoted by Diesel once and not again with every statement.

use std::sync::OnceLock;

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

use super::ResourceType;
use crate::dialect::{ByBackend, Dialect, Family, TableName};

/// The columns of a resource type, `"person"."name"`.
pub(crate) struct Quoted {
    pub(crate) key: String,
    /// Diesel's primary key, if it is another column.
    pub(crate) primary_key: Option<String>,
    /// The columns of the attributes, in their order.
    pub(crate) attributes: Vec<String>,
}

/// What is known so far of the columns of a resource type.
pub(super) struct QuotedColumns;

impl Family for QuotedColumns {
    type Of<DB: Dialect> = OnceLock<Quoted>;
}

impl QuotedColumns {
    /// Nothing is known yet.
    pub(super) const fn unknown() -> ByBackend<Self> {
        ByBackend {
            #[cfg(feature = "sqlite")]
            sqlite: OnceLock::new(),
            #[cfg(feature = "postgres")]
            postgres: OnceLock::new(),
            #[cfg(feature = "mysql")]
            mysql: OnceLock::new(),
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            none: std::marker::PhantomData,
        }
    }
}

impl Quoted {
    pub(super) fn of<DB: Dialect>(resource: &ResourceType) -> QueryResult<Self> {
        let quote = |column| DB::render(&Qualified { table: resource.table, column });
        let attributes = resource.attributes.iter().map(|attribute| quote(attribute.column));
        Ok(Self {
            key: quote(resource.key.column)?,
            primary_key: resource.primary_key.as_ref().map(|key| quote(key.column)).transpose()?,
            attributes: attributes.collect::<Result<_, _>>()?,
        })
    }
}

/// `table.column`
struct Qualified {
    table: TableName,
    column: &'static str,
}

impl QueryId for Qualified {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect> QueryFragment<DB> for Qualified {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        write_qualified(self.table, self.column, &mut pass)
    }
}

/// Writes `table.column`.
pub(crate) fn write_qualified<DB: Dialect>(
    table: TableName,
    column: &str,
    pass: &mut AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    table.on::<DB>().walk_ast(pass.reborrow())?;
    pass.push_sql(".");
    pass.push_identifier(column)
}
