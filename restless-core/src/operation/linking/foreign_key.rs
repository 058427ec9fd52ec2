//! What a foreign key is to hold.

use super::reference_json;
use crate::dialect::{Dialect, Fragment, Kind, SqlText};
use crate::error::Error;
use crate::operation::application::Referring;
use crate::operation::{Assigned, EndpointRef};
use crate::value::{Codec, Input};

/// A foreign key and what it is to hold: what it calls the other row, or null.
pub(crate) struct ForeignKeyValue<DB: Dialect> {
    pub(crate) column: &'static str,
    /// What it calls the row, and what carries such values.
    pub(crate) reference: Option<(String, &'static Codec<DB>)>,
}

impl<DB: Dialect> ForeignKeyValue<DB> {
    /// The value as a bind parameter.
    pub(crate) fn bind(&self) -> Result<Fragment<DB>, Error> {
        match &self.reference {
            Some((text, codec)) => (codec.bind)(Input::Text(text)).map_err(Error::internal),
            None => Ok(Box::new(SqlText("NULL"))),
        }
    }

    /// The same as a client would write it, who asks for it at that place in the document.
    pub(in crate::operation) fn referring(&self, pointer: &str) -> Referring {
        let json = self.reference.as_ref().map_or_else(
            || reference_json(Kind::Integer, None),
            |(text, codec)| reference_json(codec.kind(), Some(text)),
        );
        Referring { column: self.column, json, pointer: pointer.to_owned() }
    }

    /// The value as the field of the column holds it, if the model has such a field.
    pub(crate) fn held(&self, site: &EndpointRef) -> Option<Assigned> {
        let (_, codec) = site.endpoint().resource.codecs::<DB>().field_of_column(self.column)?;
        let input = self.reference.as_ref().map_or(Input::Json("null"), |(text, _)| Input::Text(text));
        (codec.parse)(input).ok().map(Assigned::Typed)
    }
}
