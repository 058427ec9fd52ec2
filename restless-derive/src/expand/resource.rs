//! `TYPE`, the static description of a model, and the tables of codecs that belong to it, one for each backend.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::{attribute, codec, key, presentation, relation, say};
use crate::attr::Backend;
use crate::model::{Field, Model};

/// The statics of the description.
pub fn description(model: &Model, key: &Field) -> TokenStream {
    let Model { ident, table, documentation, .. } = model;
    let key = key::line(model, key);
    let attributes = model.attributes().map(|field| attribute::line(model, field));
    let primary_key = model.other_primary_key().map(|field| key::primary_key_call(model, field));
    let identity = identity(model);
    let documented = attribute::documented(documentation);
    let hidden = slice(model.hidden().map(|field| attribute::hidden_line(model, field)), "Hidden");
    let hiding = hidden.as_ref().map(|hidden| quote!(.hidden(#hidden)));
    let relations = slice(model.relations.iter().filter_map(|found| relation::line(model, found)), "Relationship");
    let related = relations.as_ref().map(|relations| quote!(.relationships(#relations)));
    let say = say::calls(model);
    let presented = presentation::description_call(model);
    let backends = names(&model.backends);
    quote! {
        static TYPE: __restless::ResourceType = __restless::ResourceType::new(
            __restless::TableName::of::<#table::table>(), #key, const { &[#(#attributes),*] }, SETTINGS
        ) #primary_key #identity #hiding #related #say #presented #documented
            .backends(__restless::backends!(#ident; #(#backends),*));
    }
}

/// The call with the columns that are the primary key together, if there are several.
fn identity(model: &Model) -> Option<TokenStream> {
    let Model { table, identity, .. } = model;
    (!identity.is_empty()).then(|| quote!(.identity(&[#(__restless::column_name::<#table::#identity>()),*])))
}

/// The lines as a constant slice of items of that type, if there are any.
fn slice(lines: impl Iterator<Item = TokenStream>, ty: &str) -> Option<TokenStream> {
    let mut lines = lines.peekable();
    lines.peek()?;
    let ty = Ident::new(ty, Span::call_site());
    Some(quote!(const { &[#(#lines),*] as &[__restless::#ty] }))
}

/// The implementation of the core's `Resource` for each backend.
pub fn codecs(model: &Model, key: &Field) -> TokenStream {
    let ident = &model.ident;
    let key = codec::line(model, key);
    let fields = model.attributes().map(|field| codec::line(model, field));
    let primary_key = model.other_primary_key().map(|field| {
        let codec = codec::of(model, field);
        quote!(.primary_key(#codec))
    });
    let mut hidden = model.hidden().map(|field| codec::hidden_line(model, field)).peekable();
    let unheld = hidden.peek().map(|_| {
        quote! {
            #[allow(unused_imports)]
            use __restless::Unheld as _;
        }
    });
    let hiding = unheld.as_ref().map(|_| quote!(.hidden(const { &[#(#hidden),*] })));
    let related = model.relations.iter().filter(|found| found.link.is_some()).map(relation::related);
    let presentation = presentation::call(model);
    let backends = names(&model.backends);
    quote! {
        __restless::for_backends! { #(#backends),*; {
            #[automatically_derived]
            impl __restless::Resource<__Backend> for #ident {
                fn codecs() -> &'static __restless::Codecs<__Backend> {
                    #unheld
                    static CODECS: __restless::Codecs<__Backend> =
                        __restless::Codecs::new(&TYPE, #key, const { &[#(#fields),*] })
                            #primary_key #hiding #(#related)* #presentation;
                    &CODECS
                }
            }
        } }
    }
}

/// The names of backends in the core's macros.
fn names(backends: &[Backend]) -> impl Iterator<Item = Ident> {
    backends.iter().map(|backend| Ident::new(backend.name(), Span::call_site()))
}
