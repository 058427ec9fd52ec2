//! The line with the codecs of a field, at the field's type so that rustc points there.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::attribute::{column, place};
use super::json_format;
use crate::attr::{DefaultValue, Given};
use crate::model::{Field, Model};

/// `FieldCodec::of::<column, type, format>()` and what the field says about its values.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let codec = of(model, field);
    let omitted = omitted(model, field);
    let default = default_value(model, field);
    quote!(#codec #omitted #default)
}

/// The codecs without what the field says.
pub fn of(model: &Model, field: &Field) -> TokenStream {
    let column = column(model, field);
    let (ty, format) = (&field.ty, json_format::name(field));
    quote_spanned!(place(ty)=> __restless::FieldCodec::of::<#column, #ty, #format>())
}

/// `<Held<column, type, backend>>::CODEC` for a skipped field.
pub fn hidden_line(model: &Model, field: &Field) -> TokenStream {
    let (column, ty) = (column(model, field), &field.ty);
    quote_spanned!(place(ty)=> <__restless::Held<#column, #ty, __Backend>>::CODEC)
}

/// The call that keeps the field's default, if it has one.
fn default_value(model: &Model, field: &Field) -> Option<TokenStream> {
    let value = made(model, field, model.default_of(field)?);
    let column = column(model, field);
    let ty = &field.ty;
    Some(quote!(.default_value(|| __restless::bound::<#column, #ty, __Backend>(#value))))
}

/// The expression that makes a default.
fn made(model: &Model, field: &Field, default: &DefaultValue) -> TokenStream {
    let (struct_name, name, ty) = (&model.ident, &field.ident, &field.ty);
    let span = place(ty);
    match default {
        DefaultValue::Function(path) => json_format::call(path, &TokenStream::new()),
        DefaultValue::OfType => quote_spanned!(span=> <#ty as ::core::default::Default>::default()),
        DefaultValue::OfModel => quote_spanned!(span=> <#struct_name as ::core::default::Default>::default().#name),
        DefaultValue::OfModelBy(path) => {
            let made = json_format::call(path, &TokenStream::new());
            quote!(#made.#name)
        }
    }
}

/// The call that keeps which values are left out, if any are.
fn omitted(model: &Model, field: &Field) -> Option<TokenStream> {
    let Given { value: path, .. } = field.keys.skip_serializing_if.as_ref()?;
    let column = column(model, field);
    let ty = &field.ty;
    let call = json_format::call(path, &quote!(value));
    Some(quote!(.omitted_if(|raw| __restless::is_omitted::<#column, #ty, __Backend>(raw, |value| #call))))
}
