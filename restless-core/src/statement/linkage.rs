//! The ids at the other end of to-one relationships, as columns of a row.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::Dialect;
use crate::resource_type::{ForeignKey, Link, RelationshipId, ResourceType};
use crate::statement::{Column, Predicate, Source};

/// The id that a to-one relationship leads to.
pub(crate) struct Linkage<DB: Dialect> {
    /// The place of the relationship in its resource type.
    pub(crate) relationship: RelationshipId,
    /// The table at the other end.
    pub(crate) other: Source,
    /// What a row there must satisfy to be seen.
    pub(crate) condition: Option<Predicate<DB>>,
}

/// A column of the other table, and the own column that it equals.
#[derive(Clone, Copy)]
struct Correlation {
    column: &'static str,
    own: Column,
}

impl<DB: Dialect> Linkage<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(super) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        (self.relationship, self.condition.is_some()).hash(hasher);
        self.condition.as_ref().is_none_or(|condition| condition.shape(hasher))
    }

    /// Whether the foreign key is the id: it refers to the key, and is spelt as that is.
    pub(crate) fn is_literal(target: &ResourceType, foreign_key: ForeignKey) -> bool {
        target.referred(foreign_key.refers_to).column == target.key.column && !target.key.sql.is_collated()
    }

    /// Whether the id is looked up in the very table that the row stands in, where a statement that writes the row does not
    /// find it yet.
    pub(crate) fn searches_itself(resource: &ResourceType, relationship: RelationshipId) -> bool {
        let relationship = &resource.relationships[relationship];
        let target = relationship.target();
        let is_same = target.table == resource.table;
        is_same && relationship.own_foreign_key().is_some_and(|foreign_key| !Self::is_literal(target, foreign_key))
    }

    /// Writes the column that holds the id: the foreign key, or a scalar subquery where that is elsewhere, may be spelt in
    /// another way, or where not everything may be seen.
    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>, resource: &ResourceType) -> QueryResult<()> {
        let relationship = &resource.relationships[self.relationship];
        let target = relationship.target();
        match &relationship.link {
            Link::BelongsTo(foreign_key) => {
                let referred = target.referred(foreign_key.refers_to).column;
                let own = Column::of(resource.table, foreign_key.column);
                if Self::is_literal(target, *foreign_key) && self.condition.is_none() {
                    return own.write(pass);
                }
                self.select_key(pass, target, Correlation { column: referred, own })?;
                pass.push_sql(" LIMIT 1");
            }
            Link::HasOne(foreign_key) => {
                let own = Column::of(resource.table, resource.referred(foreign_key.refers_to).column);
                self.select_key(pass, target, Correlation { column: foreign_key.column, own })?;
                pass.push_sql(" ORDER BY ");
                self.other.column(target.key.column).write(pass)?;
                pass.push_sql(" LIMIT 1");
            }
            Link::HasMany(_) | Link::Through { .. } => {
                pass.push_sql("NULL");
                return Ok(());
            }
        }
        pass.push_sql(")");
        Ok(())
    }

    /// `(SELECT other.key FROM target AS other WHERE other.column = own AND …`, without the closing parenthesis.
    fn select_key<'b>(
        &'b self,
        pass: &mut AstPass<'_, 'b, DB>,
        target: &ResourceType,
        correlation: Correlation,
    ) -> QueryResult<()> {
        let Correlation { column, own } = correlation;
        pass.push_sql("(SELECT ");
        self.other.column(target.key.column).write(pass)?;
        pass.push_sql(" FROM ");
        self.other.write(pass)?;
        pass.push_sql(" WHERE ");
        self.other.column(column).write(pass)?;
        pass.push_sql(" = ");
        own.write(pass)?;
        if let Some(condition) = &self.condition {
            pass.push_sql(" AND ");
            condition.write_within(pass)?;
        }
        Ok(())
    }
}
