//! `SETTINGS`: one call per key that was given, so that the core's defaults stay the core's.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::attribute::flag;
use crate::attr::{
    Count, Format, Given, IncludePath, MAX_INCLUDE_DEPTH, MAX_PAGE_SIZE, Method, PAGE_SIZE, RELATED_PAGE_SIZE,
    VALIDATION_STATUS,
};
use crate::model::Model;

/// The constant with what `#[restless(...)]` on the struct says about the endpoint.
pub fn constant(model: &Model) -> TokenStream {
    let keys = &model.keys;
    let collection = &model.collection.text;
    let prefix = call(keys.prefix.as_ref(), |prefix| quote!(.prefix(#prefix)));
    let methods = call(keys.methods.as_ref(), |methods| methods_call(methods));
    let numbers = [
        (PAGE_SIZE, &keys.page_size),
        (MAX_PAGE_SIZE, &keys.max_page_size),
        (RELATED_PAGE_SIZE, &keys.related_page_size),
        (VALIDATION_STATUS, &keys.validation_status),
    ];
    let numbers = numbers.into_iter().filter_map(|(key, given)| call(given.as_ref(), |value| number(key, *value)));
    let count = call(keys.count.as_ref(), |count| count_call(*count));
    let client_ids = call(keys.allow_client_generated_ids.as_ref(), |()| quote!(.allow_client_generated_ids()));
    let flags = [
        ("allow_to_many_replacement", &keys.allow_to_many_replacement),
        ("allow_delete_from_to_many_relationships", &keys.allow_delete_from_to_many_relationships),
        ("allow_functions", &keys.allow_functions),
        ("allow_patch_many", &keys.allow_patch_many),
        ("allow_delete_many", &keys.allow_delete_many),
        ("ignore_read_only", &keys.ignore_read_only),
        ("jsonp", &keys.jsonp),
    ];
    let flags = flags.map(|(name, given)| flag(name, given.as_ref())).into_iter().flatten();
    let include = call(keys.include.as_ref(), |paths| include_call(model, paths));
    let default_format = call(keys.default_format.as_ref(), |format| {
        let format = constant_of(*format);
        quote!(.default_format(#format))
    });
    let formats = call(keys.formats.as_ref(), |formats| {
        let formats = formats.iter().copied().map(constant_of);
        quote!(.formats(&[#(#formats),*]))
    });
    let max_include_depth = call(keys.max_include_depth.as_ref(), |depth| number(MAX_INCLUDE_DEPTH, *depth));
    quote! {
        const SETTINGS: __restless::Settings = __restless::Settings::new(#collection)
            #prefix #methods #(#numbers)* #count #client_ids #(#flags)* #include #max_include_depth #default_format #formats;
    }
}

/// The call for a key, if it was given.
fn call<T>(given: Option<&Given<T>>, write: impl FnOnce(&T) -> TokenStream) -> Option<TokenStream> {
    given.map(|given| write(&given.value))
}

fn methods_call(methods: &[Method]) -> TokenStream {
    let names = methods.iter().map(|method| Ident::new(method.name(), Span::call_site()));
    quote!(.methods(&[#(__restless::Method::#names),*]))
}

/// The paths as the wire has them: those of other models are written so already.
fn include_call(model: &Model, paths: &[IncludePath]) -> TokenStream {
    let paths = paths.iter().filter_map(|path| {
        let first = model.relation(&path.first)?;
        Some(path.beginning_with(&first.name.text))
    });
    quote!(.include(&[#(#paths),*]))
}

fn count_call(count: Count) -> TokenStream {
    match count {
        Count::Exact => quote!(.count(__restless::Count::Exact)),
        Count::None => quote!(.count(__restless::Count::None)),
    }
}

fn constant_of(format: Format) -> TokenStream {
    let (_, name) = format.names();
    let name = Ident::new(name, Span::call_site());
    quote!(__restless::Format::#name)
}

fn number(key: &str, value: u32) -> TokenStream {
    let call = Ident::new(key, Span::call_site());
    let value = Literal::u32_unsuffixed(value);
    quote!(.#call(#value))
}
