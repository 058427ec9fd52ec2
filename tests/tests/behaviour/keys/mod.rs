//! Keys: the values that identify resources.

mod integers;
mod primary_key;
mod text;
pub mod uuid;
