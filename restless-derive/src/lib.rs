//! `#[derive(Restless)]`: turns a Diesel model into the static description that `restless-core` serves.
//!
//! The crate is a pipeline: `attr` reads what the user wrote, `model` resolves it to the waist that everything
//! later works on, `validate` refuses what cannot work, and `expand` writes one item per file. Every mistake of a
//! struct is collected in a `context::Context` and reported at once, followed by the stub of `fallback`.
//! Users reach the macro through `restless-actix`, whose documentation lists the keys of `#[restless]`.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::attr::ModelKeys;
use crate::context::Context;
use crate::model::Model;

mod attr;
mod case;
mod context;
mod core_path;
mod expand;
mod fallback;
mod model;
mod validate;

/// Describes a Diesel model as a JSON:API resource, so that `Person::api_scope()` serves it.
///
/// Reads `#[diesel(table_name, primary_key, belongs_to, column_name, check_for_backend)]` and its own `#[restless(...)]` on the
/// struct and on its fields. Where that is silent, `#[serde(...)]` holds as serde means it.
#[proc_macro_derive(Restless, attributes(restless, diesel, serde))]
pub fn derive_restless(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match syn::parse(input) {
        Ok(input) => derive(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

/// Reads, resolves, checks and expands one model; every mistake becomes a `compile_error!`.
fn derive(input: &DeriveInput) -> TokenStream {
    let context = Context::default();
    let keys = ModelKeys::read(&input.attrs, &context);
    let core = core_path::hidden_module(keys.core.as_ref());
    let model = validate::shape(input, &context).map(|fields| Model::resolve(input, keys, fields, &context));
    if let Some(model) = &model {
        validate::model(model, &context);
    }
    let keyed = model.as_ref().and_then(|model| Some((model, model.key()?)));
    match (context.finish(), keyed) {
        (None, Some((model, key))) => expand::model(model, key, &core),
        (errors, _) => fallback::after(errors, input, (model.as_ref(), &core)),
    }
}
