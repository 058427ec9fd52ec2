//! What is written after a mistake, so that rustc reports the mistake and nothing that follows from it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Ident};

use crate::attr::Backend;

/// The refusals, an empty `Model` so that `Person::api_scope()` still resolves, and a `Resource` that is never asked so
/// that relations of other models still lead here.
pub fn after(errors: Option<syn::Error>, input: &DeriveInput, core: &TokenStream) -> TokenStream {
    let errors = errors.map(syn::Error::into_compile_error);
    let stub = stub(input, core);
    quote! {
        #errors
        #stub
    }
}

/// The stub; none for a generic type, which may not live long enough to be one.
fn stub(input: &DeriveInput, core: &TokenStream) -> Option<TokenStream> {
    let ident = &input.ident;
    let resources = Backend::ALL.map(|backend| resource(ident, backend));
    input.generics.params.is_empty().then(|| {
        quote! {
            const _: () = {
                use #core as __restless;
                #[automatically_derived]
                impl __restless::Model for #ident {
                    fn resource_types() -> __restless::ResourceTypes {
                        __restless::ResourceTypes::new()
                    }
                }
                #(#resources)*
            };
        }
    })
}

/// The `Resource` for a backend.
fn resource(ident: &Ident, backend: Backend) -> TokenStream {
    let wrapper = format_ident!("for_{}", backend.name());
    quote! {
        __restless::#wrapper! {
            #[automatically_derived]
            impl __restless::Resource<__Backend> for #ident {
                fn resource_type() -> &'static __restless::ResourceType<__Backend> {
                    ::core::unreachable!()
                }
            }
        }
    }
}
