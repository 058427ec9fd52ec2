//! `default_format = "json_api"` and `default_format = "classic"`; `formats(json_api)` and `formats(classic)`.

use syn::Result;

use super::entry::Entry;
use super::word::Words;

/// How resources travel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As documents of JSON:API.
    JsonApi,
    /// As the flat objects of Flask-Restless.
    Classic,
}

/// How each is written in the attribute.
const FORMATS: Words<Format> =
    Words { kind: "format", valid: &[("json_api", Format::JsonApi), ("classic", Format::Classic)] };

impl Format {
    /// Reads the text behind the key.
    pub fn read(entry: &Entry) -> Result<Self> {
        let text = entry.text()?;
        FORMATS.read(&text.value(), &text)
    }

    /// Reads `formats(json_api, classic)`: at least one, each once.
    pub fn read_list(entry: &Entry) -> Result<Vec<Self>> {
        FORMATS.read_list(entry)
    }

    /// How it is written in the attribute, and as a constant of the core's `Format`.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::JsonApi => ("json_api", "JsonApi"),
            Self::Classic => ("classic", "Classic"),
        }
    }
}
