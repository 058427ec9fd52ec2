//! The rows that a client's identifiers stand for.

use std::collections::HashMap;

use super::{Member, Naming};
use crate::backend::Session;
use crate::dialect::{Dialect, Fragment, Membership};
use crate::error::{Error, Errors};
use crate::operation::{Site, compound};
use crate::resource_type::ForeignKey;
use crate::statement::Predicate;
use crate::value::Input;

/// Finds the members and gives what foreign keys call them, in their order. Whoever does not exist for the client is 404,
/// with its place in the document, whatever it is named by.
pub(crate) async fn resolve<DB: Dialect, S: Session<Dialect = DB>>(
    session: &S,
    site: &Site<DB>,
    members: &[Member],
    foreign_key: ForeignKey,
) -> Result<Vec<String>, Errors> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let endpoint = site.endpoint();
    let is_key = endpoint.resource.referred(foreign_key.refers_to).column == endpoint.resource.key.column;
    let mut malformed_ids = endpoint.mistakes();
    malformed_ids.extend(members.iter().filter_map(|member| malformed(site, member, foreign_key)));
    malformed_ids.check()?;
    if let [Member { id, naming: Naming::Reference, pointer }] = members {
        let column = endpoint.column(endpoint.resource.referred(foreign_key.refers_to).column);
        let select = site.keys_where(Predicate::equals(column, bind_reference(site, foreign_key, id)?));
        let found = compound::read(session, endpoint, &select, None).await?;
        return if found.is_empty() { Err(nobody(pointer).into()) } else { Ok(vec![id.clone()]) };
    }
    let mut errors = endpoint.mistakes();
    let select = site.keys_where(Predicate::In { column: endpoint.key_column(), values: by_ids(site, members)? });
    let records = compound::read(session, endpoint, &select, None).await?;
    let found: HashMap<&str, Option<&str>> =
        records.iter().map(|record| (record.id.as_str(), record.reference.as_deref())).collect();
    site.check_rows(found.len(), records.len())?;
    let mut references = Vec::with_capacity(members.len());
    for member in members {
        if let Some(reference) = found.get(member.id.as_str()) {
            references.push(if is_key { member.id.clone() } else { reference.unwrap_or_default().to_owned() });
        } else {
            errors.push(site.missing(&member.id).at_pointer(member.pointer.clone()));
        }
    }
    errors.check().map(|()| references)
}

/// What is wrong with the name of a member that no resource can have.
pub(crate) fn malformed<DB: Dialect>(site: &Site<DB>, member: &Member, foreign_key: ForeignKey) -> Option<Error> {
    match member.naming {
        Naming::Id => site.key(&member.id).err().map(|error| error.at_pointer(member.pointer.clone())),
        Naming::Reference => bind_reference(site, foreign_key, &member.id).is_err().then(|| nobody(&member.pointer)),
    }
}

/// No resource has what a foreign key is to hold. The id is not told: the client does not know it by that.
fn nobody(pointer: &str) -> Error {
    Error::missing_resource().at_pointer(pointer)
}

fn by_ids<DB: Dialect>(site: &Site<DB>, members: &[Member]) -> Result<Membership<DB>, Error> {
    let ids: Vec<Input<'_>> = members.iter().map(|member| Input::Text(&member.id)).collect();
    (site.endpoint().resource.key.codec.bind_each)(&ids).map_err(Error::internal)
}

/// What foreign keys of the kind hold when they refer to a row of the site.
pub(crate) fn bind_reference<DB: Dialect>(
    site: &Site<DB>,
    foreign_key: ForeignKey,
    reference: &str,
) -> Result<Fragment<DB>, Error> {
    let codec = &site.endpoint().resource.referred(foreign_key.refers_to).codec;
    (codec.bind)(Input::Text(reference)).map_err(Error::internal)
}

/// The same for several rows, as the right side of an `IN`.
pub(crate) fn bind_references<DB: Dialect>(
    site: &Site<DB>,
    foreign_key: ForeignKey,
    references: &[String],
) -> Result<Membership<DB>, Error> {
    let codec = &site.endpoint().resource.referred(foreign_key.refers_to).codec;
    let inputs: Vec<Input<'_>> = references.iter().map(|reference| Input::Text(reference)).collect();
    (codec.bind_each)(&inputs).map_err(Error::internal)
}
