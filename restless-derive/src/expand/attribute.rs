//! The line that describes an attribute, at the field's type so that rustc points there.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::wire;
use crate::attr::Given;
use crate::model::{Field, Model};

/// `Attribute::of::<column, type, strategy>("name")` and what the field says about its access.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, keys, .. } = field;
    let column = column(model, field);
    let strategy = wire::name(field);
    let name = &name.text;
    let key = model.is_key(field).then(|| quote!(.key()));
    let flags = [&keys.read_only, &keys.write_only, &keys.create_only, &keys.no_filter, &keys.no_sort];
    let flags = flags.map(|given| flag(given.as_ref())).into_iter().flatten();
    let documented = documented(&field.documentation);
    let default = default_value(model, field);
    let foreign_key = model.is_foreign_key(field).then(|| quote!(.foreign_key()));
    let span = place(ty);
    quote_spanned! {span=>
        __restless::Attribute::of::<#column, #ty, #strategy>(#name) #key #(#flags)* #documented #default #foreign_key
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

/// The call that a key without a value stands for; it has the key's name.
pub fn flag(given: Option<&Given<()>>) -> Option<TokenStream> {
    given.map(|Given { key, .. }| quote!(.#key()))
}

/// The call that keeps a doc comment, if there is one.
pub fn documented(documentation: &str) -> Option<TokenStream> {
    (!documentation.is_empty()).then(|| quote!(.documented(#documentation)))
}

/// The call that keeps the field's default, if it has one.
pub fn default_value(model: &Model, field: &Field) -> Option<TokenStream> {
    let path = &field.keys.default.as_ref()?.value;
    let column = column(model, field);
    let ty = &field.ty;
    let call = wire::call(path, &TokenStream::new());
    Some(quote!(.default_value(|| __restless::bound::<#column, #ty, __Backend>(#call))))
}
