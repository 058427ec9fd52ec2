//! A request on its way through an endpoint.

use std::iter;
use std::marker::PhantomData;
use std::sync::Arc;

use futures_util::FutureExt as _;
use serde_json::Map;

use super::processed::{self, Processed};
use super::representation::Asked;
use super::shown::Shown;
use super::target::{self, Target};
use crate::Method;
use crate::backend::Pool;
use crate::classic::Links;
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::document::{self, Address};
use crate::endpoint::encode_path;
use crate::error::{Error, Errors};
use crate::negotiation;
use crate::operation::{
    AskedCreate, AskedUpdate, ChangeRelationship, CheckExists, Create, DeleteResource, Evaluate, Preference, RelatedTo,
    Site, Unasked, UpdateResource, WriteOperation,
};
use crate::preference;
use crate::processor::{Query, Run, Write, note_refusal};
use crate::query::{EvaluationQuery, Form};
use crate::registry::Registry;
use crate::request::{Request, RequestMethod};
use crate::resource_type::{Count, Format, Formats, Limits};
use crate::response::Response;

/// A request, the endpoint that it is for, and the connections to its database.
pub(super) struct Exchange<'a, DB: Dialect, P> {
    pub(super) registry: &'a Arc<Registry>,
    pub(super) place: usize,
    /// The path below which the service is mounted.
    pub(super) mounted: &'a str,
    pub(super) pool: &'a P,
    pub(super) backend: PhantomData<DB>,
    pub(super) request: &'a Request,
    /// The format of the answer.
    pub(super) format: Format,
    /// The processors, if there are any.
    pub(super) run: Option<Run>,
    /// What the application's own handler shows, if it is one that answers.
    pub(super) shown: Option<&'a Shown>,
}

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    /// Answers the request; `accepted` says whether its client takes any format that there is.
    pub(super) async fn respond(&self, target: Target, accepted: Result<(), Error>) -> Response {
        // Processors may lead the request to another relationship.
        let is_as_it_is = self.run.is_none() || self.request.method == RequestMethod::Options;
        if is_as_it_is && let Err(error) = self.check_relationship(&target) {
            return self.refuse(error.into());
        }
        let endpoint = self.registry.endpoint(self.place);
        let allowed = target.allowed(&endpoint.settings, self.format);
        let method = match &self.request.method {
            RequestMethod::Head => Some(Method::GET),
            RequestMethod::Known(method) => Some(*method),
            RequestMethod::Options | RequestMethod::Other(_) => None,
        };
        let is_answered = |method: &Method| self.shown.is_some() || allowed.contains(method);
        let Some(method) = method.filter(is_answered) else {
            let usable = target.usable(endpoint, allowed);
            return match self.request.method {
                RequestMethod::Options => Response::empty(200).with_header("Allow", target::allow(&usable)),
                _ => target::refuse_method(self.request, &usable, self.format),
            };
        };
        let answer = match accepted {
            Ok(()) => self.answer(method, target).await,
            Err(error) => Err(error.into()),
        };
        answer.unwrap_or_else(|errors| self.refuse(errors))
    }

    async fn answer(&self, method: Method, target: Target) -> Result<Response, Errors> {
        if matches!(target, Target::Functions) {
            return self.evaluate().boxed_local().await;
        }
        self.check_body(method, &target)?;
        let asked = self.asked(&target)?;
        match method {
            Method::GET => self.fetch(target, &asked).await,
            _ => self.write(method, target, &asked).await,
        }
    }

    /// A relationship that the type does not have, and a member of a to-one relationship, have no URL.
    fn check_relationship(&self, target: &Target) -> Result<(), Error> {
        let (Target::Related(id, name) | Target::Member(id, name, _) | Target::Relationship(id, name)) = target else {
            return Ok(());
        };
        let related = RelatedTo::new(self.site(), id.clone(), name)?;
        match target {
            Target::Member(..) if related.relationship().is_to_one() => Err(Error::unknown_path()),
            Target::Relationship(..) if !self.formats().have(Format::JsonApi) => Err(Error::unknown_path()),
            Target::Relationship(..) if self.format == Format::Classic => Err(Error::only_in_json_api()),
            _ => Ok(()),
        }
    }

    /// A body, where there has to be one, is in a format that is read there.
    fn check_body(&self, method: Method, target: &Target) -> Result<(), Error> {
        match (method, target) {
            (Method::GET, _) => Ok(()),
            (_, Target::Relationship(..)) => negotiation::check_document(self.request, self.formats()),
            (Method::PATCH | Method::PUT, Target::Collection) => {
                negotiation::check_object(self.request, self.formats())
            }
            (Method::DELETE, _) => Ok(()),
            _ => negotiation::sent(self.request, self.formats()).map(drop),
        }
    }

    fn asked(&self, target: &Target) -> Result<Asked, Errors> {
        let base_url = &self.registry.endpoint(self.place).settings.base_url;
        let base = document::base(base_url, self.request);
        let path = if let Some(shown) = self.shown {
            base_url.of(self.request).into_owned() + &shown.path
        } else {
            let below = [self.mounted, &self.request.path].into_iter().flat_map(encode_path);
            iter::once(base.as_str()).chain(below).collect()
        };
        let links = if matches!(target, Target::Related(..)) { Links::NotTold } else { Links::Told };
        Ok(Asked { address: Address { path, parameters: self.parameters(target)? }, base, links })
    }

    /// What bounds the request.
    pub(super) fn limits(&self) -> &Limits {
        &self.registry.endpoint(self.place).settings.limits
    }

    /// The formats that the client may choose from.
    pub(super) fn formats(&self) -> Formats {
        self.registry.endpoint(self.place).settings.offered()
    }

    pub(super) fn site(&self) -> Site {
        Site { registry: Arc::clone(self.registry), place: self.place }
    }

    /// What the application's own handler keeps of a collection.
    fn filters(&self) -> &[Clause] {
        self.shown.map(|shown| shown.filters.as_slice()).unwrap_or_default()
    }

    async fn fetch(&self, target: Target, asked: &Asked) -> Result<Response, Errors> {
        // Boxed, so that requests without processors have no room for theirs in their future.
        if let Some(run) = &self.run {
            return self.fetch_processed(run, target, asked).boxed_local().await;
        }
        let (outcome, preferred) = self.load(&target, (asked.parameters(), self.filters())).await?;
        Ok(applied(self.tell(&outcome, asked, Map::new()), preferred))
    }

    /// Reads what processors have a part in.
    async fn fetch_processed(&self, run: &Run, mut target: Target, asked: &Asked) -> Result<Response, Errors> {
        let mut query = Query::new(asked.parameters());
        query.filters.extend_from_slice(self.filters());
        self.check_exists(run, &target).await?;
        let asked_before = processed::before(run, self.place, &mut target, &mut query).await;
        if let (Target::Resource(_), Err(refusal)) = (&target, &asked_before) {
            note_refusal(self.registry, self.place, Some(refusal));
        }
        asked_before?;
        self.check_relationship(&target)?;
        let (mut outcome, preferred) = self.load(&target, (&query.parameters, &query.filters)).await?;
        let processed = Processed { run, registry: self.registry, place: self.place };
        let added = processed.after(&target, &mut outcome).await?;
        Ok(applied(self.tell(&outcome, asked, added), preferred))
    }

    /// Fails if what the URL names does not exist for the client: no processor is asked about it.
    async fn check_exists(&self, run: &Run, target: &Target) -> Result<(), Errors> {
        if run.hooks.of(self.place).is_empty() {
            return Ok(());
        }
        let mut rows: Vec<(Site, String)> = target.id().map(|id| (self.site(), id.to_owned())).into_iter().collect();
        if let Target::Member(id, name, member) = target
            && let Ok(related) = RelatedTo::new(self.site(), id.clone(), name)
        {
            rows.push((related.other_end(), member.clone()));
        }
        match CheckExists::plan::<DB>(rows) {
            Some(check) => self.pool.run(check).await,
            None => Ok(()),
        }
    }

    /// Evaluates functions of the collection.
    async fn evaluate(&self) -> Result<Response, Errors> {
        let asked = self.asked(&Target::Functions)?;
        let mut query = Query::new(asked.parameters());
        if let Some(run) = &self.run {
            processed::before(run, self.place, &mut Target::Functions, &mut query).await?;
        }
        let evaluation = EvaluationQuery::read(self.registry, self.place, &query.parameters)?;
        let evaluation = evaluation.and(self.registry, self.place, &query.filters)?;
        let preferred = preference::count(self.request).filter(|_| evaluation.form == Form::Groups);
        let evaluation = self.pool.run(Evaluate::plan(&self.site(), evaluation.counted(preferred))).await?;
        Ok(applied(self.tell_values(&evaluation, &asked), preferred))
    }

    async fn write(&self, method: Method, target: Target, asked: &Asked) -> Result<Response, Errors> {
        match (target, method) {
            (Target::Collection, Method::POST) => self.create(asked).await,
            (Target::Collection, Method::DELETE) => self.delete_many(asked).await,
            (Target::Collection, _) => self.update_many(asked).await,
            (Target::Resource(id), Method::DELETE) => self.delete(id, asked).await,
            (Target::Member(id, name, member), Method::DELETE) => self.remove((id, name, member), asked).await,
            (Target::Related(_, name), Method::DELETE) => Err(Error::whole_relation(&name).into()),
            // Flask-Restless looked at no more of these URLs than the resource.
            (Target::Resource(id) | Target::Related(id, _) | Target::Member(id, ..), _) => self.update(id, asked).await,
            (Target::Relationship(id, name), _) => self.change_relationship(method, (id, name), asked).await,
            (Target::Functions, _) => Err(Error::unknown_path().into()),
        }
    }

    async fn create(&self, asked: &Asked) -> Result<Response, Errors> {
        let incoming = self.incoming()?;
        let view = self.view(self.place, asked.parameters())?;
        let site = self.site();
        if site.has_hooks() {
            return self.execute(AskedCreate::new(site, incoming, view), asked).await;
        }
        self.execute(Create::plan(site, incoming, view)?, asked).await
    }

    async fn update(&self, id: String, asked: &Asked) -> Result<Response, Errors> {
        let incoming = self.incoming()?;
        let view = self.view(self.place, asked.parameters())?;
        let preferred = preference::representation(self.request);
        let preference = preferred.unwrap_or(Preference::Representation);
        let site = self.site();
        let response = if site.has_hooks() {
            self.execute(AskedUpdate::new((site, id), incoming, view, preference), asked).await?
        } else {
            self.execute(UpdateResource::plan((site, id), incoming, view, preference)?, asked).await?
        };
        Ok(match preferred {
            Some(Preference::Representation) => response.with_header("Preference-Applied", "return=representation"),
            // Whoever wants no more is told all the same what changed besides.
            Some(Preference::Minimal) if response.body.is_empty() => {
                response.with_header("Preference-Applied", "return=minimal")
            }
            _ => response,
        })
    }

    async fn delete(&self, id: String, asked: &Asked) -> Result<Response, Errors> {
        self.refuse_parameters(asked.parameters())?;
        self.execute(DeleteResource::plan::<DB>(self.site(), id)?, asked).await
    }

    async fn change_relationship(
        &self,
        method: Method,
        (id, name): (String, String),
        asked: &Asked,
    ) -> Result<Response, Errors> {
        let linkage = document::read_linkage(&self.request.body, self.limits())?;
        self.refuse_parameters(asked.parameters())?;
        self.execute(ChangeRelationship::by(method, (self.site(), id, &name), linkage)?, asked).await
    }

    /// Writes, and lets processors have a part in it, if there are any.
    pub(super) async fn execute<O>(&self, operation: O, asked: &Asked) -> Result<Response, Errors>
    where
        O: WriteOperation<DB> + Send,
    {
        // Boxed, so that requests without processors have no room for theirs in their future.
        if let Some(run) = &self.run {
            return self.process(run, operation, asked).boxed_local().await;
        }
        let outcome = self.pool.run(Unasked(operation)).await.map_err(Errors::of_write)?;
        Ok(self.tell(&outcome, asked, Map::new()))
    }

    async fn process<O>(&self, run: &Run, operation: O, asked: &Asked) -> Result<Response, Errors>
    where
        O: WriteOperation<DB>,
    {
        let write = Write { run: run.clone(), operation };
        let (mut outcome, added) = self.pool.run_here(write).await.map_err(Errors::of_write)?;
        let processed = Processed { run, registry: self.registry, place: self.place };
        processed.close_included(&mut outcome).await;
        Ok(self.tell(&outcome, asked, added))
    }
}

/// Tells the client that its preference was heard (RFC 7240, section 3).
fn applied(response: Response, preferred: Option<Count>) -> Response {
    match preferred {
        Some(Count::Exact) => response.with_header("Preference-Applied", "count=exact"),
        Some(Count::None) => response.with_header("Preference-Applied", "count=none"),
        None => response,
    }
}
