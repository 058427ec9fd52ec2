//! `default_format = "json_api"` and `default_format = "classic"`.

use syn::Result;

use super::entry::Entry;
use super::word::Words;

/// How resources travel where the client does not say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As documents of JSON:API.
    JsonApi,
    /// As the flat objects of Flask-Restless.
    Classic,
}

/// The words of `default_format`.
const FORMATS: Words<Format> =
    Words { kind: "format", valid: &[("json_api", Format::JsonApi), ("classic", Format::Classic)] };

impl Format {
    /// Reads the text behind the key.
    pub fn read(entry: &Entry) -> Result<Self> {
        let text = entry.text()?;
        FORMATS.read(&text.value(), &text)
    }
}
