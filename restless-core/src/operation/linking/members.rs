//! The rows that a client's identifiers stand for.

use std::collections::HashSet;

use super::{Member, Naming};
use crate::backend::Session;
use crate::dialect::{Dialect, Fragment, InList};
use crate::error::{Error, Errors};
use crate::operation::{EndpointRef, Record, compound};
use crate::resource_type::{ForeignKey, ResourceType};
use crate::statement::Predicate;
use crate::value::Input;

/// A row that a client's identifier stands for.
pub(crate) struct FoundMember {
    /// The member, with its id as the row spells it.
    pub(crate) member: Member,
    /// What foreign keys call the row.
    pub(crate) reference: String,
}

impl FoundMember {
    /// The member that stands for a row, which foreign keys call by its key, or by another column.
    fn new(member: &Member, row: &Record, called: Called) -> Self {
        let reference = match called {
            Called::ByKey => row.id.clone(),
            Called::ByReference => row.reference.clone().unwrap_or_default(),
        };
        Self { member: Member::new(&*row.id, &*member.pointer), reference }
    }
}

/// What foreign keys call a row by.
#[derive(Debug, Clone, Copy)]
enum Called {
    ByKey,
    ByReference,
}

impl Called {
    fn of(resource: &ResourceType, foreign_key: ForeignKey) -> Self {
        let is_key = resource.referred(foreign_key.refers_to).column == resource.key.column;
        if is_key { Called::ByKey } else { Called::ByReference }
    }
}

/// Finds the members, in their order, none twice. Whoever does not exist for the client is 404, with its place in the
/// document, whatever it is named by.
pub(crate) async fn resolve<S: Session>(
    session: &S,
    site: &EndpointRef,
    members: &[Member],
    foreign_key: ForeignKey,
) -> Result<Vec<FoundMember>, Errors> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let mut malformed_ids = site.endpoint().mistakes();
    malformed_ids.extend(members.iter().filter_map(|member| malformed::<S::Dialect>(site, member, foreign_key)));
    malformed_ids.check()?;
    if let [member @ Member { naming: Naming::Reference, .. }] = members {
        return by_reference(session, site, member, foreign_key).await.map(|found| vec![found]);
    }
    let resource = site.endpoint().resource;
    let called = Called::of(resource, foreign_key);
    let ids: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
    let rows = site.find_each(session, &ids).await?;
    let mut errors = site.endpoint().mistakes();
    let mut seen = HashSet::new();
    let mut found = Vec::with_capacity(members.len());
    for (member, row) in members.iter().zip(&rows) {
        match row {
            Some(row) if !seen.insert(&row.id) => {}
            Some(row) => found.push(FoundMember::new(member, row, called)),
            None => errors.push(site.missing(&member.id).at_pointer(member.pointer.clone())),
        }
    }
    errors.check().map(|()| found)
}

/// Finds the one member that is named by what foreign keys call it.
async fn by_reference<S: Session>(
    session: &S,
    site: &EndpointRef,
    member: &Member,
    foreign_key: ForeignKey,
) -> Result<FoundMember, Errors> {
    let endpoint = site.endpoint();
    let column = endpoint.column(endpoint.resource.referred(foreign_key.refers_to).column);
    let select = site.keys_where(Predicate::equals(column, bind_reference(site, foreign_key, &member.id)?));
    let rows = compound::read(session, endpoint, &select, None).await?;
    match rows.get(0) {
        Some(row) => Ok(FoundMember::new(member, row, Called::of(endpoint.resource, foreign_key))),
        None => Err(nobody(&member.pointer).into()),
    }
}

/// What is wrong with the name of a member that no resource can have.
pub(crate) fn malformed<DB: Dialect>(site: &EndpointRef, member: &Member, foreign_key: ForeignKey) -> Option<Error> {
    match member.naming {
        Naming::Id => site.key::<DB>(&member.id).err().map(|error| error.at_pointer(member.pointer.clone())),
        Naming::Reference => {
            bind_reference::<DB>(site, foreign_key, &member.id).is_err().then(|| nobody(&member.pointer))
        }
    }
}

/// No resource has what a foreign key is to hold. The id is not told: the client does not know it by that.
fn nobody(pointer: &str) -> Error {
    Error::missing_resource().at_pointer(pointer)
}

/// What foreign keys of the kind hold when they refer to a row of the site.
pub(crate) fn bind_reference<DB: Dialect>(
    site: &EndpointRef,
    foreign_key: ForeignKey,
    reference: &str,
) -> Result<Fragment<DB>, Error> {
    let codec = site.endpoint().resource.codecs().referred(foreign_key.refers_to);
    (codec.bind)(Input::Text(reference)).map_err(Error::internal)
}

/// The same for several rows, as the right side of an `IN`.
pub(crate) fn bind_references<DB: Dialect>(
    site: &EndpointRef,
    foreign_key: ForeignKey,
    references: &[String],
) -> Result<InList<DB>, Error> {
    let codec = site.endpoint().resource.codecs().referred(foreign_key.refers_to);
    let inputs: Vec<Input<'_>> = references.iter().map(|reference| Input::Text(reference)).collect();
    (codec.bind_each)(&inputs).map_err(Error::internal)
}
