//! The keys that an attribute such as `#[restless(...)]` knows: one row per key, from which it is read, listed and suggested.

use syn::{Attribute, Result};

use super::entry::{Entry, entries};
use super::nearest::{listed, nearest};
use crate::context::{Context, refusal, refusal_with_help};

/// A key of an attribute whose value goes into a `K`.
pub struct Key<K> {
    /// How it is spelt.
    pub name: &'static str,
    /// The form of a well-written value behind the name: nothing, ` = "/api"`, `(GET, POST)`.
    pub form: &'static str,
    /// Interprets an entry of this key.
    pub read: fn(&mut K, &Entry) -> Result<()>,
}

/// The keys of one place, and what to say about a key that belongs to the other place.
pub struct Keys<K: 'static> {
    /// Those that are valid here.
    pub valid: &'static [Key<K>],
    /// The names that are valid in the other place.
    pub elsewhere: fn() -> Vec<&'static str>,
    /// The place of a key that is only valid elsewhere, as a message names it.
    pub misplaced: &'static str,
}

impl<K: Default> Keys<K> {
    /// Reads all attributes of that name.
    pub fn read(&self, name: &str, attributes: &[Attribute], context: &Context) -> K {
        self.read_entries(entries(name, attributes, context), context)
    }

    /// Reads entries that stand in a list.
    pub fn read_entries(&self, entries: Vec<Entry>, context: &Context) -> K {
        let mut keys = K::default();
        for entry in entries {
            context.keep(self.dispatch(entry, &mut keys));
        }
        keys
    }

    /// Hands an entry to its key.
    fn dispatch(&self, entry: Entry, keys: &mut K) -> Result<()> {
        match self.valid.iter().find(|key| entry.key == key.name) {
            Some(key) => (key.read)(keys, &Entry { form: key.form, ..entry }),
            None => Err(self.unknown(&entry)),
        }
    }

    /// The names that are valid here.
    pub fn names(&self) -> Vec<&'static str> {
        self.valid.iter().map(|key| key.name).collect()
    }

    /// The refusal of a key that is not valid here.
    fn unknown(&self, entry: &Entry) -> syn::Error {
        let Entry { key, .. } = entry;
        let found = key.to_string();
        let valid = self.names();
        if (self.elsewhere)().contains(&found.as_str()) {
            return refusal(key, format_args!("`{found}` {}", self.misplaced));
        }
        let message = format!("unknown key `{found}`, expected one of {}", listed(&valid));
        let suggested = nearest(&found, &valid).and_then(|name| self.valid.iter().find(|key| key.name == name));
        match suggested {
            Some(Key { name, form, .. }) => {
                refusal_with_help(key, message, format_args!("did you mean `{name}{form}`?"))
            }
            None => refusal(key, message),
        }
    }
}
