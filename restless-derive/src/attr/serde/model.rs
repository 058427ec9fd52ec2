//! The keys of `#[serde(...)]` on the struct.

use syn::{Attribute, Result};

use super::directions::Directions;
use super::{ATTRIBUTE, Unhonoured, default_value, field};
use crate::attr::ModelKeys;
use crate::attr::default::DefaultValue;
use crate::attr::entry::{Entry, Given};
use crate::attr::key::{Key, Keys};
use crate::attr::model_keys::case;
use crate::case::Case;
use crate::context::Context;

/// The keys of `#[serde(...)]` on the struct.
#[derive(Default)]
pub(super) struct SerdeModel {
    rename_all: Option<Given<Directions<Case>>>,
    default: Option<Given<DefaultValue>>,
    /// Keys of which a `serializer` makes something else.
    of_serializer: Vec<Unhonoured>,
    /// Keys of which a `deserializer` makes something else.
    of_deserializer: Vec<Unhonoured>,
    /// Keys that restless has no place for.
    unhonoured: Vec<Unhonoured>,
}

type SerdeKey = Key<SerdeModel>;

/// Why restless has no place for a key, and what it has one for.
const OF_SERIALIZER: (&str, &str) =
    ("attributes are the fields", "`#[restless(serializer = Type)]` makes attributes of the struct");
const OF_DESERIALIZER: (&str, &str) =
    ("attributes are the fields", "`#[restless(deserializer = Type)]` makes fields of what a client sends");
const OF_NOTHING: (&str, &str) =
    ("attributes are the fields", "leave it out, and `#[restless(...)]` on each field says how it travels");

/// The keys that a struct may have. Those that are read and dropped say nothing about what travels.
pub(super) const KEYS: Keys<SerdeModel> = Keys {
    valid: &[
        SerdeKey {
            name: "rename_all",
            form: r#" = "camelCase""#,
            read: |keys, entry| entry.fill(&mut keys.rename_all, |entry| Directions::read(entry, case)),
        },
        SerdeKey { name: "default", form: r#" = "path::to::function""#, read: default },
        SerdeKey {
            name: "into",
            form: r#" = "Type""#,
            read: |keys, entry| Unhonoured::note(&mut keys.of_serializer, entry, OF_SERIALIZER),
        },
        SerdeKey {
            name: "tag",
            form: r#" = "name""#,
            read: |keys, entry| Unhonoured::note(&mut keys.of_serializer, entry, OF_SERIALIZER),
        },
        SerdeKey {
            name: "from",
            form: r#" = "Type""#,
            read: |keys, entry| Unhonoured::note(&mut keys.of_deserializer, entry, OF_DESERIALIZER),
        },
        SerdeKey {
            name: "try_from",
            form: r#" = "Type""#,
            read: |keys, entry| Unhonoured::note(&mut keys.of_deserializer, entry, OF_DESERIALIZER),
        },
        SerdeKey {
            name: "content",
            form: r#" = "name""#,
            read: |keys, entry| Unhonoured::note(&mut keys.unhonoured, entry, OF_NOTHING),
        },
        SerdeKey {
            name: "untagged",
            form: "",
            read: |keys, entry| Unhonoured::note(&mut keys.unhonoured, entry, OF_NOTHING),
        },
        SerdeKey {
            name: "transparent",
            form: "",
            read: |keys, entry| Unhonoured::note(&mut keys.unhonoured, entry, OF_NOTHING),
        },
        SerdeKey {
            name: "remote",
            form: r#" = "Type""#,
            read: |keys, entry| Unhonoured::note(&mut keys.unhonoured, entry, OF_NOTHING),
        },
        SerdeKey { name: "rename", form: r#" = "name""#, read: |_, _| Ok(()) },
        SerdeKey { name: "deny_unknown_fields", form: "", read: |_, _| Ok(()) },
        SerdeKey { name: "crate", form: r#" = "path""#, read: |_, _| Ok(()) },
        SerdeKey { name: "bound", form: r#" = "T: Bound""#, read: |_, _| Ok(()) },
        SerdeKey { name: "expecting", form: r#" = "text""#, read: |_, _| Ok(()) },
    ],
    elsewhere: || field::KEYS.names(),
    misplaced: "is a key of a field, not of the struct",
};

/// Reads `default`, the `Default` of the struct, or `default = "path"`.
fn default(keys: &mut SerdeModel, entry: &Entry) -> Result<()> {
    entry.fill(&mut keys.default, |entry| default_value(entry, &DefaultValue::OfModel, DefaultValue::OfModelBy))
}

/// Completes the keys of a struct with what serde is told of it.
pub fn complete(keys: &mut ModelKeys, attributes: &[Attribute], context: &Context) {
    let serde = KEYS.read(ATTRIBUTE, attributes, context);
    let of_serializer = serde.of_serializer.iter().filter(|_| keys.serializer.is_none());
    let of_deserializer = serde.of_deserializer.iter().filter(|_| keys.deserializer.is_none());
    let refused = of_serializer.chain(of_deserializer).chain(&serde.unhonoured);
    refused.for_each(|key| context.refuse(key.refusal()));
    keys.default = serde.default;
    if let Some(Given { key, value }) = serde.rename_all.filter(|_| keys.rename_all.is_none()) {
        let case = value.single(Case::eq, (&key, r#"`#[restless(rename_all = "camelCase")]`"#));
        keys.rename_all = context.keep(case).flatten().map(|value| Given { key, value });
    }
}
