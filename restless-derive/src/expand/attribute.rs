//! The line that describes an attribute, at the field's type so that rustc points there.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::attr::Given;
use crate::model::{Field, Model};

/// `Attribute::of::<column>("name")` and what the field says about its access.
pub fn line(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, keys, .. } = field;
    let column = column(model, field);
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
    let documented = documented(&field.documentation);
    let foreign_key = model.is_foreign_key(field).then(|| quote!(.foreign_key()));
    let span = place(ty);
    quote_spanned! {span=>
        __restless::Attribute::of::<#column>(#name) #key #(#flags)* #documented #foreign_key
    }
}

/// `Hidden::of::<column>("name")` for a skipped field.
pub fn hidden_line(model: &Model, field: &Field) -> TokenStream {
    let Field { ty, name, .. } = field;
    let column = column(model, field);
    let name = &name.text;
    quote_spanned!(place(ty)=> __restless::Hidden::of::<#column>(#name))
}

/// The position of the tokens, for code of ours that rustc shall show there.
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
