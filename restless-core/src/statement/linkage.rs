//! The ids at the other end of to-one relationships, as columns of a row.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::Dialect;
use crate::resource_type::{ForeignKey, Link, Relationship, ResourceType};
use crate::statement::Column;

/// Writes the column that holds the id at the other end: the foreign key, or a scalar subquery where that is elsewhere.
pub(super) fn write<DB: Dialect>(
    pass: &mut AstPass<'_, '_, DB>,
    resource: &ResourceType<DB>,
    relationship: &Relationship<DB>,
) -> QueryResult<()> {
    match &relationship.link {
        Link::BelongsTo(foreign_key) => write_own(pass, resource, relationship, *foreign_key),
        Link::HasOne(foreign_key) => write_foreign(pass, resource, relationship, *foreign_key),
        Link::HasMany(_) | Link::Through { .. } => {
            pass.push_sql("NULL");
            Ok(())
        }
    }
}

fn write_own<DB: Dialect>(
    pass: &mut AstPass<'_, '_, DB>,
    resource: &ResourceType<DB>,
    relationship: &Relationship<DB>,
    foreign_key: ForeignKey,
) -> QueryResult<()> {
    let target = relationship.target();
    let referred = target.referred(foreign_key.refers_to).column;
    let own = Column::of(resource.table, foreign_key.column);
    if referred == target.key.column {
        return own.write(pass);
    }
    select_key(pass, target)?;
    pass.push_sql(" WHERE other.");
    pass.push_identifier(referred)?;
    pass.push_sql(" = ");
    own.write(pass)?;
    pass.push_sql(")");
    Ok(())
}

fn write_foreign<DB: Dialect>(
    pass: &mut AstPass<'_, '_, DB>,
    resource: &ResourceType<DB>,
    relationship: &Relationship<DB>,
    foreign_key: ForeignKey,
) -> QueryResult<()> {
    let target = relationship.target();
    select_key(pass, target)?;
    pass.push_sql(" WHERE other.");
    pass.push_identifier(foreign_key.column)?;
    pass.push_sql(" = ");
    Column::of(resource.table, resource.referred(foreign_key.refers_to).column).write(pass)?;
    pass.push_sql(" ORDER BY other.");
    pass.push_identifier(target.key.column)?;
    pass.push_sql(" LIMIT 1)");
    Ok(())
}

fn select_key<DB: Dialect>(pass: &mut AstPass<'_, '_, DB>, target: &ResourceType<DB>) -> QueryResult<()> {
    pass.push_sql("(SELECT other.");
    pass.push_identifier(target.key.column)?;
    pass.push_sql(" FROM ");
    target.table.walk_ast(pass.reborrow())?;
    pass.push_sql(" AS other");
    Ok(())
}
