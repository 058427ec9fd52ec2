//! What `#[serde(...)]` says of a model holds where `#[restless(...)]` is silent.

mod access;
mod names;
mod omission;
mod secrets;
mod values;
