//! A key of serde with a value for each direction: `rename(serialize = "a", deserialize = "b")`.

use syn::parse::ParseStream;
use syn::{Ident, Result};

use crate::attr::entry::{Entry, Value, sequence};
use crate::context::{Context, refusal, refusal_with_help};

const SERIALIZE: &str = "serialize";
const DESERIALIZE: &str = "deserialize";

/// A value for each direction; nothing where serde's own applies.
#[derive(Clone)]
pub struct Directions<T> {
    /// On the way to the client.
    pub shown: Option<T>,
    /// On the way from the client.
    pub sent: Option<T>,
}

impl<T: Clone> Directions<T> {
    /// Reads `key = "value"` or `key(serialize = "value", deserialize = "value")`.
    pub fn read(entry: &Entry, value: fn(&Entry) -> Result<T>) -> Result<Self> {
        if !matches!(entry.value, Value::List(_)) {
            let value = value(entry)?;
            return Ok(Self { shown: Some(value.clone()), sent: Some(value) });
        }
        let mut directions = Self { shown: None, sent: None };
        for entry in inner(entry)? {
            let place = directions.place(&entry.key)?;
            *place = Some(value(&entry)?);
        }
        Ok(directions)
    }

    fn place(&mut self, key: &Ident) -> Result<&mut Option<T>> {
        if key == SERIALIZE {
            Ok(&mut self.shown)
        } else if key == DESERIALIZE {
            Ok(&mut self.sent)
        } else {
            Err(refusal(key, format_args!("unknown direction `{key}`, expected `{SERIALIZE}` or `{DESERIALIZE}`")))
        }
    }

    /// The one value of both directions; two are refused.
    pub fn single(self, is_same: fn(&T, &T) -> bool, (key, help): (&Ident, &str)) -> Result<Option<T>> {
        match (self.shown, self.sent) {
            (None, None) => Ok(None),
            (Some(shown), Some(sent)) if is_same(&shown, &sent) => Ok(Some(shown)),
            _ => {
                let message = format!("serde's `{key}` gives other names to what is shown than to what is sent");
                Err(refusal_with_help(key, message, format_args!("a member has one name: {help}")))
            }
        }
    }
}

/// The entries in the parentheses.
fn inner(entry: &Entry) -> Result<Vec<Entry>> {
    let context = Context::default();
    let entries = entry.list()?.parse_args_with(|input: ParseStream| Ok(sequence(input, &context)))?;
    match context.finish() {
        Some(error) => Err(error),
        None => Ok(entries.into_iter().map(|inner| Entry { form: r#" = "name""#, ..inner }).collect()),
    }
}
