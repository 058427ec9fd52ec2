//! The keys of `#[restless(...)]` on fields.

mod access;
mod default;
mod names;
mod search;
mod wire;
