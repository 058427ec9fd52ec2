//! `impl Model`: the descriptions of a model, one per backend.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::model::Model;

/// The implementation of the core's `Model`.
pub fn implementation(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let backends = model
        .backends
        .iter()
        .map(|backend| Ident::new(backend.name(), Span::call_site()));
    quote! {
        #[automatically_derived]
        impl __restless::Model for #ident {
            fn resource_types() -> __restless::ResourceTypes {
                __restless::resource_types!(#ident; #(#backends),*)
            }
        }
    }
}
