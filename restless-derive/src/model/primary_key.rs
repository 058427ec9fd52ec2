//! Which field is the primary key: what `#[restless]` names, else what `#[diesel]` names, else `id`.

use proc_macro2::Span;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Result};

use super::{Field, Name};
use crate::attr::{DieselModel, ModelKeys, nearest};
use crate::context::{refusal, refusal_with_help};

/// The index of the key among the fields; nothing if its name was refused already, or if it is for the table to say.
pub fn resolve(model: &Ident, keys: &ModelKeys, diesel: &DieselModel, fields: &[Field]) -> Result<Option<usize>> {
    let named = match &keys.primary_key {
        Some(given) => given.value.as_slice(),
        None => diesel.primary_key.as_slice(),
    };
    match (named, &keys.primary_key) {
        ([], Some(_)) => Ok(None),
        ([], None) => {
            let id = position(&Ident::new(Name::ID, model.span()), fields);
            if id.is_none() && diesel.table.is_none() { Err(no_key(model)) } else { Ok(id) }
        }
        ([column], Some(_)) if is_part(column, diesel) => Err(part(column)),
        ([column], _) => position(column, fields).ok_or_else(|| no_such_field(model, column, fields)).map(Some),
        (columns, _) => Err(composite(columns, fields)),
    }
}

/// The name that says which column it is: what was written or, where nothing was, that of the struct.
pub fn name<'a>(model: &'a Ident, keys: &'a ModelKeys, diesel: &'a DieselModel) -> &'a Ident {
    let named = keys.primary_key.as_ref().map(|given| given.value.as_ref().unwrap_or(&given.key));
    named.or_else(|| diesel.primary_key.first()).unwrap_or(model)
}

/// The index of the field that Diesel has for the primary key; nothing if it is composite, or no field.
pub fn of_diesel(diesel: &DieselModel, fields: &[Field]) -> Option<usize> {
    match diesel.primary_key.as_slice() {
        [] => position(&Ident::new(Name::ID, Span::call_site()), fields),
        [column] => position(column, fields),
        _ => None,
    }
}

/// The position of the field that has this column or, if none has, this name.
fn position(name: &Ident, fields: &[Field]) -> Option<usize> {
    let name = name.unraw();
    let by_column = fields.iter().position(|field| field.column.unraw() == name);
    by_column.or_else(|| fields.iter().position(|field| field.ident.unraw() == name))
}

fn no_such_field(model: &Ident, column: &Ident, fields: &[Field]) -> syn::Error {
    let names: Vec<_> = fields.iter().map(Field::plain_name).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let message = format!("`{model}` has no field `{column}` that could be its primary key");
    match nearest(&column.to_string(), &names) {
        Some(name) => refusal_with_help(column, message, format_args!("did you mean `{name}`?")),
        None => refusal(column, message),
    }
}

/// Returns true if the column is one of several that are Diesel's primary key together.
fn is_part(column: &Ident, diesel: &DieselModel) -> bool {
    diesel.primary_key.len() > 1 && diesel.primary_key.iter().any(|part| part.unraw() == column.unraw())
}

fn no_key(model: &Ident) -> syn::Error {
    let message = format!("`{model}` has no field `id` and names no other primary key");
    refusal_with_help(model, message, "`#[diesel(primary_key(...))]` with the column that `table!` has in parentheses")
}

fn composite(columns: &[Ident], fields: &[Field]) -> syn::Error {
    let names: Vec<_> = columns.iter().map(|column| format!("`{column}`")).collect();
    let message = format!("a resource has one primary key, found {}", names.join(" and "));
    let is_part = |field: &Field| columns.iter().any(|column| column.unraw() == field.column.unraw());
    let other = fields.iter().find(|field| field.plain_name() == Name::ID && !is_part(field));
    let help = match other {
        Some(_) => format!("{}, if that column is unique by itself", named_by(Name::ID)),
        None => format!("{} with a column that is unique by itself, which none of these is", named_by("...")),
    };
    refusal_with_help(quote!(#(#columns),*), message, help)
}

fn part(column: &Ident) -> syn::Error {
    let message = format!("`{column}` is a part of the primary key and not unique by itself");
    refusal_with_help(column, message, format_args!("{} with a column that is", named_by("...")))
}

/// How a primary key is named.
fn named_by(column: &str) -> String {
    format!("`#[restless(primary_key = {column})]`")
}
