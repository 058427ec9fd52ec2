//! The line that describes a relation, at its foreign key so that rustc points there.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, Path};

use super::attribute::{self, flag};
use crate::attr::OnDelete;
use crate::model::{Link, Model, Relation};

/// `Relationship::belongs_to::<column, model>("name")` and what the relation says about its use.
pub fn line(model: &Model, relation: &Relation) -> Option<TokenStream> {
    let Relation { name, keys, link, .. } = relation;
    let span = place(link.as_ref()?);
    let link = constructor(model, relation, span)?;
    let name = &name.text;
    let flags = [("read_only", &keys.read_only), ("no_include", &keys.no_include)];
    let flags = flags.map(|(name, given)| flag(name, given.as_ref())).into_iter().flatten();
    let on_delete = keys.on_delete.as_ref().map(|given| on_delete(given.value));
    Some(quote_spanned! {span=>
        __restless::Relationship::#link(#name) #(#flags)* #on_delete
    })
}

/// `.related::<model>()`: the model has to be made for the same backend.
pub fn related(relation: &Relation) -> TokenStream {
    let target = &relation.target;
    quote_spanned!(attribute::place(target)=> .related::<#target>())
}

/// The position of the foreign key, for code of ours that rustc shall show there.
fn place(link: &Link) -> Span {
    match link {
        Link::BelongsTo(column) | Link::Through { own: column, .. } => attribute::place(column),
        Link::HasOne(column) | Link::HasMany(column) => attribute::place(column),
    }
}

/// The constructor with the columns and models that it is for.
fn constructor(model: &Model, relation: &Relation, span: Span) -> Option<TokenStream> {
    let target = &relation.target;
    let this = moved(&model.ident, span);
    let constructor = match relation.link.as_ref()? {
        Link::BelongsTo(column) => {
            let column = column_of(&model.table, column);
            quote_spanned!(span=> belongs_to::<#column, #target>)
        }
        Link::HasOne(column) => quote_spanned!(span=> has_one::<#column, #this, #target>),
        Link::HasMany(column) => quote_spanned!(span=> has_many::<#column, #this, #target>),
        Link::Through { table, own, other } => {
            let (own, other) = (column_of(table, own), column_of(table, other));
            quote_spanned!(span=> many_to_many::<#own, #other, #this, #target>)
        }
    };
    Some(constructor)
}

/// The path of a column, all of it where the column is written.
fn column_of(table: &Path, column: &Ident) -> TokenStream {
    let mut table = table.clone();
    for segment in &mut table.segments {
        segment.ident = moved(&segment.ident, column.span());
    }
    quote_spanned!(attribute::place(column)=> #table::#column)
}

/// The name at another place, where rustc's errors show it.
fn moved(name: &Ident, place: Span) -> Ident {
    let mut name = name.clone();
    name.set_span(name.span().located_at(place));
    name
}

/// The call that keeps what becomes of the rows at the other end.
fn on_delete(on_delete: OnDelete) -> TokenStream {
    let variant = Ident::new(on_delete.name(), Span::call_site());
    quote!(.on_delete(__restless::OnDelete::#variant))
}
