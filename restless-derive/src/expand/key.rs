//! The line that describes the key of a resource, and what the table has to say of it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::attribute;
use crate::model::{Field, Model};

/// `Key::of::<column>("id")` and what the field says about writing it; that a key is sent in POST alone goes without saying.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let key = key(model, field);
    let read_only = attribute::flag("read_only", field.keys.read_only.as_ref());
    quote!(#key #read_only)
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
    let name = &name.text;
    let span = attribute::place(ty);
    quote_spanned! {span=>
        __restless::Key::of::<#column>(#name)
    }
}

/// Compares the key with the primary key of the table: it is the whole of it or, where `#[restless]` names it, no part of it.
pub fn checked(model: &Model, field: &Field) -> TokenStream {
    let column = attribute::column(model, field);
    let span = attribute::place(if is_named(model) { &model.key_name } else { &field.ident });
    let check = if model.keys.primary_key.is_some() {
        quote_spanned! {span=>
            #[allow(unused_imports)]
            use __restless::Whole as _;
            __restless::unique_key::<__Key>(<__restless::PartsOf<__restless::PrimaryKeyOf<__Key>>>::NAMES)
        }
    } else {
        quote_spanned!(span=> __restless::whole_key::<__Key>())
    };
    quote! {
        const _: () = {
            type __Key = #column;
            #check
        };
    }
}

/// Asks the table for its primary key, in an error that names it.
pub fn asked(model: &Model) -> TokenStream {
    let Model { ident, table, .. } = model;
    let span = attribute::place(ident);
    let check = quote_spanned!(span=> __restless::named_key::<#ident, __Key>());
    quote! {
        const _: () = {
            type __Key = __restless::PrimaryKeyOfTable<#table::table>;
            #check
        };
    }
}

/// Returns true if an attribute of the struct names the key.
fn is_named(model: &Model) -> bool {
    model.key_name != model.ident
}
