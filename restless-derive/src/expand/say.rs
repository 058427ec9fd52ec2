//! The calls that give the application its say: one for each key that was given, naming what the user named.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::attribute::place;
use crate::attr::Given;
use crate::model::Model;

/// `.rule(…)`, `.fields(…)`, `.validate(…)`, `.deserialize(…)` and `.processors(…)` of the description.
pub fn calls(model: &Model) -> TokenStream {
    let (ident, keys) = (&model.ident, &model.keys);
    let rule = keys.query.as_ref().map(|Given { value: path, .. }| {
        quote_spanned!(place(path)=> .rule(|context| __restless::rule::<#ident>(context, #path)))
    });
    let fields = keys.fields.as_ref().map(|Given { value: path, .. }| {
        quote_spanned!(place(path)=> .fields(|context| __restless::fields::<#ident>(context, #path)))
    });
    let deserialize = keys.deserializer.as_ref().map(|Given { value: path, .. }| {
        quote_spanned!(place(path)=> .deserialize(__restless::deserialized::<#ident, #path>()))
    });
    let validate = keys.validate.as_ref().map(|Given { value: path, .. }| {
        quote_spanned!(place(path)=> .validate(|shown| __restless::validated::<#ident, _>(shown, &#path)))
    });
    let processors = keys.processors.as_ref().map(|Given { value: paths, .. }| {
        let each = paths.iter().map(|path| quote_spanned!(place(path)=> .with(#path)));
        quote!(.processors(|| __restless::Processors::<#ident>::new() #(#each)* .boxed()))
    });
    quote!(#rule #fields #deserialize #validate #processors)
}
