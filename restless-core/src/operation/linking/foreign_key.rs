//! What a foreign key is to hold.

use crate::dialect::{Dialect, Fragment, SqlText};
use crate::error::Error;
use crate::operation::{Assigned, Site};
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

    /// The value as the field of the column holds it, if the model has such a field.
    pub(crate) fn held(&self, site: &Site<DB>) -> Option<Assigned> {
        let (_, codec) = site.endpoint().resource.field_of_column(self.column)?;
        let input = self.reference.as_ref().map_or(Input::Json("null"), |(text, _)| Input::Text(text));
        (codec.parse)(input).ok().map(Assigned::Typed)
    }
}
