//! Filters of the application's own code, typed: names of fields and relationships that the derive writes, and what they
//! can be compared with.

mod field;
mod field_access;
mod filter;
mod nullability;
mod relation;
mod value;

pub use field::Field;
pub use field_access::{FieldAccess, FieldRules, MemberOf};
pub use filter::Filter;
pub use nullability::{Nullability, Nullable, Required};
pub use relation::{ToMany, ToOne};
pub use value::{Ordered, Textual, Value};
