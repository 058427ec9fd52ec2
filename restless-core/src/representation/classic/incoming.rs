//! Objects that clients send: columns and relations beside each other, related objects within.

use crate::endpoint::{Endpoint, EndpointId};
use crate::error::Error;
use crate::json::{MOST_MEMBERS, Members};
use crate::operation::{Fate, Given, Incoming, IncomingNested, NestedChange, Place, Reading, Removal, below, key_text};
use crate::query::SEARCH;
use crate::registry::Registry;
use crate::representation::json_api::body_text;
use crate::request::Body;
use crate::resource_type::Format;

/// How deep objects may lie within each other.
const DEEPEST: usize = 8;

/// The member of a removed object that says that it is deleted too.
const DELETE: &str = "__delete__";

/// The member of a document that has what the document is about.
const DATA: &str = "data";

/// The search in a body that is for many resources, if there is one.
#[derive(Debug, Clone, Default)]
pub(crate) struct SearchText(pub(crate) Option<String>);

/// Reads the object in a body, for a resource at a place. Keeps every mistake in its form; what its members mean, the
/// operation says. The search beside them is apart.
pub(crate) fn read_object<'a>(registry: &Registry, place: EndpointId, body: &'a Body) -> (Incoming<'a>, SearchText) {
    // Whoever may not write is told so first, whatever the body is.
    let members = match body_text(body).map(Members::of) {
        Ok(Some(members)) => members,
        Ok(None) => return unreadable(Error::invalid_document("expected an object").at_pointer("")),
        Err(error) => return unreadable(error),
    };
    if members.are_too_many() {
        let detail = format!("expected {MOST_MEMBERS} members at most, found more");
        return unreadable(Error::invalid_document(detail).at_pointer(""));
    }
    let endpoint = registry.endpoint(place);
    if members.get(DATA).is_some() && is_document(endpoint) {
        return unreadable(Error::document_as_object(DATA, &endpoint.settings.collection_name));
    }
    let resource = endpoint.resource;
    let is_searched = resource.attribute(SEARCH).is_none() && resource.relationship(SEARCH).is_none();
    let search = SearchText(members.get(SEARCH).filter(|_| is_searched).map(str::to_owned));
    let members = members.without(if is_searched { SEARCH } else { "" });
    let mut reading = Reading::within(&endpoint.settings.limits);
    let mut reader = ObjectReader { registry, reading: &mut reading };
    let mut incoming = reader.object(&members, &At { place, pointer: String::new(), depth: 0 });
    incoming.mistakes = reading.mistakes;
    (incoming, search)
}

/// Whether an object with the member of a document's primary data is meant as a document: nothing else knows it.
fn is_document(endpoint: &Endpoint) -> bool {
    let resource = endpoint.resource;
    let is_known = endpoint.known_attribute(DATA).is_some()
        || endpoint.relationship(DATA).is_some()
        || endpoint.is_presented(DATA)
        || resource.key.name == DATA
        || resource.deserialize.is_some();
    !is_known && endpoint.settings.offered().have(Format::JsonApi)
}

fn unreadable<'a>(mistake: Error) -> (Incoming<'a>, SearchText) {
    let (type_name, id) = (Given::Implied, Given::Implied);
    let mut incoming = Incoming { type_name, id, ..Incoming::default() };
    incoming.mistakes.push(mistake);
    (incoming, SearchText::default())
}

struct ObjectReader<'r> {
    registry: &'r Registry,
    reading: &'r mut Reading,
}

/// Where an object stands, and for which endpoint.
struct At {
    place: EndpointId,
    pointer: String,
    depth: usize,
}

impl At {
    fn below(&self, place: EndpointId, member: &str) -> Self {
        Self { place, pointer: below(&self.pointer, member), depth: self.depth + 1 }
    }
}

impl ObjectReader<'_> {
    fn object<'a>(&mut self, members: &Members<'a>, at: &At) -> Incoming<'a> {
        let endpoint = self.registry.endpoint(at.place);
        let mut incoming = Incoming {
            type_name: Given::Implied,
            id: Given::Implied,
            place: Place::flat(at.pointer.clone()),
            ..Incoming::default()
        };
        for (name, json) in members.all() {
            if let Some((place, relationship)) = endpoint.relationship(name) {
                let below = At { depth: at.depth, ..at.below(endpoint.targets[place], name) };
                let is_to_one = relationship.is_to_one();
                let change = if is_to_one { self.one(json, &below) } else { self.many(json, &below) };
                let name = name.to_owned();
                incoming.nested.extend(change.map(|change| IncomingNested { name, change, pointer: below.pointer }));
            } else if is_id(endpoint, name) {
                incoming.id = self.id(json, at);
            } else {
                incoming.attributes.push((name.to_owned().into(), json.into()));
            }
        }
        incoming
    }

    fn id(&mut self, json: &str, at: &At) -> Given {
        if json == "null" {
            return Given::Implied;
        }
        key_text(json).map_or_else(
            || {
                self.refuse(&format!("{}/id", at.pointer), "id: expected a number or a string");
                Given::Malformed
            },
            Given::Text,
        )
    }

    fn refuse(&mut self, pointer: &str, detail: &str) {
        self.reading.mistakes.push(Error::invalid_document(detail.to_owned()).at_pointer(pointer));
    }

    fn related<'a>(&mut self, json: &'a str, at: &At) -> Option<Incoming<'a>> {
        if self.reading.is_over() {
            return None;
        }
        if at.depth > DEEPEST {
            self.refuse(&at.pointer, "expected 8 objects within each other at most, found more");
            return None;
        }
        let Some(members) = Members::of(json) else {
            self.refuse(&at.pointer, "expected an object");
            return None;
        };
        Some(self.object(&members, at))
    }

    /// `{"id":1}`, `{"add":{"id":1}}` or `null`
    fn one<'a>(&mut self, json: &'a str, at: &At) -> Option<NestedChange<'a>> {
        if json == "null" {
            return Some(NestedChange::One(None));
        }
        let added = match partial(json) {
            Some(Partial { added: Some(added), removed: None }) => Some(added),
            Some(_) => {
                self.refuse(&at.pointer, "expected an object or null: nothing is removed from a relation to one");
                return None;
            }
            None => None,
        };
        let below = match added {
            Some(_) => at.below(at.place, "add"),
            None => At { place: at.place, pointer: at.pointer.clone(), depth: at.depth + 1 },
        };
        if !self.reading.count(1, &at.pointer) {
            return None;
        }
        let related = self.related(added.unwrap_or(json), &below)?;
        Some(NestedChange::One(Some(Box::new(related))))
    }

    /// A list of objects, or `{"add":…,"remove":…}`
    fn many<'a>(&mut self, json: &'a str, at: &At) -> Option<NestedChange<'a>> {
        if let Some(items) = self.reading.objects(json, &at.pointer) {
            return Some(NestedChange::Many(self.items(&items, at)));
        }
        let Some(Partial { added, removed }) = partial(json) else {
            self.refuse(&at.pointer, "expected a list of objects, or an object with add and remove");
            return None;
        };
        let below = |name: &str| At { depth: at.depth, ..at.below(at.place, name) };
        let (added_at, removed_at) = (below("add"), below("remove"));
        let added = added.map(|json| self.some(json, &added_at)).unwrap_or_default();
        let added = self.items(&added, &added_at);
        let removed = removed.map(|json| self.some(json, &removed_at)).unwrap_or_default();
        let removed = self.removals(&removed, &removed_at);
        Some(NestedChange::Partial { added, removed })
    }

    /// The items of a list; what is no list is one item.
    fn some<'a>(&mut self, json: &'a str, at: &At) -> Vec<&'a str> {
        if let Some(items) = self.reading.objects(json, &at.pointer) {
            return items;
        }
        if self.reading.count(1, &at.pointer) { vec![json] } else { Vec::new() }
    }

    fn items<'a>(&mut self, items: &[&'a str], at: &At) -> Vec<Incoming<'a>> {
        let items = items.iter().enumerate();
        items.filter_map(|(index, json)| self.related(json, &at.below(at.place, &index.to_string()))).collect()
    }

    fn removals<'a>(&mut self, items: &[&'a str], at: &At) -> Vec<Removal<'a>> {
        let mut removals = Vec::new();
        for (index, json) in items.iter().enumerate() {
            if self.reading.is_over() {
                break;
            }
            let below = at.below(at.place, &index.to_string());
            let Some(members) = Members::of(json) else {
                self.refuse(&below.pointer, "expected an object");
                continue;
            };
            if members.all().all(|(name, _)| name == DELETE) {
                self.refuse(&below.pointer, "expected an id or attributes that tell what is removed");
                continue;
            }
            let fate = if members.get(DELETE) == Some("true") { Fate::Deleted } else { Fate::Unlinked };
            removals.push(Removal { object: self.object(&members.without(DELETE), &below), fate });
        }
        removals
    }
}

/// Whether the name is that of a key that is no attribute.
fn is_id(endpoint: &Endpoint, name: &str) -> bool {
    name == endpoint.resource.key.name && endpoint.resource.attribute(name).is_none()
}

/// What is added to a relation, and what is removed from it.
struct Partial<'a> {
    added: Option<&'a str>,
    removed: Option<&'a str>,
}

/// `{"add":…,"remove":…}`; `None` if there are other members.
fn partial(json: &str) -> Option<Partial<'_>> {
    let members = Members::of(json)?;
    let is_partial = members.all().count() > 0 && members.all().all(|(name, _)| matches!(name, "add" | "remove"));
    is_partial.then(|| Partial { added: members.get("add"), removed: members.get("remove") })
}
