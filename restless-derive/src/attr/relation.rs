//! A relation as it is written: `belongs_to(owner: Person, foreign_key = owner_id)`.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Path, Result, Token, Type};

use super::entry::{Entry, sequence};
use super::relation_keys::RelationKeys;
use crate::context::{Context, refusal};

/// A kind of relation, by where its foreign key stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// In this table.
    BelongsTo,
    /// In the other table, once.
    HasOne,
    /// In the other table, any number of times.
    HasMany,
    /// In a table of its own.
    ManyToMany,
}

impl RelationKind {
    /// Returns true if it leads to one other resource at the most.
    pub fn is_to_one(self) -> bool {
        matches!(self, Self::BelongsTo | Self::HasOne)
    }
}

/// A relation as the user wrote it.
pub struct WrittenRelation {
    /// Its kind.
    pub kind: RelationKind,
    /// Its name.
    pub name: Ident,
    /// The model at its other end.
    pub target: Path,
    /// Its other keys.
    pub keys: RelationKeys,
    /// True if all of that could be read, so that a key that is missing was left out.
    pub is_whole: bool,
}

impl WrittenRelation {
    /// Reads the parentheses; mistakes behind the name and the model are kept in the context, which is the relation's own.
    pub fn read(entry: &Entry, kind: RelationKind, context: &Context) -> Result<Self> {
        let list = entry.list()?;
        if list.tokens.is_empty() {
            return Err(entry.expected(EXPECTED));
        }
        list.parse_args_with(|input: ParseStream| {
            let (name, target) = head(input, entry)?;
            let entries = sequence(input, context);
            let keys = RelationKeys::read(kind, entries, context);
            Ok(Self { kind, name, target, keys, is_whole: context.is_clean() })
        })
    }
}

/// The head of a relation, as a message describes it.
const EXPECTED: &str = "a name and a model, with a colon between them";

/// `owner: Person` and the comma behind it.
fn head(input: ParseStream, entry: &Entry) -> Result<(Ident, Path)> {
    let refused = |error: syn::Error| entry.expected_at(error.span(), EXPECTED);
    let name = input.call(Ident::parse_any).map_err(refused)?;
    input.parse::<Token![:]>().map_err(refused)?;
    let target = model(input.parse().map_err(refused)?)?;
    if !input.is_empty() {
        input.parse::<Token![,]>().map_err(|error| refusal_behind(&error, &name))?;
    }
    Ok((name, target))
}

/// The path of a model; another type is refused.
fn model(ty: Type) -> Result<Path> {
    match ty {
        Type::Group(group) => model(*group.elem),
        Type::Paren(paren) => model(*paren.elem),
        Type::Path(path) if path.qself.is_none() => Ok(path.path),
        other => Err(refusal(other, "the model of a relation is a struct, expected its path")),
    }
}

fn refusal_behind(error: &syn::Error, name: &Ident) -> syn::Error {
    syn::Error::new(error.span(), format_args!("expected `,` after the model of `{name}`"))
}
