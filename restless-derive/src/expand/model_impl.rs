//! `impl Model`: the descriptions of a model, one per backend.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::attribute::column;
use crate::attr::Backend;
use crate::model::{Field, Model};

/// The implementation of the core's `Model`.
pub fn implementation(model: &Model, key: &Field) -> TokenStream {
    let ident = &model.ident;
    let backends = model.backends.iter().map(|backend| Ident::new(backend.name(), Span::call_site()));
    let (key_type, table) = (&key.ty, &model.table);
    let list = list(&model.backends);
    let primary_key = model.other_primary_key().unwrap_or(key);
    let keys = [key, primary_key].map(|field| {
        let (column, ty) = (column(model, field), &field.ty);
        quote!(#column, #ty)
    });
    quote! {
        #[automatically_derived]
        impl __restless::Model for #ident {
            type Key = #key_type;
            type Table = #table::table;
            type Backends = #list;
            const KEYS: __restless::Keys = __restless::Keys::of::<#(#keys),*>();
            fn resource_types() -> __restless::ResourceTypes {
                __restless::resource_types!(#ident; #(#backends),*)
            }
        }
    }
}

/// The backends as a type: `(OnSqlite, (OnPostgres, ()))`.
pub fn list(backends: &[Backend]) -> TokenStream {
    backends.iter().rev().fold(quote!(()), |rest, backend| {
        let marker = Ident::new(backend.marker(), Span::call_site());
        quote!((__restless::#marker, #rest))
    })
}
