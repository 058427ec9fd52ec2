//! Which field is the primary key: what `#[restless]` names, else what `#[diesel]` names, else `id`.

use proc_macro2::Span;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Result};

use super::{Field, Name};
use crate::attr::{DieselModel, ModelKeys, nearest};
use crate::context::{refusal, refusal_with_help};

/// The index of the key among the fields; nothing if its name was refused already.
pub fn resolve(model: &Ident, keys: &ModelKeys, diesel: &DieselModel, fields: &[Field]) -> Result<Option<usize>> {
    let named = match &keys.primary_key {
        Some(given) => given.value.as_slice(),
        None => diesel.primary_key.as_slice(),
    };
    match (named, &keys.primary_key) {
        ([], Some(_)) => Ok(None),
        ([], None) => {
            position(&Ident::new(Name::ID, model.span()), fields).ok_or_else(|| no_key(model, fields)).map(Some)
        }
        ([column], _) => position(column, fields).ok_or_else(|| no_such_field(model, column, fields)).map(Some),
        (columns, _) => Err(composite(columns)),
    }
}

/// The index of the field that Diesel has for the primary key; nothing if it is composite, or no field.
pub fn of_diesel(diesel: &DieselModel, fields: &[Field]) -> Option<usize> {
    match diesel.primary_key.as_slice() {
        [] => position(&Ident::new(Name::ID, Span::call_site()), fields),
        [column] => position(column, fields),
        _ => None,
    }
}

/// Where the field is that has this column or, if none has, this name.
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

fn no_key(model: &Ident, fields: &[Field]) -> syn::Error {
    let message = format!("`{model}` has no field `id` and names no other primary key");
    match fields.iter().find(|field| field.keys.skip.is_none()) {
        Some(field) => refusal_with_help(model, message, named_by(&field.plain_name())),
        None => refusal(model, message),
    }
}

fn composite(columns: &[Ident]) -> syn::Error {
    let names: Vec<_> = columns.iter().map(|column| format!("`{column}`")).collect();
    let message = format!("a resource has one primary key, found {}", names.join(" and "));
    let help = format!("name one unique column, as in {}", named_by(&columns[0].to_string()));
    refusal_with_help(quote!(#(#columns),*), message, help)
}

/// How a primary key is named.
fn named_by(column: &str) -> String {
    format!("`#[restless(primary_key = {column})]`")
}
