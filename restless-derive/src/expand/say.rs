//! The calls that give the application its say: one for each key that was given, naming what the user named.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::attribute::place;
use crate::attr::Given;
use crate::model::Model;

/// `.row_filter(…)`, `.field_access(…)`, `.validate(…)`, `.deserialize(…)` and `.processors(…)` of the description.
pub fn calls(model: &Model) -> TokenStream {
    let (ident, keys) = (&model.ident, &model.keys);
    let rule = keys.row_filter.as_ref().map(|Given { value: path, .. }| {
        quote_spanned!(place(path)=> .row_filter(|context| __restless::row_filter::<#ident>(context, #path)))
    });
    let fields = keys.field_access.as_ref().map(|Given { value: path, .. }| {
        quote_spanned!(place(path)=> .field_access(|context| __restless::field_access::<#ident>(context, #path)))
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
