//! The relations that are included by default.

use proc_macro2::TokenStream;
use quote::{ToTokens, TokenStreamExt};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Ident, Result, Token};

use super::entry::Entry;

/// A path of `include(...)`, such as `comments.author`.
pub struct IncludePath {
    /// The relation of this model with which it begins.
    pub first: Ident,
    /// The relations of other models that follow.
    pub rest: Vec<Ident>,
}

impl IncludePath {
    /// Reads `include(author, comments.author)`: at least one path.
    pub fn read_list(entry: &Entry) -> Result<Vec<Self>> {
        let paths = entry.items(Self::parse, "paths of relations without quotes, separated by commas")?;
        if paths.is_empty() {
            return Err(entry.expected("at least one path"));
        }
        Ok(paths)
    }

    /// How many relations it goes through.
    pub fn depth(&self) -> usize {
        1 + self.rest.len()
    }

    /// The path with its first relation under the given name.
    pub fn beginning_with(&self, first: &str) -> String {
        let rest = self.rest.iter().map(|relation| relation.unraw().to_string());
        std::iter::once(first.to_owned()).chain(rest).collect::<Vec<_>>().join(".")
    }

    /// The path as written.
    pub fn text(&self) -> String {
        self.beginning_with(&self.first.unraw().to_string())
    }

    fn parse(input: ParseStream) -> Result<Self> {
        let relations = Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any)?;
        let mut relations = relations.into_iter();
        let first = relations.next().ok_or_else(|| input.error("expected a relation"))?;
        Ok(Self { first, rest: relations.collect() })
    }
}

impl ToTokens for IncludePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.first.to_tokens(tokens);
        tokens.append_all(&self.rest);
    }
}
