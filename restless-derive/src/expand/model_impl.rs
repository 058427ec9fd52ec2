//! `impl Model`: the descriptions of a model, one per backend.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::attribute::column;
use crate::model::{Field, Model};

/// The implementation of the core's `Model`.
pub fn implementation(model: &Model, key: &Field) -> TokenStream {
    let ident = &model.ident;
    let backends = model.backends.iter().map(|backend| Ident::new(backend.name(), Span::call_site()));
    let primary_key = model.other_primary_key().unwrap_or(key);
    let keys = [key, primary_key].map(|field| {
        let (column, ty) = (column(model, field), &field.ty);
        quote!(#column, #ty)
    });
    quote! {
        #[automatically_derived]
        impl __restless::Model for #ident {
            const KEYS: __restless::Keys = __restless::Keys::of::<#(#keys),*>();
            fn resource_types() -> __restless::ResourceTypes {
                __restless::resource_types!(#ident; #(#backends),*)
            }
        }
    }
}
