//! What a client sends, whatever its representation.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::linking::Member;
use super::reading::below;
use super::{EndpointRef, WholeRow};
use crate::backend::RowId;
use crate::dialect::Dialect;
use crate::error::{Error, Errors, Mistakes};
use crate::resource_type::{Describe, Link};
use crate::value::TypedValue;

/// A resource as a client wrote it down: names and JSON values, not yet looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incoming<'a> {
    pub(crate) type_name: Given,
    pub(crate) id: Given,
    pub(crate) attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// What the application sets, by column.
    pub(crate) set: Vec<(&'static str, Assigned)>,
    /// The row as it is, if it is one that the application is asked about.
    pub(crate) before: Option<Arc<WholeRow>>,
    pub(crate) relationships: Vec<IncomingRelationship>,
    /// The relationships that are named without saying what is to become of them.
    pub(crate) untouched: Vec<Untouched>,
    /// Related resources that are written with it.
    pub(crate) nested: Vec<IncomingNested<'a>>,
    pub(crate) place: Place,
    /// What the application's own code has to know of the resource type, once it has a part in the request.
    pub(crate) description: Option<Description>,
    /// What is wrong with the document's form, to be told together with what is wrong with its content.
    pub(crate) mistakes: Mistakes,
}

/// A value that the application gives a column.
#[derive(Debug, Clone)]
pub(crate) enum Assigned {
    /// In the type of its field.
    Typed(TypedValue),
    /// As it would be on the wire.
    Json(String),
}

/// A resource type, whatever its backend.
#[derive(Clone, Copy)]
pub(crate) struct Description(pub(crate) &'static dyn Describe);

impl fmt::Debug for Description {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Description")
    }
}

impl Incoming<'_> {
    /// The same, with everything its own.
    pub(crate) fn into_owned(self) -> Incoming<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let attributes = self.attributes.into_iter().map(|(name, json)| (own(name), own(json)));
        Incoming {
            type_name: self.type_name,
            id: self.id,
            attributes: attributes.collect(),
            set: self.set,
            before: self.before,
            description: self.description,
            relationships: self.relationships,
            untouched: self.untouched,
            nested: self.nested.into_iter().map(IncomingNested::into_owned).collect(),
            place: self.place,
            mistakes: self.mistakes,
        }
    }

    /// A row that a foreign key of the resource is to refer to.
    pub(crate) fn referred(&self, site: &EndpointRef) -> Option<RowId<'_>> {
        self.relationships.iter().find_map(|relationship| {
            let (place, description) = site.endpoint().relationship(&relationship.name)?;
            let member = relationship.linkage.member().filter(|_| matches!(description.link, Link::BelongsTo(_)))?;
            Some(site.other_end(place).row(&member.id))
        })
    }

    /// How many other resources it names, or has within it.
    pub(crate) fn objects(&self) -> usize {
        let linked = self.relationships.iter().map(|relationship| relationship.linkage.len());
        let nested = self.nested.iter().map(|nested| match &nested.change {
            NestedChange::One(one) => one.iter().map(|one| 1 + one.objects()).sum(),
            NestedChange::Many(many) => many.iter().map(|one| 1 + one.objects()).sum(),
            NestedChange::Partial { added, removed } => {
                removed.len() + added.iter().map(|one| 1 + one.objects()).sum::<usize>()
            }
        });
        linked.chain(nested).sum()
    }

    /// The same, for the application's own code to look at.
    pub(super) fn described<DB: Dialect>(&self, site: &EndpointRef) -> Incoming<'static> {
        let description = Some(Description(site.endpoint().resource.codecs::<DB>()));
        Incoming { description, ..self.clone() }.into_owned()
    }

    /// Where an attribute stands in the document, or should stand.
    pub(crate) fn pointer(&self, name: &str) -> String {
        let is_sent = self.attributes.iter().any(|(sent, _)| sent == name);
        if is_sent { self.place.attribute(name) } else { self.place.missing_attribute() }
    }

    /// The same errors, with their pointers where they are about attributes and say no place.
    pub(crate) fn located(&self, error: Error) -> Error {
        let located = Errors::from(error).map(|error| match error.invalid_attribute() {
            Some((name, _)) if error.source().is_none() => {
                let pointer = self.pointer(name);
                error.at_pointer(pointer)
            }
            _ => error,
        });
        located.into()
    }

    /// Whether nothing is to be written.
    pub(super) fn is_nothing(&self) -> bool {
        self.attributes.is_empty() && self.relationships.is_empty() && self.nested.is_empty()
    }

    /// Whether the attributes are those that another has.
    pub(crate) fn is_as(&self, other: &Incoming<'_>) -> bool {
        let is_plain = |incoming: &Incoming<'_>| incoming.set.is_empty() && incoming.nested.is_empty();
        self.attributes == other.attributes && is_plain(self) && is_plain(other)
    }
}

impl IncomingLinkage {
    /// The resources in it, in their order.
    pub(super) fn members(&self) -> Vec<Member> {
        let member = |Identifier { id, pointer, .. }: &Identifier| Member::new(&**id, &**pointer);
        match &self.data {
            IncomingData::One(one) => one.iter().map(member).collect(),
            IncomingData::Many(many) => many.iter().map(member).collect(),
        }
    }

    /// How many resources are in it.
    fn len(&self) -> usize {
        match &self.data {
            IncomingData::One(one) => one.iter().len(),
            IncomingData::Many(many) => many.len(),
        }
    }

    /// The one resource, if it is one.
    fn member(&self) -> Option<&Identifier> {
        match &self.data {
            IncomingData::One(member) => member.as_ref(),
            IncomingData::Many(_) => None,
        }
    }

    /// Keeps the members with these ids.
    pub(crate) fn retain(&mut self, ids: &[String]) {
        let is_kept = |member: &Identifier| ids.contains(&member.id);
        match &mut self.data {
            IncomingData::One(member) => *member = member.take().filter(is_kept),
            IncomingData::Many(members) => members.retain(is_kept),
        }
    }
}

/// A text that a client gives, or should give.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Given {
    #[default]
    Absent,
    /// The client need not say it.
    Implied,
    /// It is no text, which is among the mistakes already.
    Malformed,
    Text(String),
}

/// A relationship as a client wants it to be.
#[derive(Debug, Clone)]
pub(crate) struct IncomingRelationship {
    pub(crate) name: String,
    pub(crate) linkage: IncomingLinkage,
    /// The relationship in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// A relationship that stays as it is.
#[derive(Debug, Clone)]
pub(crate) struct Untouched {
    pub(crate) name: String,
    /// The relationship in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// What is to become of a relationship, with the resources that it leads to as a client wrote them down.
#[derive(Debug, Clone)]
pub(crate) struct IncomingNested<'a> {
    pub(crate) name: String,
    pub(crate) change: NestedChange<'a>,
    /// The relationship in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// The resources of a relationship.
#[derive(Debug, Clone)]
pub(crate) enum NestedChange<'a> {
    /// The one, or none.
    One(Option<Box<Incoming<'a>>>),
    /// These and no others.
    Many(Vec<Incoming<'a>>),
    /// Some more, and some less.
    Partial { added: Vec<Incoming<'a>>, removed: Vec<Removal<'a>> },
}

/// A resource that is to be no member any more, told by its id or by attributes.
#[derive(Debug, Clone)]
pub(crate) struct Removal<'a> {
    pub(crate) object: Incoming<'a>,
    pub(crate) fate: Fate,
}

/// What becomes of a resource that is removed from a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Unlinked,
    Deleted,
}

impl<'a> IncomingNested<'a> {
    fn into_owned(self) -> IncomingNested<'static> {
        let all = |many: Vec<Incoming<'a>>| many.into_iter().map(Incoming::into_owned).collect();
        let change = match self.change {
            NestedChange::One(one) => NestedChange::One(one.map(|one| Box::new(one.into_owned()))),
            NestedChange::Many(many) => NestedChange::Many(all(many)),
            NestedChange::Partial { added, removed } => {
                let removed = removed.into_iter();
                let removed = removed.map(|Removal { object, fate }| Removal { object: object.into_owned(), fate });
                NestedChange::Partial { added: all(added), removed: removed.collect() }
            }
        };
        IncomingNested { name: self.name, change, pointer: self.pointer }
    }
}

/// The linkage that a client wrote down.
#[derive(Debug, Clone)]
pub(crate) struct IncomingLinkage {
    pub(crate) data: IncomingData,
    /// Where it stands in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// One resource, none, or a list of them.
#[derive(Debug, Clone)]
pub(crate) enum IncomingData {
    One(Option<Identifier>),
    Many(Vec<Identifier>),
}

/// A resource that a client names.
#[derive(Debug, Clone)]
pub(crate) struct Identifier {
    pub(crate) type_name: String,
    pub(crate) id: String,
    /// Where it stands in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// Where the members of an [`Incoming`] stand in the document, as JSON Pointers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// The resource as a whole.
    pub(crate) whole: Cow<'static, str>,
    /// The attributes, if there are any.
    pub(crate) attributes: Option<Cow<'static, str>>,
    /// The names that the client sent, where the application has made other attributes of them.
    pub(crate) sent: Option<Vec<String>>,
}

impl Place {
    /// A resource whose attributes are its own members.
    pub(crate) fn flat(pointer: String) -> Self {
        let pointer = Cow::from(pointer);
        Self { whole: pointer.clone(), attributes: Some(pointer), sent: None }
    }

    /// A member of the resource itself.
    pub(crate) fn member(&self, name: &str) -> String {
        below(&self.whole, name)
    }

    /// An attribute that the document has, or what it was made of.
    pub(crate) fn attribute(&self, name: &str) -> String {
        if self.sent.as_ref().is_some_and(|sent| !sent.iter().any(|sent| sent == name)) {
            return self.missing_attribute();
        }
        below(self.attributes.as_ref().unwrap_or(&self.whole), name)
    }

    /// A relationship: in what is flat a member like any other.
    pub(crate) fn relationship(&self, name: &str) -> String {
        if self.attributes.as_ref() == Some(&self.whole) {
            return self.member(name);
        }
        below(&self.member("relationships"), name)
    }

    /// Where an attribute is missing: the nearest value that the document has.
    pub(crate) fn missing_attribute(&self) -> String {
        self.attributes.as_ref().unwrap_or(&self.whole).clone().into_owned()
    }
}

/// The text of a key that stands in JSON as a number or a string; `None` if it is neither.
pub(crate) fn key_text(json: &str) -> Option<String> {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => Some(text),
        Ok(serde_json::Value::Number(_)) => Some(json.to_owned()),
        _ => None,
    }
}
