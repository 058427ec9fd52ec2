//! What makes two statements the same.

use diesel::backend::Backend;
use diesel::query_builder::QueryBuilder as _;
use diesel::query_builder::bind_collector::RawBytesBindCollector;
use diesel::sql_types::TypeMetadata;

use crate::dialect::Dialect;
use crate::statement::Statement;

/// The text of a statement and the values in it, with their types `T`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity<T> {
    sql: String,
    types: Vec<T>,
    values: Vec<Option<Vec<u8>>>,
}

impl<T> Identity<T> {
    /// That of a statement; `None` if a value cannot be written down.
    pub(crate) fn of<DB, Q>(statement: &Q, lookup: &mut DB::MetadataLookup) -> Option<Self>
    where
        DB: Dialect + Default,
        for<'a> DB: Backend<BindCollector<'a> = RawBytesBindCollector<DB>> + TypeMetadata<TypeMetadata = T>,
        DB::QueryBuilder: Default,
        Q: Statement<DB>,
    {
        let backend = DB::default();
        let mut builder = DB::QueryBuilder::default();
        statement.to_sql(&mut builder, &backend).ok()?;
        let mut binds = RawBytesBindCollector::new();
        statement.collect_binds(&mut binds, lookup, &backend).ok()?;
        Some(Self { sql: builder.finish(), types: binds.metadata, values: binds.binds })
    }
}
