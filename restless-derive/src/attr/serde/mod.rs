//! What restless reads of `#[serde(...)]`: it completes what `#[restless(...)]` leaves open, and never overrules it.

mod directions;
pub mod field;
pub mod model;

use syn::Result;

use super::default::DefaultValue;
use super::entry::{Entry, Value};
use crate::context::refusal_with_help;

/// Serde's attribute.
const ATTRIBUTE: &str = "serde";

/// Reads `default`, or `default = "path"` as the variant that a function makes.
fn default_value(entry: &Entry, bare: &DefaultValue, made: fn(syn::ExprPath) -> DefaultValue) -> Result<DefaultValue> {
    match entry.value {
        Value::Absent => Ok(bare.clone()),
        _ => entry.function().map(made),
    }
}

/// The refusal of a key of serde's that restless has no place for.
fn unhonoured(key: &syn::Ident, (why, help): (&str, &str)) -> syn::Error {
    refusal_with_help(key, format_args!("restless cannot do what serde's `{key}` says: {why}"), help)
}
