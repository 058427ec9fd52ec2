//! The line that describes the primary key.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::{attribute, wire};
use crate::model::{Field, Model};

/// `Key::of::<column, type, strategy>("id")` and what the field says about writing it; that a key is sent in POST alone
/// goes without saying.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, .. } = field;
    let column = attribute::column(model, field);
    let strategy = wire::name(field);
    let name = &name.text;
    let read_only = attribute::flag(field.keys.read_only.as_ref());
    let default = attribute::default_value(model, field);
    let span = attribute::place(ty);
    quote_spanned! {span=>
        __restless::Key::of::<#column, #ty, #strategy>(#name) #read_only #default
    }
}
