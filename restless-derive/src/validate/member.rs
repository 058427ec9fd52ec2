//! The members of a resource that share one space of names: attributes and relations.
//! [JSON:API 1.1, fields](https://jsonapi.org/format/1.1/#document-resource-object-fields)

use crate::model::{Computed, Field, Model, Name, Relation};

/// A member of a resource.
#[derive(Clone, Copy)]
pub enum Member<'a> {
    /// An attribute, or the key.
    Field(&'a Field),
    /// The column of a foreign key: a relation speaks for it in JSON:API, and it is an attribute elsewhere.
    ForeignKey(&'a Field),
    /// An attribute that a method computes.
    Computed(&'a Computed),
    /// A relation.
    Relation(&'a Relation),
}

impl<'a> Member<'a> {
    /// The members of a model, relations last.
    pub fn all(model: &'a Model) -> impl Iterator<Item = Self> {
        let of_field =
            |field| if model.is_foreign_key(field) { Member::ForeignKey(field) } else { Member::Field(field) };
        let fields = model.members().map(of_field);
        let computed = model.computed.iter().map(Member::Computed);
        fields.chain(computed).chain(model.relations.iter().map(Member::Relation))
    }

    /// Its name on the wire.
    pub fn name(self) -> &'a Name {
        match self {
            Member::Field(field) | Member::ForeignKey(field) => &field.name,
            Member::Computed(computed) => &computed.name,
            Member::Relation(relation) => &relation.name,
        }
    }

    /// Its name in the source.
    pub fn plain_name(self) -> String {
        match self {
            Member::Field(field) | Member::ForeignKey(field) => field.plain_name(),
            Member::Computed(computed) => computed.plain_name(),
            Member::Relation(relation) => relation.plain_name(),
        }
    }

    /// The word for it in the source.
    pub fn kind(self) -> &'static str {
        match self {
            Member::Field(_) | Member::ForeignKey(_) => "field",
            Member::Computed(_) => "method",
            Member::Relation(_) => "relation",
        }
    }

    /// The word for it on the wire, with an article.
    pub fn some(self) -> &'static str {
        match self {
            Member::Field(_) | Member::ForeignKey(_) | Member::Computed(_) => "an attribute",
            Member::Relation(_) => "a relation",
        }
    }

    /// Returns true if it takes a name that belongs to the resource itself.
    pub fn is_reserved(self, model: &Model) -> bool {
        match (self.name().text.as_str(), self) {
            (Name::ID, Member::Field(field) | Member::ForeignKey(field)) => {
                model.key().is_some_and(|key| key.ident != field.ident)
            }
            (Name::TYPE, Member::ForeignKey(_)) => false,
            (Name::ID | Name::TYPE, _) => true,
            _ => false,
        }
    }

    /// Returns true if both can have one name, because they never stand in one document.
    pub fn gives_way_to(self, other: Self) -> bool {
        matches!((self, other), (Member::ForeignKey(_), Member::Relation(_)))
    }

    /// How it is renamed.
    pub fn renamed(self, name: &str) -> String {
        match self {
            Member::Field(_) | Member::ForeignKey(_) => format!(r#"`#[restless(rename = "{name}")]`"#),
            Member::Computed(_) => format!("a method of another name, such as `{name}`"),
            Member::Relation(_) => format!(r#"`rename = "{name}"`"#),
        }
    }

    /// How it is renamed or, where that can be, kept from the wire.
    pub fn renamed_or_left_out(self, name: &str) -> String {
        let renamed = self.renamed(name);
        match self {
            Member::Field(_) | Member::ForeignKey(_) => format!("{renamed} or `#[restless(skip)]`"),
            Member::Computed(_) | Member::Relation(_) => renamed,
        }
    }
}
