//! `impl Resource`: the static description of a model for one backend.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{attribute, key, presentation, relation, say};
use crate::attr::Backend;
use crate::model::{Field, Model};

/// The implementation of the core's `Resource` for the type `__Backend`, which [`for_backend`] brings in.
pub fn description(model: &Model, key: &Field) -> TokenStream {
    let Model { ident, table, documentation, .. } = model;
    let key = key::line(model, key);
    let attributes = model.attributes().map(|field| attribute::line(model, field));
    let primary_key = model.other_primary_key().map(|field| key::primary_key_call(model, field));
    let identity = identity(model);
    let documented = attribute::documented(documentation);
    let hidden = hidden(model);
    let hiding = hidden.as_ref().map(|_| quote!(.hidden(HIDDEN)));
    let relations = relations(model);
    let say = say::calls(model);
    let presentation = presentation::call(model);
    let related = relations.as_ref().map(|_| quote!(.relationships(RELATIONSHIPS)));
    quote! {
        #[automatically_derived]
        impl __restless::Resource<__Backend> for #ident {
            fn resource_type() -> &'static __restless::ResourceType<__Backend> {
                static TYPE: __restless::ResourceType<__Backend> =
                    __restless::ResourceType::new::<#table::table>(#key, ATTRIBUTES, SETTINGS)
                        #primary_key #identity #hiding #related #say #presentation #documented;
                static ATTRIBUTES: &[__restless::Attribute<__Backend>] = &[#(#attributes),*];
                #hidden
                #relations
                &TYPE
            }
        }
    }
}

/// The call with the columns that are the primary key together, if there are several.
fn identity(model: &Model) -> Option<TokenStream> {
    let Model { table, identity, .. } = model;
    (!identity.is_empty()).then(|| quote!(.identity(&[#(__restless::column_name::<#table::#identity>()),*])))
}

/// The static with the skipped fields, if there are any.
fn hidden(model: &Model) -> Option<TokenStream> {
    let mut lines = model.hidden().map(|field| attribute::hidden_line(model, field)).peekable();
    lines.peek()?;
    Some(quote! {
        #[allow(unused_imports)]
        use __restless::Unheld as _;
        static HIDDEN: &[__restless::Hidden<__Backend>] = &[#(#lines),*];
    })
}

/// The static with the relations, if there are any.
fn relations(model: &Model) -> Option<TokenStream> {
    let lines = model.relations.iter().map(|relation| relation::line(model, relation));
    (!model.relations.is_empty()).then(|| {
        quote! {
            static RELATIONSHIPS: &[__restless::Relationship<__Backend>] = &[#(#lines),*];
        }
    })
}

/// The description inside the macro of the core that keeps it where the backend is enabled.
pub fn for_backend(backend: Backend, description: &TokenStream) -> TokenStream {
    let wrapper = format_ident!("for_{}", backend.name());
    quote! {
        __restless::#wrapper! { #description }
    }
}
