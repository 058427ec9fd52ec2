//! The methods that an endpoint answers.

use syn::Result;

use super::entry::Entry;
use super::word::Words;
use crate::context::refusal;

/// A method that `methods(...)` can name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Fetching.
    Get,
    /// Creating.
    Post,
    /// Updating.
    Patch,
    /// Updating, as clients of the classic format may call it.
    Put,
    /// Deleting.
    Delete,
}

/// How each is written, on the wire as in the attribute.
const METHODS: Words<Method> = Words {
    kind: "method",
    valid: &[
        ("GET", Method::Get),
        ("POST", Method::Post),
        ("PATCH", Method::Patch),
        ("PUT", Method::Put),
        ("DELETE", Method::Delete),
    ],
};

impl Method {
    /// Reads `methods(GET, POST)`: at least one, each once.
    pub fn read_list(entry: &Entry) -> Result<Vec<Self>> {
        let words = entry.words()?;
        if words.is_empty() {
            return Err(entry.expected("at least one method"));
        }
        let mut methods = Vec::new();
        let mut refused: Option<syn::Error> = None;
        for word in &words {
            let method = METHODS.read(&word.to_string(), word);
            match method.and_then(|method| Self::once(method, &methods, word)) {
                Ok(method) => methods.push(method),
                Err(error) => match refused.as_mut() {
                    Some(first) => first.combine(error),
                    None => refused = Some(error),
                },
            }
        }
        refused.map_or(Ok(methods), Err)
    }

    /// Its name as a constant of the core's `Method`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// The method, unless the list names it already.
    fn once(method: Self, named: &[Self], word: &syn::Ident) -> Result<Self> {
        if named.contains(&method) {
            return Err(refusal(word, format_args!("`{word}` is given twice")));
        }
        Ok(method)
    }
}
