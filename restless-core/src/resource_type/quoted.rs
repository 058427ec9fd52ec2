//! Columns as pieces of SQL, quoted by Diesel once and not again with every statement.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

use super::{ResourceType, TableName};
use crate::dialect::Dialect;

/// The columns of a resource type, `"person"."name"`.
pub(crate) struct Quoted {
    pub(crate) key: String,
    /// Diesel's primary key, if it is another column.
    pub(crate) primary_key: Option<String>,
    /// The columns of the attributes, in their order.
    pub(crate) attributes: Vec<String>,
}

impl Quoted {
    pub(super) fn of<DB: Dialect>(resource: &ResourceType<DB>) -> QueryResult<Self> {
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
struct Qualified<DB: Dialect> {
    table: TableName<DB>,
    column: &'static str,
}

impl<DB: Dialect> QueryId for Qualified<DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect> QueryFragment<DB> for Qualified<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        write_qualified(self.table, self.column, &mut pass)
    }
}

/// Whether two names are those of the same table, as far as can be told.
pub(crate) fn is_one_table<DB: Dialect>(one: TableName<DB>, two: TableName<DB>) -> bool {
    match (DB::render(one), DB::render(two)) {
        (Ok(one), Ok(two)) => one == two,
        _ => true,
    }
}

/// Writes `table.column`.
pub(crate) fn write_qualified<DB: Dialect>(
    table: TableName<DB>,
    column: &str,
    pass: &mut AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    table.walk_ast(pass.reborrow())?;
    pass.push_sql(".");
    pass.push_identifier(column)
}
