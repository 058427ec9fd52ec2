//! The keys of `#[serde(...)]` on a field.

use syn::{Attribute, ExprPath, Ident, LitStr, PathSegment, Result};

use super::directions::Directions;
use super::{ATTRIBUTE, Unhonoured, default_value, model};
use crate::attr::FieldKeys;
use crate::attr::default::DefaultValue;
use crate::attr::entry::{Entry, Given};
use crate::attr::key::{Key, Keys};
use crate::context::{Context, refusal, refusal_with_help};

/// The keys of `#[serde(...)]` on a field.
#[derive(Default)]
pub(super) struct SerdeField {
    skip: Option<Given<()>>,
    skip_serializing: Option<Given<()>>,
    skip_deserializing: Option<Given<()>>,
    rename: Option<Given<Directions<LitStr>>>,
    with: Option<Given<ExprPath>>,
    serialize_with: Option<Given<ExprPath>>,
    deserialize_with: Option<Given<ExprPath>>,
    default: Option<Given<DefaultValue>>,
    skip_serializing_if: Option<Given<ExprPath>>,
    /// Keys that restless has no place for; a field that is skipped may have them.
    unhonoured: Vec<Unhonoured>,
}

type SerdeKey = Key<SerdeField>;

const SKIP_SERIALIZING_IF: &str = "skip_serializing_if";

/// The form of a key that names a function.
const FUNCTION: &str = r#" = "path::to::function""#;

const FLATTEN: (&str, &str) = ("an attribute is one column", "`#[restless(skip)]` keeps the field from the wire");

const GETTER: (&str, &str) =
    ("it reads columns, not methods", "`#[restless(computed(...))]` on the struct shows what a method gives");

/// The keys that a field may have. Those that are read and dropped say nothing about what travels; an `alias` is a name
/// that restless does not know, so that whoever sends it is refused.
pub(super) const KEYS: Keys<SerdeField> = Keys {
    valid: &[
        SerdeKey { name: "skip", form: "", read: |keys, entry| entry.raise(&mut keys.skip) },
        SerdeKey { name: "skip_serializing", form: "", read: |keys, entry| entry.raise(&mut keys.skip_serializing) },
        SerdeKey {
            name: "skip_deserializing",
            form: "",
            read: |keys, entry| entry.raise(&mut keys.skip_deserializing),
        },
        SerdeKey {
            name: "rename",
            form: r#" = "name""#,
            read: |keys, entry| entry.fill(&mut keys.rename, |entry| Directions::read(entry, Entry::text)),
        },
        SerdeKey {
            name: "with",
            form: r#" = "path::to::module""#,
            read: |keys, entry| entry.fill(&mut keys.with, Entry::function),
        },
        SerdeKey {
            name: "serialize_with",
            form: FUNCTION,
            read: |keys, entry| entry.fill(&mut keys.serialize_with, Entry::function),
        },
        SerdeKey {
            name: "deserialize_with",
            form: FUNCTION,
            read: |keys, entry| entry.fill(&mut keys.deserialize_with, Entry::function),
        },
        SerdeKey { name: "default", form: FUNCTION, read: default },
        SerdeKey {
            name: SKIP_SERIALIZING_IF,
            form: FUNCTION,
            read: |keys, entry| entry.fill(&mut keys.skip_serializing_if, Entry::function),
        },
        SerdeKey {
            name: "flatten",
            form: "",
            read: |keys, entry| Unhonoured::note(&mut keys.unhonoured, entry, FLATTEN),
        },
        SerdeKey {
            name: "getter",
            form: FUNCTION,
            read: |keys, entry| Unhonoured::note(&mut keys.unhonoured, entry, GETTER),
        },
        SerdeKey { name: "alias", form: r#" = "name""#, read: |_, _| Ok(()) },
        SerdeKey { name: "borrow", form: "", read: |_, _| Ok(()) },
        SerdeKey { name: "bound", form: r#" = "T: Bound""#, read: |_, _| Ok(()) },
    ],
    elsewhere: || model::KEYS.names(),
    misplaced: "is a key of the struct, not of a field",
};

/// Reads `default`, the `Default` of the field's type, or `default = "path"`.
fn default(keys: &mut SerdeField, entry: &Entry) -> Result<()> {
    entry.fill(&mut keys.default, |entry| default_value(entry, &DefaultValue::OfType, DefaultValue::Function))
}

/// Completes the keys of a field with what serde is told of it.
pub fn complete(keys: &mut FieldKeys, attributes: &[Attribute], context: &Context) {
    let serde = KEYS.read(ATTRIBUTE, attributes, context);
    if keys.skip.is_some() {
        return;
    }
    serde.complete_access(keys);
    if let Some(skip) = &keys.skip {
        context.keep(serde.left_out(skip));
        return;
    }
    for key in &serde.unhonoured {
        context.refuse(key.refusal());
    }
    context.keep(serde.complete_functions(keys));
    context.keep(serde.complete_name(keys));
    if keys.default.is_none() {
        keys.default = serde.default;
    }
    if keys.write_only.is_none() {
        keys.skip_serializing_if = serde.skip_serializing_if;
    }
}

impl SerdeField {
    /// Who sees the field and who sends it. `read_only` and `write_only` decide both, `create_only` that it is sent.
    fn complete_access(&self, keys: &mut FieldKeys) {
        if keys.read_only.is_some() || keys.write_only.is_some() {
            return;
        }
        let unshown = self.skip.as_ref().or(self.skip_serializing.as_ref());
        let unsent = self.skip.as_ref().or(self.skip_deserializing.as_ref());
        let unsent = unsent.filter(|_| keys.create_only.is_none());
        let place = match (unshown, unsent) {
            (Some(_), Some(_)) => &mut keys.skip,
            (Some(_), None) => &mut keys.write_only,
            (None, _) => &mut keys.read_only,
        };
        *place = unshown.or(unsent).map(|given| Given { key: given.key.clone(), value: () });
    }

    /// Refuses a default of a field that is not on the wire: the database makes its value.
    fn left_out(&self, skip: &Given<()>) -> Result<()> {
        match &self.default {
            Some(Given { key, value }) if value.is_of_the_field() => {
                let message = format!("`{key}` beside `{}`: the field is not on the wire", skip.key);
                let help = "`#[restless(skip)]` leaves the value to the database, `#[restless(read_only)]` shows it";
                Err(refusal_with_help(key, message, help))
            }
            _ => Ok(()),
        }
    }

    /// The functions that write and read the value, as far as it is shown and sent.
    fn complete_functions(&self, keys: &mut FieldKeys) -> Result<()> {
        for other in [&self.serialize_with, &self.deserialize_with] {
            if let (Some(with), Some(other)) = (&self.with, other) {
                let message = format!("`{}` contradicts `{}`, which names both functions", other.key, with.key);
                return Err(refusal(&other.key, message));
            }
        }
        if keys.serialize_with.is_none() && keys.write_only.is_none() {
            keys.serialize_with = self.function(self.serialize_with.as_ref(), "serialize");
        }
        if keys.deserialize_with.is_none() && keys.read_only.is_none() {
            keys.deserialize_with = self.function(self.deserialize_with.as_ref(), "deserialize");
        }
        Ok(())
    }

    /// The function itself, else the one of that name in the module of `with`.
    fn function(&self, given: Option<&Given<ExprPath>>, name: &str) -> Option<Given<ExprPath>> {
        if let Some(Given { key, value }) = given {
            return Some(Given { key: key.clone(), value: value.clone() });
        }
        let Given { key, value } = self.with.as_ref()?;
        let mut path = value.clone();
        let span = path.path.segments.last()?.ident.span();
        path.path.segments.push(PathSegment::from(Ident::new(name, span)));
        Some(Given { key: key.clone(), value: path })
    }

    /// The one name on the wire, in the directions that there are.
    fn complete_name(&self, keys: &mut FieldKeys) -> Result<()> {
        let Some(Given { key, value }) = self.rename.as_ref().filter(|_| keys.rename.is_none()) else {
            return Ok(());
        };
        let is_same = |one: &LitStr, other: &LitStr| one.value() == other.value();
        let name = match (&keys.write_only, &keys.read_only) {
            (Some(_), None) => value.sent.clone(),
            (None, Some(_)) => value.shown.clone(),
            _ => value.clone().single(is_same, (key, r#"`#[restless(rename = "name")]`"#))?,
        };
        keys.rename = name.map(|name| Given { key: key.clone(), value: name });
        Ok(())
    }
}
