//! Values that are one of a few words.

use quote::ToTokens;
use syn::{Ident, Result};

use super::entry::Entry;
use super::nearest::{listed, nearest};
use crate::context::{refusal, refusal_with_help};

/// A kind of word, such as "method", with the words there are and what each means.
pub struct Words<T: 'static> {
    /// The name of one such word in a message.
    pub kind: &'static str,
    /// The words, in the order in which they are listed.
    pub valid: &'static [(&'static str, T)],
}

impl<T: Copy + PartialEq> Words<T> {
    /// Reads `key(word, word)`: at least one word, each once.
    pub fn read_list(&self, entry: &Entry) -> Result<Vec<T>> {
        let words = entry.words()?;
        if words.is_empty() {
            return Err(entry.expected(&format!("at least one {}", self.kind)));
        }
        let mut meanings = Vec::new();
        let mut refused: Option<syn::Error> = None;
        for word in &words {
            let read = self.read(&word.to_string(), word);
            match read.and_then(|meaning| Self::once(meaning, &meanings, word)) {
                Ok(meaning) => meanings.push(meaning),
                Err(error) => match refused.as_mut() {
                    Some(first) => first.combine(error),
                    None => refused = Some(error),
                },
            }
        }
        refused.map_or(Ok(meanings), Err)
    }

    /// The meaning of a word, unless the list has it already.
    fn once(meaning: T, listed: &[T], word: &Ident) -> Result<T> {
        if listed.contains(&meaning) {
            return Err(refusal(word, format_args!("`{word}` is given twice")));
        }
        Ok(meaning)
    }
}

impl<T: Copy> Words<T> {
    /// Reads the meaning of a word; an unknown one is refused at `at`.
    pub fn read(&self, found: &str, at: impl ToTokens) -> Result<T> {
        let meaning = self.valid.iter().find_map(|(word, meaning)| (*word == found).then_some(*meaning));
        meaning.ok_or_else(|| self.unknown(found, at))
    }

    /// The refusal of a word that is not one of these.
    fn unknown(&self, found: &str, at: impl ToTokens) -> syn::Error {
        let valid: Vec<_> = self.valid.iter().map(|(word, _)| *word).collect();
        let message = format!("unknown {} `{found}`, expected one of {}", self.kind, listed(&valid));
        match nearest(found, &valid) {
            Some(word) => refusal_with_help(at, message, format_args!("did you mean `{word}`?")),
            None => refusal(at, message),
        }
    }
}
