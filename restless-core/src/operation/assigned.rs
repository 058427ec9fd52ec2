//! What the application itself sets of a row that is written.

use super::changes::Changes;
use super::{Assigned, EndpointRef, Incoming};
use crate::dialect::{Dialect, Fragment};
use crate::endpoint::Endpoint;
use crate::error::{Error, Mistakes};
use crate::resource_type::RelationshipId;
use crate::value::Input;

impl<DB: Dialect> Changes<DB> {
    /// What the application sets stands in the place of what the client sends, be it the column's value or the
    /// relationship whose foreign key the column is. Nothing but its type is checked.
    pub(super) fn set(&mut self, site: &EndpointRef, incoming: &Incoming<'_>, errors: &mut Mistakes) {
        let resource = site.endpoint().resource;
        for (column, assigned) in &incoming.set {
            let value = match assigned_value(site.endpoint(), column, assigned) {
                Ok(value) => value,
                Err(error) => {
                    errors.push(error.at_pointer(incoming.place.missing_attribute()));
                    continue;
                }
            };
            let is_other = |relationship: RelationshipId| !resource.relationships[relationship].is_held_by(column);
            self.links.retain(|link| is_other(link.relationship));
            self.nested.retain(|nested| is_other(nested.relationship));
            self.values.retain(|(found, _)| found != column);
            self.values.push((column, value));
        }
    }
}

/// What the application gives a column.
fn assigned_value<DB: Dialect>(
    endpoint: &Endpoint,
    column: &'static str,
    assigned: &Assigned,
) -> Result<Fragment<DB>, Error> {
    let resource = endpoint.resource;
    let name = resource.attribute_of_column(column).map_or(column, |attribute| attribute.name);
    let unfit = || Error::internal(format!("the application's value does not fit \"{name}\""));
    let (_, codec) = resource.codecs().field_of_column(column).ok_or_else(unfit)?;
    match assigned {
        Assigned::Typed(value) => (codec.bind_typed)(value).ok_or_else(unfit),
        Assigned::Json(json) => {
            (codec.bind)(Input::Json(json)).map_err(|mismatch| Error::invalid_value(name, &mismatch))
        }
    }
}
