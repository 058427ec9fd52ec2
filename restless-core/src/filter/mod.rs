//! Filters: what resources must satisfy, as a tree of clauses that clients write as text and applications as typed
//! Rust, and what those mean in SQL.

mod clause;
mod operator;
mod path;
mod resolver;
mod subject;

pub(crate) use clause::{Clause, Name, Operand, Place, Quantifier, Related, Test};
pub(crate) use operator::Operator;
pub(crate) use path::{Aliases, Rows};
pub(crate) use resolver::Resolver;
pub(crate) use subject::Reader;
