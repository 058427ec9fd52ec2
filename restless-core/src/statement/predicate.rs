//! Conditions on rows.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Fragment, comma_separated};
use crate::backend::Dialect;

/// The right side of an `IN`.
pub enum Membership<DB: Dialect> {
    /// A parameter for each value; every length is a statement of its own.
    Each(Vec<Fragment<DB>>),
    /// One parameter for all of them, so that one statement serves every length: what stands behind the column.
    Whole(Fragment<DB>),
}

/// What a row must satisfy.
pub(crate) enum Predicate<DB: Dialect> {
    /// Every one of them; of none, every row does.
    All(Vec<Predicate<DB>>),
    /// The column equals the value.
    Equals { column: &'static str, value: Fragment<DB> },
    /// The column is one of the values.
    In { column: &'static str, values: Membership<DB> },
}

impl<DB: Dialect> Predicate<DB> {
    fn is_everything(&self) -> bool {
        matches!(self, Predicate::All(parts) if parts.is_empty())
    }

    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        match self {
            Predicate::All(parts) => {
                (0_u8, parts.len()).hash(hasher);
                parts.iter().all(|part| part.shape(hasher))
            }
            Predicate::Equals { column, .. } => {
                (1_u8, column).hash(hasher);
                true
            }
            Predicate::In { column, values } => {
                (2_u8, column).hash(hasher);
                matches!(values, Membership::Whole(_))
            }
        }
    }

    /// Writes ` WHERE …`, or nothing when every row is meant.
    pub(crate) fn write_where<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.is_everything() {
            return Ok(());
        }
        pass.push_sql(" WHERE ");
        self.write(pass)
    }

    fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Predicate::All(parts) => write_all(pass, parts),
            Predicate::Equals { column, value } => {
                pass.push_identifier(column)?;
                pass.push_sql(" = ");
                value.walk_ast(pass.reborrow())
            }
            Predicate::In { column, values } => {
                pass.push_identifier(column)?;
                write_membership(pass, values)
            }
        }
    }
}

fn write_all<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, parts: &'b [Predicate<DB>]) -> QueryResult<()> {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            pass.push_sql(" AND ");
        }
        part.write(pass)?;
    }
    Ok(())
}

fn write_membership<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, values: &'b Membership<DB>) -> QueryResult<()> {
    match values {
        Membership::Whole(fragment) => fragment.walk_ast(pass.reborrow()),
        Membership::Each(fragments) => {
            pass.push_sql(" IN (");
            comma_separated(pass, fragments, |pass, value| value.walk_ast(pass.reborrow()))?;
            pass.push_sql(")");
            Ok(())
        }
    }
}
