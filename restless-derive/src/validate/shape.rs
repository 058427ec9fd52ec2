//! The shape of a type that can derive `Restless`: a struct with named fields and without generics.

use quote::ToTokens;
use syn::{Data, DeriveInput, Fields, FieldsNamed};

use crate::context::{Context, refusal, refusal_with_help};

/// The named fields of a struct; anything else is refused.
pub fn shape<'a>(input: &'a DeriveInput, context: &Context) -> Option<&'a FieldsNamed> {
    if !input.generics.params.is_empty() {
        let message = format!("`{}` has generics, expected a struct without", input.ident);
        context.refuse(refusal(&input.generics, message));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(fields),
            Fields::Unnamed(fields) => refuse(context, fields, "a tuple struct", &input.ident),
            Fields::Unit => refuse(context, &input.ident, "a unit struct", &input.ident),
        },
        Data::Enum(data) => refuse(context, data.enum_token, "an enum", &input.ident),
        Data::Union(data) => refuse(context, data.union_token, "a union", &input.ident),
    }
}

/// Refuses an item that is not a struct with named fields.
fn refuse<'a>(context: &Context, at: impl ToTokens, found: &str, ident: &syn::Ident) -> Option<&'a FieldsNamed> {
    let message = format!("a resource is a struct with a named field per column, found {found}");
    context.refuse(refusal_with_help(at, message, format_args!("`struct {ident} {{ id: i32 }}`")));
    None
}
