//! One related resource that is to be written.

use futures_util::FutureExt as _;

use super::member::test;
use crate::Method;
use crate::clause::Clause;
use crate::dialect::{Dialect, Fragment};
use crate::endpoint::{Endpoint, Writable};
use crate::error::{Error, Errors, Mistakes};
use crate::operation::asked_row::{AskedRow, Beside};
use crate::operation::changes::{Changes, Moment};
use crate::operation::insertion::Insertion;
use crate::operation::linking::{CHANGES, ForeignKeyValue, Member, check_method};
use crate::operation::modification::Modification;
use crate::operation::{EndpointRef, Given, Incoming, Place, WriteSession, key_text};
use crate::value::Input;

/// A resource as it is to become: one that exists if it has a key that a row has, else a new one.
pub(super) struct Draft<DB: Dialect> {
    pub(super) site: EndpointRef,
    /// The id that the client gives.
    id: Option<String>,
    /// What tells it among the members of a relationship, if it has no id.
    pub(super) identity: Option<Clause>,
    content: Content<DB>,
    pub(super) place: Place,
}

/// What the resource is to become.
enum Content<DB: Dialect> {
    Planned(Changes<DB>),
    /// It is planned once the application has been asked about the resource.
    Asked(Box<Incoming<'static>>),
}

impl<DB: Dialect> Content<DB> {
    fn is_nothing(&self) -> bool {
        match self {
            Content::Planned(changes) => changes.is_nothing(),
            Content::Asked(incoming) => incoming.is_nothing(),
        }
    }
}

impl<DB: Dialect> Draft<DB> {
    /// Reads the resource; what cannot be set or does not fit is collected.
    pub(super) fn plan(site: &EndpointRef, mut incoming: Incoming<'_>, errors: &mut Mistakes) -> Self {
        let id = take_id(site.endpoint(), &mut incoming);
        let moment = if id.is_some() { Moment::Update } else { Moment::Creation };
        let identity = if id.is_none() { identity(site.endpoint(), &incoming) } else { None };
        let place = incoming.place.clone();
        errors.append(std::mem::take(&mut incoming.mistakes));
        let content = if site.has_hooks() {
            Content::Asked(Box::new(incoming.into_owned()))
        } else {
            let mut changes = Changes::read(site, &mut incoming, moment, errors);
            changes.describe(site, &incoming);
            Content::Planned(changes)
        };
        Self { site: site.clone(), id, identity, content, place }
    }

    /// The resource as a member of the relationship, once it has that id.
    pub(super) fn member(&self, id: String) -> Member {
        Member::new(id, &*self.place.whole)
    }

    /// Makes sure that the row is as the client wants it, and gives its id. A new one refers to its parent, if it has one.
    pub(super) async fn write<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        parent: Option<ForeignKeyValue<DB>>,
    ) -> Result<String, Errors> {
        let Some(id) = &self.id else {
            return self.insert(session, parent, None).await;
        };
        self.site.key::<DB>(id).map_err(|error| error.at_pointer(&*self.place.whole))?;
        match self.site.find_all(session, id).await?.get(0) {
            Some(row) => self.update(session, &row.id).await,
            None => self.insert_with(session, id, parent).await,
        }
    }

    /// Gives a row that there is the values that the client wants; gives its id.
    pub(super) async fn update<S: WriteSession<Dialect = DB>>(&self, session: &S, id: &str) -> Result<String, Errors> {
        if self.content.is_nothing() {
            return Ok(id.to_owned());
        }
        self.check_method(&CHANGES, "changed")?;
        match &self.content {
            Content::Planned(changes) => {
                let modification = Modification { site: &self.site, id, changes, place: &self.place };
                // Boxed, since resources lie within resources.
                modification.write(session).boxed_local().await?;
                Ok(id.to_owned())
            }
            Content::Asked(incoming) => {
                AskedRow::new::<DB>(&self.site, Incoming::clone(incoming)).update(session, id, None).boxed_local().await
            }
        }
    }

    /// The same of a row that was found among the members: what is set at creation alone stays as it is.
    pub(super) async fn update_found<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        id: &str,
    ) -> Result<String, Errors> {
        if let Content::Planned(changes) = &self.content {
            self.check_updatable(changes)?;
        }
        self.update(session, id).await
    }

    fn check_updatable(&self, changes: &Changes<DB>) -> Result<(), Error> {
        let endpoint = self.site.endpoint();
        let resource = endpoint.resource;
        let links = changes.links.iter();
        let of_links =
            links.filter_map(|link| Some(resource.relationships[link.relationship].own_foreign_key()?.column));
        let mut columns = changes.values.iter().map(|(column, _)| *column).chain(of_links);
        let is_kept =
            |column: &&str| !resource.identity.contains(column) && endpoint.writable(column) != Writable::Always;
        match columns.find(is_kept).and_then(|column| resource.attribute_of_column(column)) {
            Some(attribute) => {
                let error = Error::attribute_is_create_only(attribute.name);
                Err(error.at_pointer(self.place.attribute(attribute.name)))
            }
            None => Ok(()),
        }
    }

    /// Inserts a row that refers to another one from the beginning, and has the key that the client chose, if it did.
    async fn insert<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        parent: Option<ForeignKeyValue<DB>>,
        key: Option<(&'static str, Fragment<DB>)>,
    ) -> Result<String, Errors> {
        self.check_method(&[Method::POST], "created")?;
        let mut given: Vec<(&'static str, Fragment<DB>)> = key.into_iter().collect();
        if let Some(value) = &parent {
            given.push((value.column, value.bind()?));
        }
        let referring = parent.iter().map(|value| value.referring(&self.place.whole)).collect();
        match &self.content {
            Content::Planned(changes) => {
                changes.check_referring(&self.site, referring)?;
                let mut defaults = changes.defaults(self.site.endpoint());
                defaults.retain(|(column, _)| !given.iter().any(|(given, _)| given == column));
                given.extend(defaults);
                let insertion = Insertion { site: &self.site, changes, place: &self.place, given };
                insertion.write(session).boxed_local().await
            }
            Content::Asked(incoming) => {
                let mut row = AskedRow::new::<DB>(&self.site, Incoming::clone(incoming));
                if let Some(value) = &parent {
                    row.show(value);
                }
                if let Some(id) = &self.id {
                    row.show_key::<DB>(id);
                }
                row.insert(session, Beside { given, referring }).boxed_local().await
            }
        }
    }

    /// A key that no row has is that of a new one, if it is more than a key that the database would have made.
    async fn insert_with<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        id: &str,
        parent: Option<ForeignKeyValue<DB>>,
    ) -> Result<String, Errors> {
        let endpoint = self.site.endpoint();
        let key = &endpoint.resource.key;
        let is_natural = endpoint.resource.attributes.iter().any(|attribute| attribute.is_key);
        if key.is_read_only || self.content.is_nothing() && !is_natural {
            return Err(self.site.missing(id).at_pointer(&*self.place.whole).into());
        }
        if !is_natural && endpoint.has_settings && !endpoint.settings.allow_client_generated_ids {
            return Err(Error::client_generated_id().at_pointer(&*self.place.whole).into());
        }
        if id.is_empty() {
            return Err(Error::empty_key(key.name).at_pointer(&*self.place.whole).into());
        }
        let value = (endpoint.resource.codecs().key.codec.bind)(Input::Text(id)).map_err(Error::internal)?;
        self.insert(session, parent, Some((key.column, value))).await
    }

    /// Whoever may not write a resource at its own URL may not do so within another one.
    fn check_method(&self, methods: &[Method], done: &str) -> Result<(), Error> {
        check_method(&self.site, methods, done, &self.place.whole)
    }
}

/// What tells a resource whose key is several columns: all of them that the client gives, if the resource that it lies
/// within gives the other one.
fn identity(endpoint: &Endpoint, incoming: &Incoming<'_>) -> Option<Clause> {
    let resource = endpoint.resource;
    let tests = resource.identity.iter().filter_map(|column| {
        let attribute = resource.attribute_of_column(column)?;
        let sent = incoming.attributes.iter().find(|(name, _)| name == attribute.name)?;
        Some(test(attribute.name, &sent.1))
    });
    let tests: Vec<Clause> = tests.collect();
    (!resource.identity.is_empty() && tests.len() + 1 >= resource.identity.len()).then_some(Clause::All(tests))
}

/// The id of a resource, or the attribute that is its key.
fn take_id(endpoint: &Endpoint, incoming: &mut Incoming<'_>) -> Option<String> {
    if let Given::Text(id) = &incoming.id {
        return Some(id.clone());
    }
    let key = endpoint.resource.attributes.iter().find(|attribute| attribute.is_key)?;
    let place = incoming.attributes.iter().position(|(name, _)| name == key.name)?;
    let id = key_text(&incoming.attributes[place].1)?;
    incoming.attributes.remove(place);
    Some(id)
}
