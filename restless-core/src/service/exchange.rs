//! A request on its way through an endpoint.

use std::sync::Arc;

use futures_util::FutureExt as _;

use super::processed::{self, Processed};
use super::target::{self, Target};
use crate::Method;
use crate::backend::{Operation, Pool};
use crate::dialect::Dialect;
use crate::document::{self, Address, Writer};
use crate::endpoint::encode_path;
use crate::error::{Error, Errors};
use crate::negotiation;
use crate::operation::{
    ChangeRelationship, Create, DeleteResource, Evaluate, Outcome, Preference, RelatedTo, Site, UpdateResource,
};
use crate::preference;
use crate::processor::{Query, Run, Write, WriteKind};
use crate::query::{self, EvaluationQuery, Form, Parameters};
use crate::registry::Registry;
use crate::request::{Request, RequestMethod};
use crate::resource_type::Count;
use crate::response::Response;

/// A request, the endpoint that it is for, and the connections to its database.
pub(super) struct Exchange<'a, DB: Dialect, P> {
    pub(super) registry: &'a Arc<Registry<DB>>,
    pub(super) place: usize,
    /// The path below which the service is mounted.
    pub(super) mounted: &'a str,
    pub(super) pool: &'a P,
    pub(super) request: &'a Request,
    /// The processors, if there are any.
    pub(super) run: Option<Run>,
}

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    /// Answers the request.
    pub(super) async fn respond(&self, target: Target) -> Response {
        // Processors may lead the request to another relationship.
        let is_as_it_is = self.run.is_none() || self.request.method == RequestMethod::Options;
        if is_as_it_is && let Err(error) = self.check_relationship(&target) {
            return document::respond_with_errors(&error.into());
        }
        let allowed = target.allowed(&self.registry.endpoint(self.place).settings.methods);
        let method = match &self.request.method {
            RequestMethod::Options => return Response::empty(200).with_header("Allow", target::allow(&allowed)),
            RequestMethod::Head => Method::GET,
            RequestMethod::Known(method) => *method,
            RequestMethod::Other(_) => return target::refuse_method(self.request, &allowed),
        };
        if !allowed.contains(&method) {
            return target::refuse_method(self.request, &allowed);
        }
        let answer = self.answer(method, target).await;
        answer.unwrap_or_else(|errors| document::respond_with_errors(&errors))
    }

    async fn answer(&self, method: Method, target: Target) -> Result<Response, Errors> {
        if matches!(target, Target::Functions) {
            return self.evaluate().boxed_local().await;
        }
        negotiation::check_accept(self.request)?;
        let has_document = method != Method::GET && !matches!((method, &target), (Method::DELETE, Target::Resource(_)));
        if has_document {
            negotiation::check_content_type(self.request)?;
        }
        let address = self.address()?;
        match method {
            Method::GET => self.fetch(target, &address).await,
            _ => self.write(method, target, &address).await,
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
            _ => Ok(()),
        }
    }

    fn address(&self) -> Result<Address, Errors> {
        let path = format!("{}{}{}", self.request.base, self.mounted, self.request.path);
        let path = encode_path(&path).to_string();
        Ok(Address { path, parameters: Parameters::parse(&self.request.query)? })
    }

    pub(super) fn site(&self) -> Site<DB> {
        Site { registry: Arc::clone(self.registry), place: self.place }
    }

    async fn fetch(&self, target: Target, address: &Address) -> Result<Response, Errors> {
        // Boxed, so that requests without processors have no room for theirs in their future.
        if let Some(run) = &self.run {
            return self.fetch_processed(run, target, address).boxed_local().await;
        }
        let (outcome, preferred) = self.load(&target, (&address.parameters, &[])).await?;
        Ok(applied(self.writer(address).respond(&outcome), preferred))
    }

    /// Reads what processors have a part in.
    async fn fetch_processed(&self, run: &Run, mut target: Target, address: &Address) -> Result<Response, Errors> {
        let mut query = Query::new(&address.parameters);
        processed::before(run, self.place, &mut target, &mut query).await?;
        self.check_relationship(&target)?;
        let (mut outcome, preferred) = self.load(&target, (&query.parameters, &query.filters)).await?;
        let processed = Processed { run, registry: self.registry, place: self.place };
        let meta = processed.after(&target, &mut outcome).await?;
        Ok(applied(self.writer(address).with_meta(meta).respond(&outcome), preferred))
    }

    fn writer<'w>(&'w self, address: &'w Address) -> Writer<'w, DB> {
        Writer::new(self.registry, &self.request.base, address)
    }

    /// Evaluates functions of the collection; their values are no documents of JSON:API.
    async fn evaluate(&self) -> Result<Response, Errors> {
        let media_type = negotiation::media_type_of_values(self.request)?;
        let address = self.address()?;
        let mut asked = Query::new(&address.parameters);
        if let Some(run) = &self.run {
            processed::before(run, self.place, &mut Target::Functions, &mut asked).await?;
        }
        let query = EvaluationQuery::read(self.registry, self.place, &asked.parameters)?;
        let query = query.and(self.registry, self.place, &asked.filters)?;
        let preferred = preference::count(self.request).filter(|_| query.form == Form::Groups);
        let evaluation = self.pool.run(Evaluate::plan(&self.site(), query.counted(preferred))).await?;
        Ok(applied(document::respond_with_values(&evaluation, &address, media_type), preferred))
    }

    async fn write(&self, method: Method, target: Target, address: &Address) -> Result<Response, Errors> {
        match target {
            Target::Collection => self.create(address).await,
            Target::Resource(id) if method == Method::PATCH => self.update(id, address).await,
            Target::Resource(id) => self.delete(id, address).await,
            Target::Relationship(id, name) => self.change_relationship(method, (id, name), address).await,
            Target::Functions | Target::Related(..) | Target::Member(..) => Err(Error::unknown_path().into()),
        }
    }

    async fn create(&self, address: &Address) -> Result<Response, Errors> {
        let incoming = document::read_resource_object(&self.request.body)?;
        if let Some(run) = &self.run {
            return self.process(run, WriteKind::Create(incoming.into_owned()), address).boxed_local().await;
        }
        self.execute(Create::plan(self.site(), incoming, &address.parameters)?, address).await
    }

    async fn update(&self, id: String, address: &Address) -> Result<Response, Errors> {
        let incoming = document::read_resource_object(&self.request.body)?;
        let preference = preference::representation(self.request);
        let response = if let Some(run) = &self.run {
            let incoming = incoming.into_owned();
            self.process(run, WriteKind::Update { id, incoming, preference }, address).boxed_local().await?
        } else {
            let place = (self.site(), id);
            self.execute(UpdateResource::plan(place, incoming, &address.parameters, preference)?, address).await?
        };
        Ok(match preference {
            Preference::Representation => response.with_header("Preference-Applied", "return=representation"),
            Preference::Minimal => response,
        })
    }

    async fn delete(&self, id: String, address: &Address) -> Result<Response, Errors> {
        match &self.run {
            Some(run) => self.process(run, WriteKind::Delete(id), address).boxed_local().await,
            None => self.execute(DeleteResource::plan(self.site(), id, &address.parameters)?, address).await,
        }
    }

    async fn change_relationship(
        &self,
        method: Method,
        (id, name): (String, String),
        address: &Address,
    ) -> Result<Response, Errors> {
        let linkage = document::read_linkage(&self.request.body)?;
        if let Some(run) = &self.run {
            return self.process(run, WriteKind::Change { method, id, name, linkage }, address).boxed_local().await;
        }
        let related = RelatedTo::new(self.site(), id, &name)?;
        self.execute(ChangeRelationship::by(method, related, linkage, &address.parameters)?, address).await
    }

    async fn execute<O>(&self, operation: O, address: &Address) -> Result<Response, Errors>
    where
        O: Operation<DB, Output = Outcome> + Send,
    {
        let outcome = self.pool.run(operation).await?;
        Ok(self.writer(address).respond(&outcome))
    }

    /// Does what processors have a part in.
    async fn process(&self, run: &Run, kind: WriteKind, address: &Address) -> Result<Response, Errors> {
        let (site, parameters) = (self.site(), address.parameters.clone());
        let (mut outcome, meta) = self.pool.run_here(Write { run: run.clone(), site, parameters, kind }).await?;
        let processed = Processed { run, registry: self.registry, place: self.place };
        processed.close_included(&mut outcome).await;
        Ok(self.writer(address).with_meta(meta).respond(&outcome))
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

/// Checks a request to the root of an `Api`.
pub(super) fn check_root(request: &Request) -> Result<(), Errors> {
    negotiation::check_accept(request)?;
    query::refuse_all_but(&Parameters::parse(&request.query)?, &[])
}
