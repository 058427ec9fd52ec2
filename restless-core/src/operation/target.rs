//! What a URL names.

use percent_encoding::percent_decode_str;

use crate::error::Error;

/// What a path below a collection names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
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
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Target::Collection | Target::Functions => None,
            Target::Resource(id) | Target::Related(id, _) | Target::Member(id, ..) | Target::Relationship(id, _) => {
                Some(id)
            }
        }
    }

    pub(crate) fn read(path: &str) -> Result<Self, Error> {
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
    pub(crate) fn names(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Target::Collection | Target::Functions => (None, None),
            Target::Resource(id) => (Some(id), None),
            Target::Related(id, name) | Target::Member(id, name, _) | Target::Relationship(id, name) => {
                (Some(id), Some(name))
            }
        }
    }
}

/// Decodes a segment that has to hold something.
fn decode_nonempty(segment: &str) -> Result<String, Error> {
    decode(segment).and_then(|text| if text.is_empty() { Err(Error::unknown_path()) } else { Ok(text) })
}

pub(crate) fn decode(segment: &str) -> Result<String, Error> {
    let text = percent_decode_str(segment).decode_utf8();
    text.map(std::borrow::Cow::into_owned).map_err(|_| Error::unknown_path())
}
