//! The line that describes the key of a resource.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{attribute, wire};
use crate::model::{Field, Model};

/// `Key::of::<column, type, strategy>("id")` and what the field says about writing it; that a key is sent in POST alone
/// goes without saying.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let key = key(model, field);
    let read_only = attribute::flag(field.keys.read_only.as_ref());
    let default = attribute::default_value(model, field);
    quote!(#key #read_only #default)
}

/// The call that keeps Diesel's primary key where the resource has another key.
pub fn primary_key_call(model: &Model, field: &Field) -> TokenStream {
    let key = key(model, field);
    quote!(.primary_key(#key))
}

/// The key without what the field says.
fn key(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, .. } = field;
    let column = attribute::column(model, field);
    let strategy = wire::name(field);
    let name = &name.text;
    let span = attribute::place(ty);
    quote_spanned! {span=>
        __restless::Key::of::<#column, #ty, #strategy>(#name)
    }
}
