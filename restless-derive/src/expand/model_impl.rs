//! `impl Model`: the description of a model, and what other models have to know of its types.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::attribute::column;
use crate::attr::Backend;
use crate::model::{Field, Model};

/// The implementation of the core's `Model`.
pub fn implementation(model: &Model, key: &Field) -> TokenStream {
    let ident = &model.ident;
    let (key_type, table) = (&key.ty, &model.table);
    let list = list(&model.backends);
    let key_column = column(model, key);
    let primary_key = model.other_primary_key().map(|field| {
        let (column, ty) = (column(model, field), &field.ty);
        quote!(.with_primary_key::<#column, #ty>())
    });
    quote! {
        #[automatically_derived]
        impl __restless::Model for #ident {
            type Key = #key_type;
            type Table = #table::table;
            type Backends = #list;
            const KEYS: __restless::Keys = __restless::Keys::of::<#key_column, #key_type>() #primary_key;
            fn resource_type() -> &'static __restless::ResourceType {
                &TYPE
            }
        }
    }
}

/// The backends as a type: `(OnSqlite, (OnPostgres, ()))`.
pub fn list(backends: &[Backend]) -> TokenStream {
    if backends == Backend::ALL {
        return quote!(__restless::EveryBackend);
    }
    backends.iter().rev().fold(quote!(()), |rest, backend| {
        let marker = Ident::new(backend.marker(), Span::call_site());
        quote!((__restless::#marker, #rest))
    })
}
