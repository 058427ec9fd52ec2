//! Create a resource (JSON:API 1.1, "Creating Resources").

use std::hash::Hash;

use super::changes::{Changes, Moment, check_type};
use super::compound::{self, Shape};
use super::linking::{Owner, apply};
use super::records::KeyReader;
use super::refusal::Subject;
use super::{Given, Incoming, Outcome, Place, Site};
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{Parameters, View};
use crate::statement::Insert;
use crate::value::Input;

/// A new resource.
pub(crate) struct Create<DB: Dialect> {
    site: Site<DB>,
    view: View,
    changes: Changes<DB>,
    place: Place,
}

impl<DB: Dialect> Create<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: Site<DB>, mut incoming: Incoming<'_>, parameters: &Parameters) -> Result<Self, Errors> {
        let view = View::read(&site.registry, site.place, parameters)?;
        let mut errors = std::mem::take(&mut incoming.mistakes);
        check_type(site.endpoint(), &incoming, &mut errors);
        let mut changes = Changes::read(&site, &mut incoming, Moment::Creation, &mut errors);
        set_id(&site, &incoming, &mut changes, &mut errors);
        Errors::check(errors)?;
        changes.add_defaults(site.endpoint());
        Ok(Self { site, view, changes, place: incoming.place })
    }

    /// Inserts the row and gives its id.
    async fn insert<S: Session<Dialect = DB>>(&mut self, session: &S) -> Result<String, Errors> {
        let endpoint = self.site.endpoint();
        let values = std::mem::take(&mut self.changes.values);
        let columns: Vec<&'static str> = values.iter().map(|(column, _)| *column).collect();
        let caching = endpoint.shapes.caching(|hasher| {
            ("insert", columns).hash(hasher);
            true
        });
        let insert = Insert { resource: endpoint.resource, values, caching };
        let mut reader = KeyReader { codec: &endpoint.resource.key.codec, key: None };
        let inserted = session.load(&insert, &mut reader).await;
        let subject =
            Subject { endpoint, place: Some(&self.place), sent: &self.changes.sent, links: &self.changes.links };
        inserted.map_err(|error| subject.refuse(error))?;
        reader.key.ok_or_else(|| Error::conflict("the database refuses the change").into())
    }

    /// Links the new resource with others whose tables hold the foreign keys.
    async fn link<S: Session<Dialect = DB>>(&self, session: &S, id: &str) -> Result<(), Errors> {
        if self.changes.links.is_empty() {
            return Ok(());
        }
        let keys = self.site.find(session, id).await?;
        let owner = Owner { site: &self.site, id, reference: keys.reference.as_deref() };
        for link in &self.changes.links {
            apply(session, &owner, link).await?;
        }
        Ok(())
    }
}

impl<DB: Dialect> Operation<DB> for Create<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(mut self, session: &S) -> Result<Outcome, Errors> {
        self.changes.resolve_own(session, &self.site).await?;
        let id = self.insert(session).await?;
        self.link(session, &id).await?;
        let compound = read_back(session, &self.site, &self.view, &id).await?;
        Ok(Outcome::Created(compound))
    }
}

/// The resource as the database holds it now, with whatever triggers and defaults made of it.
pub(super) async fn read_back<DB: Dialect, S: Session<Dialect = DB>>(
    session: &S,
    site: &Site<DB>,
    view: &View,
    id: &str,
) -> Result<compound::Compound, Errors> {
    let shape = Shape::new(&site.registry, site.place, view, &view.include.nodes);
    let mut select = shape.select(site.endpoint(), site.by_key(id)?);
    select.caching = site.endpoint().shapes.caching(|hasher| select.shape(hasher));
    let records = compound::read(session, site.endpoint(), &select, None).await?;
    if records.is_empty() {
        return Err(site.missing(id).into());
    }
    compound::load(session, &site.registry, view, shape.resources(site.place, records)).await
}

/// The id that the client chose becomes the key, if it may choose one.
fn set_id<DB: Dialect>(site: &Site<DB>, incoming: &Incoming<'_>, changes: &mut Changes<DB>, errors: &mut Vec<Error>) {
    let Given::Text(id) = &incoming.id else {
        return;
    };
    let endpoint = site.endpoint();
    let key = &endpoint.resource.key;
    let pointer = incoming.place.member("id");
    if key.is_read_only || !endpoint.settings.allow_client_generated_ids {
        errors.push(Error::client_generated_id().at_pointer(pointer));
    } else if changes.has(key.column) {
        let detail = format!("the id is that of the attribute \"{}\" already", key.name);
        errors.push(Error::invalid_document(detail).at_pointer(pointer));
    } else {
        match (key.codec.bind)(Input::Text(id)) {
            Ok(_) if id.is_empty() => errors.push(Error::empty_key("id").at_pointer(pointer)),
            Ok(value) => {
                changes.values.push((key.column, value));
                changes.sent.push("id");
            }
            Err(mismatch) => errors.push(Error::invalid_value("id", &mismatch).at_pointer(pointer)),
        }
    }
}
