//! The part of `#[diesel(...)]` that restless reads. Everything else in it is Diesel's own business and is stepped over.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Meta, Path, Result, Token};

use super::backend::Backend;
use super::relation_keys::FOREIGN_KEY;
use crate::context::{Context, refusal};

/// Diesel's attribute.
const ATTRIBUTE: &str = "diesel";
const TABLE_NAME: &str = "table_name";
const PRIMARY_KEY: &str = "primary_key";
const COLUMN_NAME: &str = "column_name";
const CHECK_FOR_BACKEND: &str = "check_for_backend";
const BELONGS_TO: &str = "belongs_to";

/// Keys of fields that hold something else than a column.
const OF_NO_COLUMN: [&str; 3] = ["embed", "select_expression", "select_expression_type"];

/// Keywords that cannot be made a name by `r#`.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// The keys of `#[diesel(...)]` on the struct.
#[derive(Default)]
pub struct DieselModel {
    /// The module that `table!` made.
    pub table: Option<Path>,
    /// The columns of the primary key; empty when Diesel's default applies.
    pub primary_key: Vec<Ident>,
    /// The backends that the model is narrowed to; empty when it is not.
    pub backends: Vec<Backend>,
    /// The parents.
    pub belongs_to: Vec<DieselBelongsTo>,
}

/// One `belongs_to(...)` of `#[diesel(...)]`.
pub struct DieselBelongsTo {
    /// The model of the parent.
    pub parent: Path,
    /// The column that refers to it, where it is not called as Diesel would.
    pub foreign_key: Option<Ident>,
}

/// The keys of `#[diesel(...)]` on a field.
#[derive(Default)]
pub struct DieselField {
    /// The column, where it is not called as the field.
    pub column: Option<Ident>,
    /// True if Diesel has it for something else than a column.
    pub is_no_column: bool,
}

/// A key of `#[diesel(...)]` and the tokens behind it, up to the next comma.
struct Entry {
    key: Ident,
    rest: Vec<TokenTree>,
}

impl DieselModel {
    /// Reads the attributes of the struct.
    pub fn read(attributes: &[Attribute], context: &Context) -> Self {
        let mut model = Self::default();
        for entry in entries(attributes) {
            context.keep(model.take(&entry));
        }
        model
    }

    fn take(&mut self, entry: &Entry) -> Result<()> {
        if entry.key == TABLE_NAME {
            self.table = Some(entry.assigned(Path::parse_mod_style, "the path of a table")?);
        } else if entry.key == PRIMARY_KEY {
            self.primary_key = entry.listed(Ident::parse_any, "columns in parentheses")?;
        } else if entry.key == CHECK_FOR_BACKEND {
            let paths = entry.listed(Path::parse_mod_style, "").unwrap_or_default();
            self.backends.extend(paths.iter().filter_map(Backend::named));
        } else if entry.key == BELONGS_TO {
            self.belongs_to.extend(entry.parent());
        }
        Ok(())
    }
}

impl DieselField {
    /// Reads the attributes of a field.
    pub fn read(attributes: &[Attribute], context: &Context) -> Self {
        let entries = entries(attributes);
        let entry = entries.iter().find(|entry| entry.key == COLUMN_NAME);
        let column = entry.and_then(|entry| context.keep(entry.assigned(identifier, "the name of a column")));
        Self { column, is_no_column: entries.iter().any(|entry| OF_NO_COLUMN.iter().any(|key| entry.key == key)) }
    }
}

impl Entry {
    /// The value behind `=`, bare or in a string.
    fn assigned<T>(&self, parser: fn(ParseStream) -> Result<T>, expected: &str) -> Result<T> {
        let rest = self.rest.iter().cloned().collect::<TokenStream>();
        let parse = |input: ParseStream| {
            input.parse::<Token![=]>()?;
            if input.peek(LitStr) { input.parse::<LitStr>()?.parse_with(parser) } else { parser(input) }
        };
        parse.parse2(rest).map_err(|_| refusal(&self.key, format_args!("`{}` expects {expected}", self.key)))
    }

    /// The values in parentheses.
    fn listed<T>(&self, parser: fn(ParseStream) -> Result<T>, expected: &str) -> Result<Vec<T>> {
        let values = self.group().and_then(|group| {
            let parser = |input: ParseStream| Punctuated::<T, Token![,]>::parse_terminated_with(input, parser);
            parser.parse2(group.stream()).ok()
        });
        let values = values.filter(|values| !values.is_empty());
        let values = values.ok_or_else(|| refusal(&self.key, format_args!("`{}` expects {expected}", self.key)))?;
        Ok(values.into_iter().collect())
    }

    /// The parent that `belongs_to(...)` names; what cannot be read is left to Diesel.
    fn parent(&self) -> Option<DieselBelongsTo> {
        let parts = split_at_commas(self.group()?.stream());
        let (parent, rest) = parts.split_first()?;
        let parent = Path::parse_mod_style.parse2(parent.iter().cloned().collect()).ok()?;
        let foreign_key = rest.iter().cloned().filter_map(self::entry);
        let foreign_key =
            foreign_key.filter(|entry| entry.key == FOREIGN_KEY).find_map(|entry| entry.assigned(identifier, "").ok());
        Some(DieselBelongsTo { parent, foreign_key })
    }

    /// The parentheses behind the key.
    fn group(&self) -> Option<&Group> {
        match self.rest.as_slice() {
            [TokenTree::Group(group)] => Some(group),
            _ => None,
        }
    }
}

/// The entries of every `#[diesel(...)]`; what does not begin with a name is left out.
fn entries(attributes: &[Attribute]) -> Vec<Entry> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident(ATTRIBUTE)).filter_map(|attribute| {
        match &attribute.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            Meta::Path(_) | Meta::NameValue(_) => None,
        }
    });
    lists.flat_map(split_at_commas).filter_map(entry).collect()
}

/// The tokens between the commas; a comma inside a group does not count.
fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let parts = tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','));
    parts.map(<[TokenTree]>::to_vec).collect()
}

/// The key in front and the rest.
fn entry(tokens: Vec<TokenTree>) -> Option<Entry> {
    let mut tokens = tokens.into_iter();
    match tokens.next()? {
        TokenTree::Ident(key) => Some(Entry { key, rest: tokens.collect() }),
        _ => None,
    }
}

/// A name, raw where Rust needs it so: a string may spell a keyword plainly.
fn identifier(input: ParseStream) -> Result<Ident> {
    let name = input.call(Ident::parse_any)?;
    let text = name.to_string();
    if syn::parse_str::<Ident>(&text).is_ok() {
        return Ok(name);
    }
    if NEVER_RAW.contains(&text.as_str()) {
        return Err(input.error("expected a name"));
    }
    Ok(Ident::new_raw(&text, name.span()))
}
