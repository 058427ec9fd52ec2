//! `PersonFields`: the typed names of a model's fields and relations, one constant each.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Visibility};

use super::attribute::{column, place};
use crate::model::{Field, Model, Relation};

/// The type that has the constants, beside the model.
pub fn declaration(visibility: &Visibility, model: &Ident) -> TokenStream {
    let name = name(model);
    let documentation = format!("What filters test of [`{}`]: its fields and relationships.", model.unraw());
    quote! {
        #[doc = #documentation]
        #[allow(dead_code)]
        #visibility struct #name;
    }
}

/// The constants.
pub fn constants(model: &Model) -> TokenStream {
    let fields = model.columns().map(|field| field_line(model, field));
    let relations = model.relations.iter().map(|relation| relation_line(model, relation));
    implementation(&model.ident, fields.chain(relations))
}

/// The implementation with these constants.
pub fn implementation(model: &Ident, lines: impl Iterator<Item = TokenStream>) -> TokenStream {
    let name = name(model);
    quote! {
        #[automatically_derived]
        #[allow(missing_docs, private_interfaces)]
        impl #name {
            #(#lines)*
        }
    }
}

/// `pub const AGE: Field<Person, f64, Nullable> = Field::of::<person::age>();`
fn field_line(model: &Model, field: &Field) -> TokenStream {
    let constant = model.field_constant(field);
    let ty = field_type(model, field);
    let column = column(model, field);
    quote_spanned! {place(&field.ty)=>
        pub const #constant: #ty = __restless::Field::of::<#column>();
    }
}

/// The type of a field's constant.
pub fn field_type(model: &Model, field: &Field) -> TokenStream {
    let ident = &model.ident;
    match (field.nullable(), &field.ty) {
        (Some(ty), _) => quote!(__restless::Field<#ident, #ty, __restless::Nullable>),
        (None, ty) => quote!(__restless::Field<#ident, #ty>),
    }
}

/// `pub const OWNER: ToOne<Computer, Person> = ToOne::named("owner");`
pub fn relation_line(model: &Model, relation: &Relation) -> TokenStream {
    let ident = &model.ident;
    let constant = relation.constant();
    let Relation { kind, target, name, .. } = relation;
    let ty = if kind.is_to_one() { format_ident!("ToOne") } else { format_ident!("ToMany") };
    let name = &name.text;
    quote! {
        pub const #constant: __restless::#ty<#ident, #target> = __restless::#ty::named(#name);
    }
}

/// `PersonFields`
fn name(model: &Ident) -> Ident {
    format_ident!("{}Fields", model.unraw(), span = model.span())
}
