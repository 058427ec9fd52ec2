//! The line that describes an attribute, at the field's type so that rustc points there.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::json_format;
use crate::attr::{DefaultValue, Given};
use crate::model::{Field, Model};

/// `Attribute::of::<column, type, strategy>("name")` and what the field says about its access.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, keys, .. } = field;
    let column = column(model, field);
    let strategy = json_format::name(field);
    let name = &name.text;
    let key = model.is_key(field).then(|| quote!(.key()));
    let flags = [
        ("read_only", &keys.read_only),
        ("write_only", &keys.write_only),
        ("create_only", &keys.create_only),
        ("no_filter", &keys.no_filter),
        ("no_sort", &keys.no_sort),
    ];
    let flags = flags.map(|(name, given)| flag(name, given.as_ref())).into_iter().flatten();
    let omitted = omitted(model, field);
    let documented = documented(&field.documentation);
    let default = default_value(model, field);
    let foreign_key = model.is_foreign_key(field).then(|| quote!(.foreign_key()));
    let span = place(ty);
    quote_spanned! {span=>
        __restless::Attribute::of::<#column, #ty, #strategy>(#name) #key #(#flags)* #omitted #documented #default #foreign_key
    }
}

/// `Hidden::new("name", <Held<column, type, backend>>::CARRIED)` for a skipped field.
pub fn hidden_line(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, .. } = field;
    let column = column(model, field);
    let name = &name.text;
    quote_spanned! {place(ty)=>
        __restless::Hidden::new(#name, <__restless::Held<#column, #ty, __Backend>>::CARRIED)
    }
}

/// Where the tokens are, for code of ours that rustc shall show there.
pub fn place(tokens: &impl Spanned) -> Span {
    tokens.span().resolved_at(Span::call_site())
}

/// The field's column in the table module.
pub fn column(model: &Model, field: &Field) -> TokenStream {
    let table = &model.table;
    let column = &field.column;
    quote!(#table::#column)
}

/// The call of that name, where the key that stands for it was given.
pub fn flag(name: &str, given: Option<&Given<()>>) -> Option<TokenStream> {
    let name = Ident::new(name, given?.key.span());
    Some(quote!(.#name()))
}

/// The call that keeps a doc comment, if there is one.
pub fn documented(documentation: &str) -> Option<TokenStream> {
    (!documentation.is_empty()).then(|| quote!(.documented(#documentation)))
}

/// The call that keeps the field's default, if it has one.
pub fn default_value(model: &Model, field: &Field) -> Option<TokenStream> {
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
