//! The code that is written after a mistake, so that rustc reports the mistake and nothing that follows from it.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{DeriveInput, Ident};

use crate::attr::Backend;
use crate::expand::{fields, key};
use crate::model::Model;

/// The refusals, an empty `Model` so that `Person::api_scope()` still resolves, a `Resource` that is never asked so
/// that relations of other models still lead here, and the constants of filters as far as they are known.
pub fn after(
    errors: Option<syn::Error>,
    input: &DeriveInput,
    (model, core): (Option<&Model>, &TokenStream),
) -> TokenStream {
    let errors = errors.map(syn::Error::into_compile_error);
    let stub = input.generics.params.is_empty().then(|| stub(input, (model, core)));
    quote! {
        #errors
        #stub
    }
}

/// The stub; none for a generic type, which may not live long enough to be one.
fn stub(input: &DeriveInput, (model, core): (Option<&Model>, &TokenStream)) -> TokenStream {
    let ident = &input.ident;
    let fields_type = fields::declaration(&input.vis, ident);
    let constants = model.map(constants);
    let backends = Backend::ALL.map(|backend| Ident::new(backend.name(), Span::call_site()));
    let asked = model.filter(|model| model.has_no_key).map(key::asked);
    let key = model.and_then(Model::key).map_or_else(|| quote!(i32), |key| key.ty.to_token_stream());
    quote! {
        #fields_type
        const _: () = {
            use #core as __restless;
            #[automatically_derived]
            impl __restless::Model for #ident {
                type Key = #key;
                type Table = __restless::NoTable;
                type Backends = ();
                fn resource_type() -> &'static __restless::ResourceType {
                    ::core::unreachable!()
                }
            }
            #asked
            #constants
            __restless::for_backends! { #(#backends),*; {
                #[automatically_derived]
                impl __restless::Resource<__Backend> for #ident {
                    fn codecs() -> &'static __restless::Codecs<__Backend> {
                        ::core::unreachable!()
                    }
                }
            } }
        };
    }
}

/// The constants of filters, each name once.
fn constants(model: &Model) -> TokenStream {
    let mut known = HashSet::new();
    let fields = model.columns().map(|field| {
        let (constant, ty) = (model.field_constant(field), fields::field_type(model, field));
        let line = quote!(pub const #constant: #ty = __restless::Field::named(""););
        (constant, line)
    });
    let relations =
        model.relations.iter().map(|relation| (relation.constant(), fields::relation_line(model, relation)));
    let lines = relations.chain(fields).filter(|(constant, _)| known.insert(constant.to_string()));
    fields::implementation(&model.ident, lines.map(|(_, line)| line))
}
