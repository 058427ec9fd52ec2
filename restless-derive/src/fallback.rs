//! What is written after a mistake, so that rustc reports the mistake and nothing that follows from it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// The refusals, and an empty `Model` so that `Person::api_scope()` still resolves.
pub fn after(errors: Option<syn::Error>, input: &DeriveInput, core: &TokenStream) -> TokenStream {
    let errors = errors.map(syn::Error::into_compile_error);
    let stub = stub(input, core);
    quote! {
        #errors
        #stub
    }
}

/// The empty `Model`; none for a generic type, which may not live long enough to be one.
fn stub(input: &DeriveInput, core: &TokenStream) -> Option<TokenStream> {
    let ident = &input.ident;
    input.generics.params.is_empty().then(|| {
        quote! {
            #[automatically_derived]
            impl #core::Model for #ident {
                fn resource_types() -> #core::ResourceTypes {
                    #core::ResourceTypes::new()
                }
            }
        }
    })
}
