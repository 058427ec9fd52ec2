//! The keys of `#[restless(...)]` on fields, and those of `#[serde(...)]` beside them.

mod access;
mod default;
mod names;
mod search;
mod serde;
mod wire;
