//! What a client sends, whatever its representation.

use crate::error::Error;

/// A resource as a client wrote it down: names and JSON values, not yet looked at.
pub(crate) struct Incoming<'a> {
    pub(crate) type_name: Given,
    pub(crate) id: Given,
    pub(crate) attributes: Vec<(String, &'a str)>,
    pub(crate) relationships: Vec<IncomingRelationship>,
    pub(crate) place: Place,
    /// What is wrong with the document's form, to be told together with what is wrong with its content.
    pub(crate) mistakes: Vec<Error>,
}

/// A text that a client gives, or should give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    Absent,
    /// It is no text, which is among the mistakes already.
    Malformed,
    Text(String),
}

/// A relationship as a client wants it to be.
pub(crate) struct IncomingRelationship {
    pub(crate) name: String,
    pub(crate) linkage: IncomingLinkage,
    /// The relationship in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// The linkage that a client wrote down.
pub(crate) struct IncomingLinkage {
    pub(crate) data: IncomingData,
    /// Where it stands in the document, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// One resource, none, or a list of them.
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
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The resource as a whole.
    pub(crate) whole: String,
    /// The attributes, if there are any.
    pub(crate) attributes: Option<String>,
}

impl Place {
    /// A member of the resource itself.
    pub(crate) fn member(&self, name: &str) -> String {
        format!("{}/{}", self.whole, escape(name))
    }

    /// An attribute that the document has.
    pub(crate) fn attribute(&self, name: &str) -> String {
        let attributes = self.attributes.as_ref().unwrap_or(&self.whole);
        format!("{attributes}/{}", escape(name))
    }

    /// Where an attribute is missing: the nearest value that the document has.
    pub(crate) fn missing_attribute(&self) -> String {
        self.attributes.clone().unwrap_or_else(|| self.whole.clone())
    }
}

/// A name within a JSON Pointer (RFC 6901, section 3).
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
