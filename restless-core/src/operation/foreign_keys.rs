//! The foreign keys of a row that are written because of its relationships.

use std::borrow::Cow;

use super::application::{self, Referring};
use super::changes::Changes;
use super::linking::{LinkChange, Naming, bind_reference, malformed, reference_json, resolve};
use super::refusal::Subject;
use super::{EndpointRef, Incoming, Place};
use crate::backend::{Refused, Session};
use crate::dialect::{Dialect, Fragment, SqlText, Violation};
use crate::error::{Error, Errors, Mistakes};
use crate::resource_type::ForeignKey;
use crate::statement::{Assignment, Respelt};

/// The foreign keys of this table that relationships in a document stand for.
pub(super) struct ForeignKeys<DB: Dialect>(Vec<(&'static str, Fragment<DB>)>);

/// The foreign key of a relationship that is a column of this table.
pub(super) fn own(site: &EndpointRef, link: &LinkChange) -> Option<ForeignKey> {
    site.endpoint().resource.relationships[link.relationship].own_foreign_key()
}

/// Whether what a client sends is what the foreign key holds, and the database itself refuses what is nobody's.
pub(super) async fn is_checked<S: Session>(session: &S, site: &EndpointRef, link: &LinkChange) -> bool {
    let Some(foreign_key) = own(site, link) else {
        return false;
    };
    if site.other_end(link.relationship).has_rule() || !is_literal(site, link, foreign_key) {
        return false;
    }
    session.checks_foreign_key(site.endpoint().resource.table, foreign_key.column).await
}

/// Whether the foreign key holds what the client sends.
fn is_literal(site: &EndpointRef, link: &LinkChange, foreign_key: ForeignKey) -> bool {
    let target = site.endpoint().resource.relationships[link.relationship].target();
    let is_key = target.referred(foreign_key.refers_to).column == target.key.column;
    is_key || link.change.members().iter().all(|member| member.naming == Naming::Reference)
}

impl<DB: Dialect> Changes<DB> {
    /// Collects what the application finds wrong with a document, with those foreign keys that are known before the rows are.
    pub(super) fn validate(&mut self, site: &EndpointRef, incoming: &Incoming<'_>, errors: &mut Mistakes) {
        if !application::validates(site.endpoint()) {
            return;
        }
        let known = self.known(site);
        let own_links = self.links.iter().filter(|link| own(site, link).is_some()).count();
        if known.len() < own_links || self.nested.iter().any(|nested| nested.is_own(site)) {
            self.describe(site, incoming);
        }
        application::validate::<DB>(site.endpoint(), incoming, &known, errors);
    }

    /// Keeps what the application will be asked about once more.
    pub(super) fn describe(&mut self, site: &EndpointRef, incoming: &Incoming<'_>) {
        if application::validates(site.endpoint()) {
            self.described = Some(Box::new(incoming.clone().into_owned()));
        }
    }

    /// Fails if the application finds something wrong with the document, now that a foreign key is known.
    pub(super) fn check_referring(&self, site: &EndpointRef, referring: Vec<Referring>) -> Result<(), Errors> {
        let Some(described) = self.described.as_ref().filter(|_| !referring.is_empty()) else {
            return Ok(());
        };
        let is_told = |known: &Referring| referring.iter().any(|told| told.column == known.column);
        let known = self.known(site).into_iter().filter(|known| !is_told(known)).collect::<Vec<_>>();
        let all: Vec<Referring> = known.into_iter().chain(referring).collect();
        let mut errors = site.endpoint().mistakes();
        application::validate::<DB>(site.endpoint(), described, &all, &mut errors);
        errors.check()
    }

    /// The foreign keys that hold what the client sends.
    fn known(&self, site: &EndpointRef) -> Vec<Referring> {
        let known = self.links.iter().filter_map(|link| {
            let foreign_key = own(site, link).filter(|foreign_key| is_literal(site, link, *foreign_key))?;
            let reference = link.change.members().first().map(|member| member.id.as_str());
            Some(referring(site, link, foreign_key, reference))
        });
        known.collect()
    }

    /// Turns the to-one relationships whose foreign key is a column of this table into values of that column; `more` are
    /// some besides those of the document.
    pub(super) async fn resolve_own<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        site: &EndpointRef,
        more: &[LinkChange],
    ) -> Result<ForeignKeys<DB>, Errors> {
        let mut errors = site.endpoint().mistakes();
        let mut resolved = Vec::new();
        let mut told = Vec::new();
        for link in self.links.iter().chain(more) {
            let Some(foreign_key) = own(site, link) else {
                continue;
            };
            match reference(session, site, link, foreign_key).await {
                Ok(reference) => {
                    let other_end = site.other_end(link.relationship);
                    resolved.push((foreign_key.column, value(&other_end, foreign_key, reference.as_ref())?));
                    if self.described.is_some() {
                        told.push(referring(site, link, foreign_key, reference.as_deref()));
                    }
                }
                Err(refusals) => errors.extend(refusals),
            }
        }
        errors.check()?;
        self.check_referring(site, told)?;
        Ok(ForeignKeys(resolved))
    }

    /// What the database's refusal of the row means. If one that it refers to does not exist, that one is named.
    pub(super) async fn explain<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        written: Written<'_>,
        refused: Refused,
    ) -> Errors {
        let Written { site, place, more } = written;
        let Self { sent, links, .. } = self;
        let subject = Subject { endpoint: site.endpoint(), place: Some(place), sent, links };
        if refused.violation != Violation::ForeignKey {
            return subject.refuse(refused).into();
        }
        let mut errors = site.endpoint().mistakes();
        for link in self.links.iter().chain(more) {
            if let Some(foreign_key) = own(site, link) {
                let other_end = site.other_end(link.relationship);
                let found = resolve(session, &other_end, link.change.members(), foreign_key).await;
                errors.extend(found.err().into_iter().flatten());
            }
        }
        errors.check().err().unwrap_or_else(|| subject.refuse(refused).into())
    }

    /// What is to be written: the values, and the foreign keys in their stead where a column has both.
    pub(super) fn assignments<'a>(&'a self, foreign_keys: &'a ForeignKeys<DB>) -> Vec<Assignment<'a, DB>> {
        let is_resolved = |column: &str| foreign_keys.0.iter().any(|(resolved, _)| *resolved == column);
        let values = self.values.iter().filter(|(column, _)| !is_resolved(column));
        values.chain(&foreign_keys.0).map(|(column, value)| (*column, value)).collect()
    }
}

/// The row that was to be written, and where in the request it stands.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) site: &'a EndpointRef,
    pub(super) place: &'a Place,
    /// The links besides those of the changes themselves.
    pub(super) more: &'a [LinkChange],
}

fn referring(site: &EndpointRef, link: &LinkChange, foreign_key: ForeignKey, reference: Option<&str>) -> Referring {
    let target = site.endpoint().resource.relationships[link.relationship].target();
    let json = reference_json(target.referred(foreign_key.refers_to).sql.kind(), reference);
    Referring { column: foreign_key.column, json, pointer: link.pointer.clone() }
}

/// What the foreign key is to hold, if it is not null: what the client sends, where the database finds out whether it is
/// somebody's.
async fn reference<'a, S: Session>(
    session: &S,
    site: &EndpointRef,
    link: &'a LinkChange,
    foreign_key: ForeignKey,
) -> Result<Option<Cow<'a, str>>, Errors> {
    let other_end = site.other_end(link.relationship);
    if !is_checked(session, site, link).await {
        let found = resolve(session, &other_end, link.change.members(), foreign_key).await?;
        return Ok(found.into_iter().next().map(|found| Cow::Owned(found.reference)));
    }
    let Some(member) = link.change.members().first() else {
        return Ok(None);
    };
    match malformed::<S::Dialect>(&other_end, member, foreign_key) {
        Some(error) => Err(error.into()),
        None => Ok(Some(Cow::Borrowed(&member.id))),
    }
}

/// What the foreign key holds then, spelt as the row spells it.
fn value<DB: Dialect>(
    other_end: &EndpointRef,
    foreign_key: ForeignKey,
    reference: Option<&Cow<'_, str>>,
) -> Result<Fragment<DB>, Error> {
    let bind = |reference: &str| bind_reference(other_end, foreign_key, reference);
    let resource = other_end.endpoint().resource;
    match reference {
        None => Ok(Box::new(SqlText("NULL"))),
        Some(Cow::Borrowed(sent)) if resource.referred(foreign_key.refers_to).sql.is_collated() => {
            Ok(Box::new(Respelt::reference(resource, foreign_key.refers_to, [bind(sent)?, bind(sent)?])))
        }
        Some(reference) => bind(reference),
    }
}
