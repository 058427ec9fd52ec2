//! What a URL names.

use percent_encoding::percent_decode_str;

use crate::Method;
use crate::endpoint::{Endpoint, Mount};
use crate::error::Error;
use crate::request::Request;
use crate::resource_type::Format;
use crate::response::Response;

use super::representation;

/// The first step of a path.
pub(super) enum Place<'a> {
    /// The root of an `Api`.
    Root,
    /// A collection, by its place, and the path below it.
    Resource { place: usize, below: &'a str },
    /// The functions of a collection, by its place.
    Functions { place: usize },
}

/// The segment before the name of a collection whose functions are meant.
pub(super) const EVAL: &str = "eval";

impl<'a> Place<'a> {
    /// Finds the collection; `names` are those of an `Api`, a lone resource has none.
    pub(super) fn read(path: &'a str, names: Option<&[String]>) -> Result<Self, Error> {
        let Some(names) = names else {
            return Ok(Place::Resource { place: 0, below: path });
        };
        if path.is_empty() {
            return Ok(Place::Root);
        }
        let rest = path.strip_prefix('/').ok_or_else(Error::unknown_path)?;
        let end = rest.find('/').unwrap_or(rest.len());
        let name = decode(&rest[..end])?;
        let position = |name: &str| names.iter().position(|known| known == name);
        match position(&name) {
            Some(place) => Ok(Place::Resource { place, below: &rest[end..] }),
            None if name == EVAL => {
                let name = decode(rest[end..].strip_prefix('/').unwrap_or_default())?;
                position(&name).map(|place| Place::Functions { place }).ok_or_else(Error::unknown_path)
            }
            None => Err(Error::unknown_path()),
        }
    }

    /// The functions of a lone resource, which have nothing below them.
    pub(super) fn of_functions(path: &str) -> Result<Self, Error> {
        if path.is_empty() { Ok(Place::Functions { place: 0 }) } else { Err(Error::unknown_path()) }
    }
}

/// What a path below a collection names.
pub(super) enum Target {
    Collection,
    /// The functions of the collection.
    Functions,
    Resource(String),
    /// The resources that a resource is related to: its id and the relationship's name.
    Related(String, String),
    /// One of them, by its id.
    Member(String, String, String),
    /// The relationship itself.
    Relationship(String, String),
}

impl Target {
    /// The id of the resource that it names, or of the one that has the relationship.
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Target::Collection | Target::Functions => None,
            Target::Resource(id) | Target::Related(id, _) | Target::Member(id, ..) | Target::Relationship(id, _) => {
                Some(id)
            }
        }
    }

    pub(super) fn read(path: &str) -> Result<Self, Error> {
        if path.is_empty() {
            return Ok(Target::Collection);
        }
        let rest = path.strip_prefix('/').ok_or_else(Error::unknown_path)?;
        let mut segments = rest.split('/').map(decode_nonempty);
        let mut next = || segments.next().transpose();
        let target = match (next()?, next()?, next()?, next()?) {
            (Some(id), None, _, _) => Target::Resource(id),
            (Some(id), Some(name), None, _) => Target::Related(id, name),
            (Some(id), Some(word), Some(name), None) if word == "relationships" => Target::Relationship(id, name),
            (Some(id), Some(name), Some(member), None) => Target::Member(id, name, member),
            _ => return Err(Error::unknown_path()),
        };
        Ok(target)
    }

    /// The id and the relationship in it.
    pub(super) fn names(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Target::Collection | Target::Functions => (None, None),
            Target::Resource(id) => (Some(id), None),
            Target::Related(id, name) | Target::Member(id, name, _) | Target::Relationship(id, name) => {
                (Some(id), Some(name))
            }
        }
    }

    /// The methods that the URL answers in a format, given those of its resource.
    pub(super) fn allowed(&self, settings: &Mount, format: Format) -> Vec<Method> {
        match format {
            Format::JsonApi => self.allowed_in_json_api(&settings.methods),
            Format::Classic => self.allowed_in_classic(settings),
        }
    }

    /// Those of the methods that a client can use: at the URL of a relationship the others are answered with the reason of
    /// their refusal.
    pub(super) fn usable(&self, endpoint: &Endpoint, mut allowed: Vec<Method>) -> Vec<Method> {
        let Target::Relationship(_, name) = self else {
            return allowed;
        };
        let Some((_, relationship)) = endpoint.relationship(name) else {
            return allowed;
        };
        let settings = &endpoint.settings;
        let is_writable = !relationship.is_read_only && !endpoint.is_locked(relationship.name);
        let is_to_one = relationship.is_to_one();
        allowed.retain(|method| match method {
            Method::GET => true,
            _ if !is_writable => false,
            Method::PATCH | Method::PUT => is_to_one || settings.allow_to_many_replacement,
            Method::POST => !is_to_one,
            Method::DELETE => !is_to_one && settings.allow_delete_from_to_many_relationships,
        });
        allowed
    }

    /// Flask-Restless 0.17: a collection changes all at once if that is allowed, and the URLs of relations are those of the
    /// resource when it is updated.
    fn allowed_in_classic(&self, settings: &Mount) -> Vec<Method> {
        const UPDATES: [Method; 2] = [Method::PATCH, Method::PUT];
        let may = |method: &Method| settings.methods.contains(method);
        let (updates_many, deletes_many) = (settings.allow_patch_many, settings.allow_delete_many);
        let many = || {
            let updates = UPDATES.into_iter().filter(|_| updates_many);
            updates.chain([Method::DELETE].into_iter().filter(|_| deletes_many)).filter(may)
        };
        match self {
            Target::Functions => vec![Method::GET],
            Target::Relationship(..) => [Method::GET].into_iter().filter(may).collect(),
            Target::Collection => [Method::GET, Method::POST].into_iter().filter(may).chain(many()).collect(),
            Target::Related(..) => [Method::GET].into_iter().filter(may).chain(many()).collect(),
            Target::Resource(_) | Target::Member(..) => {
                Method::ALL.into_iter().filter(|method| may(method) && *method != Method::POST).collect()
            }
        }
    }

    /// Whoever may update a resource may change its relationships.
    fn allowed_in_json_api(&self, methods: &[Method]) -> Vec<Method> {
        let may = |method| methods.contains(&method);
        let sensible: &[Method] = match self {
            Target::Functions => return vec![Method::GET],
            Target::Collection => &[Method::GET, Method::POST],
            Target::Resource(_) => &[Method::GET, Method::PATCH, Method::DELETE],
            Target::Related(..) | Target::Member(..) => &[Method::GET],
            Target::Relationship(..) if may(Method::PATCH) => {
                let changes = [Method::GET, Method::POST, Method::PATCH, Method::DELETE];
                return changes.into_iter().filter(|method| *method != Method::GET || may(Method::GET)).collect();
            }
            Target::Relationship(..) => &[Method::GET],
        };
        sensible.iter().copied().filter(|method| may(*method)).collect()
    }
}

/// Decodes a segment that has to hold something.
fn decode_nonempty(segment: &str) -> Result<String, Error> {
    decode(segment).and_then(|text| if text.is_empty() { Err(Error::unknown_path()) } else { Ok(text) })
}

fn decode(segment: &str) -> Result<String, Error> {
    let text = percent_decode_str(segment).decode_utf8();
    text.map(std::borrow::Cow::into_owned).map_err(|_| Error::unknown_path())
}

/// The value of `Allow` (RFC 9110, section 10.2.1).
pub(super) fn allow(methods: &[Method]) -> String {
    let mut names = Vec::new();
    for method in methods {
        names.push(method.name());
        if *method == Method::GET {
            names.push("HEAD");
        }
    }
    names.push("OPTIONS");
    names.join(", ")
}

pub(super) fn refuse_method(request: &Request, allowed: &[Method], format: Format) -> Response {
    let allowed = allow(allowed);
    let error = Error::method_refused(request.method.name(), &allowed);
    representation::refuse(format, &error.into()).with_header("Allow", allowed)
}
