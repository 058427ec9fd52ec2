//! Values that are one of a few words.

use quote::ToTokens;
use syn::Result;

use super::nearest::{listed, nearest};
use crate::context::{refusal, refusal_with_help};

/// A kind of word, such as "method", with the words there are and what each means.
pub struct Words<T: 'static> {
    /// What one such word is called in a message.
    pub kind: &'static str,
    /// The words, in the order in which they are listed.
    pub valid: &'static [(&'static str, T)],
}

impl<T: Copy> Words<T> {
    /// What the word means; an unknown one is refused at `at`.
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
