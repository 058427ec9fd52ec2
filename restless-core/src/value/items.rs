//! The elements of arrays.

use std::vec;

use serde::de::{DeserializeSeed, SeqAccess};
use serde_json::value::RawValue;

use super::Input;
use super::input::InputDeserializer;
use super::mismatch::Unfit;
use crate::dialect::Kind;

/// The elements of a JSON array, each read as a value of its kind.
pub(super) struct Items<'a> {
    rest: vec::IntoIter<&'a RawValue>,
    kind: Kind,
    place: usize,
}

impl<'a> Items<'a> {
    /// The elements of the text; `None` if it is no array.
    pub(super) fn read(json: &'a str, kind: Kind) -> Option<Self> {
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        Some(Self { rest: items.into_iter(), kind, place: 0 })
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unfit> {
        let Some(item) = self.rest.next() else {
            return Ok(None);
        };
        let (place, kind, input) = (self.place, self.kind, Input::Json(item.get()));
        self.place += 1;
        let value = seed.deserialize(InputDeserializer { input, kind });
        value.map(Some).map_err(|unfit| Unfit::Item(unfit.into_mismatch(kind, item.get()).of_item(place)))
    }
}

/// The array with each element replaced; `None` if the text is no array.
pub(super) fn rewrite(json: &str, replace: impl Fn(&str) -> String) -> Option<String> {
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let items: Vec<String> = items.iter().map(|item| replace(item.get())).collect();
    Some(format!("[{}]", items.join(",")))
}
