//! Keys: the values that identify resources.

mod ambiguous;
mod exhausted;
mod integers;
mod primary_key;
mod spelling;
mod text;
pub mod uuid;
