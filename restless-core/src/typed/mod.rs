//! Filters of the application's own code, typed: names of fields and relationships that the derive writes, and what they
//! can be compared with.

mod field;
mod fields;
mod filter;
mod nullability;
mod relation;
mod value;

pub use field::Field;
pub use fields::{FieldRules, Fields, MemberOf};
pub use filter::Filter;
pub use nullability::{Nullability, Nullable, Required};
pub use relation::{ToMany, ToOne};
pub use value::{Ordered, Textual, Value};
