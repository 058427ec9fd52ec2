//! The keys of `#[restless(...)]` on a field, with what `#[serde(...)]` adds to them.

use syn::{Attribute, ExprPath, Ident, LitStr};

use super::default::DefaultValue;
use super::entry::{ATTRIBUTE, Entry, Given};
use super::key::{Key, Keys};
use super::{model_keys, serde};
use crate::context::Context;

/// The keys of `#[restless(...)]` on a field, completed from `#[serde(...)]`.
#[derive(Default)]
pub struct FieldKeys {
    /// Not on the wire in any direction.
    pub skip: Option<Given<()>>,
    /// Refused when a client sends it.
    pub read_only: Option<Given<()>>,
    /// Never shown.
    pub write_only: Option<Given<()>>,
    /// Accepted only when the resource is created.
    pub create_only: Option<Given<()>>,
    /// Refused in a filter.
    pub no_filter: Option<Given<()>>,
    /// Refused in a sort key.
    pub no_sort: Option<Given<()>>,
    /// The name on the wire.
    pub rename: Option<Given<LitStr>>,
    /// Makes the value when a client creates a resource without it.
    pub default: Option<Given<DefaultValue>>,
    /// Writes the value, by serde's convention.
    pub serialize_with: Option<Given<ExprPath>>,
    /// Reads the value, by serde's convention.
    pub deserialize_with: Option<Given<ExprPath>>,
    /// Tells which values are left out of a resource; serde alone has it.
    pub skip_serializing_if: Option<Given<ExprPath>>,
}

/// The keys that a field may have.
pub(super) const KEYS: Keys<FieldKeys> = Keys {
    valid: &[
        Key { name: "skip", form: "", read: |keys, entry| entry.raise(&mut keys.skip) },
        Key { name: "read_only", form: "", read: |keys, entry| entry.raise(&mut keys.read_only) },
        Key { name: "write_only", form: "", read: |keys, entry| entry.raise(&mut keys.write_only) },
        Key { name: "create_only", form: "", read: |keys, entry| entry.raise(&mut keys.create_only) },
        Key { name: "no_filter", form: "", read: |keys, entry| entry.raise(&mut keys.no_filter) },
        Key { name: "no_sort", form: "", read: |keys, entry| entry.raise(&mut keys.no_sort) },
        Key { name: "rename", form: r#" = "name""#, read: |keys, entry| entry.fill(&mut keys.rename, Entry::text) },
        Key {
            name: "default",
            form: " = path::to::function",
            read: |keys, entry| entry.fill(&mut keys.default, |entry| entry.function().map(DefaultValue::Function)),
        },
        Key {
            name: "serialize_with",
            form: " = path::to::function",
            read: |keys, entry| entry.fill(&mut keys.serialize_with, Entry::function),
        },
        Key {
            name: "deserialize_with",
            form: " = path::to::function",
            read: |keys, entry| entry.fill(&mut keys.deserialize_with, Entry::function),
        },
    ],
    elsewhere: || model_keys::KEYS.names(),
    misplaced: "is a key of the struct, not of a field",
};

impl FieldKeys {
    /// Reads the attributes of a field.
    pub fn read(attributes: &[Attribute], context: &Context) -> Self {
        let mut keys = KEYS.read(ATTRIBUTE, attributes, context);
        serde::field::complete(&mut keys, attributes, context);
        keys
    }

    /// The keys that say something about a value on the wire, as the user wrote them.
    pub fn about_the_wire(&self) -> Vec<&Ident> {
        let flags = [&self.read_only, &self.write_only, &self.create_only, &self.no_filter, &self.no_sort];
        let flags = flags.map(|flag| flag.as_ref().map(Given::key));
        let functions = [&self.serialize_with, &self.deserialize_with];
        let functions = functions.map(|function| function.as_ref().map(Given::key));
        let others = [self.rename.as_ref().map(Given::key), self.default.as_ref().map(Given::key)];
        flags.into_iter().chain(others).chain(functions).flatten().collect()
    }
}
