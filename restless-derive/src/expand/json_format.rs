//! How a field is written to and read from the wire: by serde, or by the functions the user named.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ExprPath, Ident};

use crate::attr::Given;
use crate::model::Field;

/// The type that stands for the field's way to the wire.
pub fn name(field: &Field) -> TokenStream {
    if is_by_serde(field) {
        return quote_spanned!(field.ty.span()=> __restless::BySerde<_>);
    }
    let strategy = strategy_name(field);
    quote!(#strategy)
}

/// The definition of that type where the user named a function.
pub fn strategy(field: &Field) -> Option<TokenStream> {
    if is_by_serde(field) {
        return None;
    }
    let strategy = strategy_name(field);
    let ty = &field.ty;
    let serialize = serialize(field);
    let deserialize = deserialize(field);
    Some(quote! {
        struct #strategy;
        #[automatically_derived]
        impl __restless::JsonFormat<#ty> for #strategy {
            fn serialize<__S: __restless::Serializer>(value: &#ty, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                #serialize
            }
            fn deserialize<'de, __D: __restless::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<#ty, __D::Error> {
                #deserialize
            }
        }
    })
}

/// Writes by the user's function, else by serde, unless the field is never shown.
fn serialize(field: &Field) -> TokenStream {
    let ty = &field.ty;
    match (&field.keys.serialize_with, &field.keys.write_only) {
        (Some(Given { value: path, .. }), _) => call(path, &quote!(value, serializer)),
        (None, Some(_)) => quote!(__restless::no_serialize(value, serializer)),
        (None, None) => {
            quote!(<__restless::BySerde<_> as __restless::JsonFormat<#ty>>::serialize(value, serializer))
        }
    }
}

/// Reads by the user's function, else by serde, unless the field is never sent.
fn deserialize(field: &Field) -> TokenStream {
    let ty = &field.ty;
    match (&field.keys.deserialize_with, &field.keys.read_only) {
        (Some(Given { value: path, .. }), _) => call(path, &quote!(deserializer)),
        (None, Some(_)) => quote!(__restless::no_deserialize(deserializer)),
        (None, None) => {
            quote!(<__restless::BySerde<_> as __restless::JsonFormat<#ty>>::deserialize(deserializer))
        }
    }
}

/// A call of the user's function, all of it where the user named it.
pub fn call(path: &ExprPath, arguments: &TokenStream) -> TokenStream {
    quote_spanned!(path.span()=> #path(#arguments))
}

/// Returns true if serde alone knows how the field goes to the wire.
fn is_by_serde(field: &Field) -> bool {
    field.keys.serialize_with.is_none() && field.keys.deserialize_with.is_none()
}

fn strategy_name(field: &Field) -> Ident {
    format_ident!("__JsonFormat_{}", field.plain_name())
}
