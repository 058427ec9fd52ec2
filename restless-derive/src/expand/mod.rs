//! Writing the expansion: data only, one line per field, calling named functions of the core's hidden module.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Model};

mod attribute;
mod codec;
pub mod fields;
mod json_format;
pub mod key;
mod liveness;
mod model_impl;
mod presentation;
mod relation;
mod resource;
mod say;
mod settings;
#[cfg(test)]
mod tests;

/// Everything that a model expands to.
pub fn model(model: &Model, key: &Field, core: &TokenStream) -> TokenStream {
    let checked = key::checked(model, key);
    let implementation = model_impl::implementation(model, key);
    let fields = fields::declaration(&model.visibility, &model.ident);
    let constants = fields::constants(model);
    let presentation = presentation::implementation(model);
    let liveness = liveness::reader(model);
    let settings = settings::constant(model);
    let wires = model.members().filter_map(json_format::strategy);
    let description = resource::description(model, key);
    let codecs = resource::codecs(model, key);
    quote! {
        #fields
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types, non_upper_case_globals, unused_qualifications)]
        const _: () = {
            use #core as __restless;
            #checked
            #implementation
            #constants
            #presentation
            #liveness
            #settings
            #(#wires)*
            #description
            #codecs
        };
    }
}
