//! The part of `#[serde(...)]` that restless reads: it completes what `#[restless(...)]` leaves open, and never overrules it.

mod directions;
pub mod field;
pub mod model;

use syn::{ExprPath, Ident, Result};

use super::default::DefaultValue;
use super::entry::{Entry, Value};
use crate::context::{refusal, refusal_with_help};

/// Serde's attribute.
const ATTRIBUTE: &str = "serde";

/// Reads `default`, or `default = "path"` as the variant that a function makes.
fn default_value(entry: &Entry, bare: &DefaultValue, made: fn(ExprPath) -> DefaultValue) -> Result<DefaultValue> {
    match entry.value {
        Value::Absent => Ok(bare.clone()),
        _ => entry.function().map(made),
    }
}

/// A key of serde's that restless has no place for.
struct Unhonoured {
    key: Ident,
    why: &'static str,
    help: &'static str,
}

impl Unhonoured {
    /// Keeps the key of an entry; whether it is refused, other keys decide.
    fn note(keys: &mut Vec<Self>, entry: &Entry, (why, help): (&'static str, &'static str)) -> Result<()> {
        if keys.iter().any(|other| other.key == entry.key) {
            return Err(refusal(&entry.key, format_args!("`{}` is given twice", entry.key)));
        }
        keys.push(Self { key: entry.key.clone(), why, help });
        Ok(())
    }

    fn refusal(&self) -> syn::Error {
        let Self { key, why, help } = self;
        refusal_with_help(key, format_args!("restless cannot do what serde's `{key}` says: {why}"), help)
    }
}
