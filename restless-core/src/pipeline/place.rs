//! What the first segments of a path lead to.

use crate::endpoint::EndpointId;
use crate::error::Error;
use crate::operation::decode;

/// The first step of a path.
pub(super) enum Place<'a> {
    /// The root of an `Api`.
    Root,
    /// A collection, by its id, and the path below it.
    Resource { place: EndpointId, below: &'a str },
    /// The functions of a collection, by its id.
    Functions { place: EndpointId },
}

/// The segment before the name of a collection whose functions are meant.
pub(super) const EVAL: &str = "eval";

impl<'a> Place<'a> {
    /// Finds the collection; `names` are those of an `Api`, a lone resource has none.
    pub(super) fn read(path: &'a str, names: Option<&[String]>) -> Result<Self, Error> {
        let Some(names) = names else {
            return Ok(Place::Resource { place: EndpointId::new(0), below: path });
        };
        if path.is_empty() {
            return Ok(Place::Root);
        }
        let rest = path.strip_prefix('/').ok_or_else(Error::unknown_path)?;
        let end = rest.find('/').unwrap_or(rest.len());
        let name = decode(&rest[..end])?;
        let position = |name: &str| names.iter().position(|known| known == name).map(EndpointId::new);
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
        if path.is_empty() { Ok(Place::Functions { place: EndpointId::new(0) }) } else { Err(Error::unknown_path()) }
    }
}
