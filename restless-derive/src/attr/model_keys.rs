//! The keys of `#[restless(...)]` on the struct, with what `#[serde(...)]` adds to them.

use syn::{Attribute, Path, Result};

use super::default::DefaultValue;
use super::entry::{ATTRIBUTE, Entry, Given};
use super::key::{Key, Keys};
use super::kind::{self, Kind};
use super::relation::{RelationKind, WrittenRelation};
use super::word::Words;
use super::{field_keys, serde};
use crate::case::Case;
use crate::context::Context;

/// The words of `rename_all`.
const CASES: Words<Case> = Words { kind: "case", valid: Case::WORDS };

/// How a key is read that has no field of its own.
macro_rules! read_other {
    (Dependency) => {
        |keys, entry| entry.fill(&mut keys.core, Entry::path)
    };
    ($kind:ident) => {
        |keys, entry| relation(keys, entry, RelationKind::$kind)
    };
}

/// Writes down the keys from their table: a field and a way to read it for each that is given once.
macro_rules! model_keys {
    (
        settings { $($(#[$about:meta])* $name:ident { form: $form:literal, kind: $kind:ident, $($rest:tt)* })* }
        keys { $($(#[$about_key:meta])* $key:ident { form: $key_form:literal, kind: $key_kind:ident, $($key_rest:tt)* })* }
        others { $($(#[$about_other:meta])* $other:ident { form: $other_form:literal, kind: $other_kind:ident, $($other_rest:tt)* })* }
    ) => {
        /// The keys of `#[restless(...)]` on the struct and, where that is silent, of `#[serde(...)]`.
        #[derive(Default)]
        pub struct ModelKeys {
            $($(#[$about])* pub $name: Option<Given<<kind::$kind as Kind>::Value>>,)*
            $($(#[$about_key])* pub $key: Option<Given<<kind::$key_kind as Kind>::Value>>,)*
            /// The relations, in the order in which they are written.
            pub relations: Vec<WrittenRelation>,
            /// True if there are more relations, whose names nobody knows.
            pub has_unread_relations: bool,
            /// The source of the fields' values that a client leaves out; serde alone has it.
            pub default: Option<Given<DefaultValue>>,
            /// The crate that exports the core's hidden module.
            pub core: Option<Given<Path>>,
        }

        /// The keys that a struct may have.
        pub(super) const KEYS: Keys<ModelKeys> = Keys {
            valid: &[
                $(Key {
                    name: stringify!($name),
                    form: $form,
                    read: |keys, entry| kind::$kind::fill(&mut keys.$name, entry),
                },)*
                $(Key {
                    name: stringify!($key),
                    form: $key_form,
                    read: |keys, entry| kind::$key_kind::fill(&mut keys.$key, entry),
                },)*
                $(Key { name: stringify!($other), form: $other_form, read: read_other!($other_kind) },)*
            ],
            elsewhere: || field_keys::KEYS.names(),
            misplaced: "is a key of a field, not of the struct",
        };
    };
}

restless_settings::table!(model_keys);

impl ModelKeys {
    /// Reads the attributes of the struct.
    pub fn read(attributes: &[Attribute], context: &Context) -> Self {
        let mut keys = KEYS.read(ATTRIBUTE, attributes, context);
        serde::model::complete(&mut keys, attributes, context);
        keys
    }
}

/// Reads a relation of the kind; what is wrong inside its parentheses is refused all at once.
fn relation(keys: &mut ModelKeys, entry: &Entry, kind: RelationKind) -> Result<()> {
    let context = Context::default();
    match context.keep(WrittenRelation::read(entry, kind, &context)) {
        Some(relation) => keys.relations.push(relation),
        None => keys.has_unread_relations = true,
    }
    context.finish().map_or(Ok(()), Err)
}

/// Reads `rename_all = "camelCase"`.
pub(super) fn case(entry: &Entry) -> Result<Case> {
    let text = entry.text()?;
    CASES.read(&text.value(), &text)
}
