//! One entry of a `#[restless(...)]` attribute: a key and what stands behind it, not yet interpreted.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Ident, MacroDelimiter, Meta, MetaList, Result, Token, parenthesized, token};

use crate::context::{Context, refusal, refusal_with_help};

/// The attribute that this crate owns.
pub(super) const ATTRIBUTE: &str = "restless";

/// A value and the key that gave it.
pub struct Given<T> {
    /// The key as the user wrote it; its span is where a contradiction is shown.
    pub key: Ident,
    /// The value of the key, as read.
    pub value: T,
}

impl<T> Given<T> {
    /// The key.
    pub fn key(&self) -> &Ident {
        &self.key
    }
}

/// A key with its value as the user wrote them.
pub struct Entry {
    /// The key.
    pub key: Ident,
    /// The tokens behind the key.
    pub value: Value,
    /// How the key is written when it is written well, without the key itself.
    pub form: &'static str,
}

/// The tokens behind a key, by their form.
pub enum Value {
    /// `key`
    Absent,
    /// `key =`
    Missing(Token![=]),
    /// `key = expression`
    Assigned(Box<Expr>),
    /// `key(...)`
    List(MetaList),
}

impl Entry {
    /// Puts what `read` makes of this entry into its place, which a key may fill once.
    pub fn fill<T>(&self, place: &mut Option<Given<T>>, read: impl FnOnce(&Self) -> Result<T>) -> Result<()> {
        if place.is_some() {
            return Err(refusal(&self.key, format_args!("`{}` is given twice", self.key)));
        }
        *place = Some(Given { key: self.key.clone(), value: read(self)? });
        Ok(())
    }

    /// As [`fill`](Self::fill), but the key counts as given even if its value is refused, so that nobody misses it.
    pub fn claim<T: Clone>(
        &self,
        place: &mut Option<Given<Option<T>>>,
        read: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<()> {
        let value = read(self);
        self.fill(place, |_| Ok(value.as_ref().ok().cloned()))?;
        value.map(drop)
    }

    /// Fills the place of a key that has no value; a value is refused, and the key counts nevertheless.
    pub fn raise(&self, place: &mut Option<Given<()>>) -> Result<()> {
        self.fill(place, |_| Ok(()))?;
        self.no_value()
    }
}

/// Every entry of every attribute of that name; what cannot be read is refused and skipped.
pub fn entries(name: &str, attributes: &[Attribute], context: &Context) -> Vec<Entry> {
    let named = attributes.iter().filter(|attribute| attribute.path().is_ident(name));
    let lists = named.filter_map(|attribute| context.keep(list(name, &attribute.meta)));
    lists
        .filter_map(|list| context.keep(list.parse_args_with(|input: ParseStream| Ok(sequence(input, context)))))
        .flatten()
        .collect()
}

/// The parenthesized part of the attribute.
fn list<'a>(name: &str, attribute: &'a Meta) -> Result<&'a MetaList> {
    match attribute {
        Meta::List(list) => Ok(list),
        Meta::Path(_) | Meta::NameValue(_) => Err(refusal_with_help(
            attribute,
            format_args!("`{name}` expects its keys in parentheses"),
            format_args!("`#[{name}(...)]`"),
        )),
    }
}

/// The entries between the parentheses; after one that cannot be read, reading goes on behind the next comma.
pub(super) fn sequence(input: ParseStream, context: &Context) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        entries.extend(context.keep(entry(input)));
        skip_to_comma(input);
    }
    entries
}

/// One entry, up to its comma.
fn entry(input: ParseStream) -> Result<Entry> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected a key"));
    }
    let key = input.call(Ident::parse_any)?;
    let value = value(input, &key)?;
    if input.is_empty() || input.peek(Token![,]) {
        Ok(Entry { key, value, form: "" })
    } else {
        Err(input.error(format_args!("expected `,` after `{key}`")))
    }
}

/// Reads the tokens behind a key.
fn value(input: ParseStream, key: &Ident) -> Result<Value> {
    if input.peek(token::Paren) {
        let content;
        let paren = parenthesized!(content in input);
        let delimiter = MacroDelimiter::Paren(paren);
        let tokens = content.parse::<TokenStream>()?;
        return Ok(Value::List(MetaList { path: key.clone().into(), delimiter, tokens }));
    }
    let Some(equals) = input.parse::<Option<Token![=]>>()? else {
        return Ok(Value::Absent);
    };
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(Value::Missing(equals));
    }
    Ok(Value::Assigned(input.parse()?))
}

/// Moves behind the next comma, or to the end.
fn skip_to_comma(input: ParseStream) {
    while let Ok(token) = input.parse::<TokenTree>() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            return;
        }
    }
}
