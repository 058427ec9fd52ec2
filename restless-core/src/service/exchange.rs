//! A request on its way through an endpoint.

use std::sync::Arc;

use super::target::{self, Target};
use crate::Method;
use crate::backend::{Operation, Pool};
use crate::dialect::Dialect;
use crate::document::{self, Address, Writer};
use crate::endpoint::encode_path;
use crate::error::{Error, Errors};
use crate::negotiation;
use crate::operation::{
    ChangeRelationship, Create, DeleteResource, FetchCollection, FetchOne, FetchRelationship, Outcome, Preference,
    RelatedTo, Site, UpdateResource,
};
use crate::preference;
use crate::query::{self, Cardinality, CollectionQuery, Parameters};
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
}

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    /// Answers the request.
    pub(super) async fn respond(&self, target: Target) -> Response {
        if let Err(error) = self.check_relationship(&target) {
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

    fn site(&self) -> Site<DB> {
        Site { registry: Arc::clone(self.registry), place: self.place }
    }

    async fn fetch(&self, target: Target, address: &Address) -> Result<Response, Errors> {
        let parameters = &address.parameters;
        match target {
            Target::Collection => self.fetch_collection(None, address).await,
            Target::Resource(id) => self.run(FetchOne::by_id(self.site(), &id, parameters)?, address).await,
            Target::Related(id, name) => {
                let related = RelatedTo::new(self.site(), id, &name)?;
                if related.relationship().is_to_one() {
                    self.run(FetchOne::related(related, parameters)?, address).await
                } else {
                    self.fetch_collection(Some(related), address).await
                }
            }
            Target::Member(id, name, member) => {
                let related = RelatedTo::new(self.site(), id, &name)?;
                self.run(FetchOne::member(related, &member, parameters)?, address).await
            }
            Target::Relationship(id, name) => {
                let related = RelatedTo::new(self.site(), id, &name)?;
                let preferred = preference::count(self.request).filter(|_| !related.relationship().is_to_one());
                let fetch = FetchRelationship::plan(related, parameters, preferred)?;
                Ok(applied(self.run(fetch, address).await?, preferred))
            }
        }
    }

    /// Fetches a collection, or the resources of a to-many relationship.
    async fn fetch_collection(&self, related: Option<RelatedTo<DB>>, address: &Address) -> Result<Response, Errors> {
        let site = related.as_ref().map_or_else(|| self.site(), RelatedTo::other_end);
        let query = CollectionQuery::read(&site.registry, site.place, &address.parameters)?;
        if query.cardinality == Cardinality::One {
            let fetch = match related {
                Some(related) => FetchOne::only_related(related, query)?,
                None => FetchOne::only(site, query),
            };
            return self.run(fetch, address).await;
        }
        let preferred = preference::count(self.request);
        let query = query.counted(preferred);
        let fetch = match related {
            Some(related) => FetchCollection::related(related, query)?,
            None => FetchCollection::plan(site, query),
        };
        Ok(applied(self.run(fetch, address).await?, preferred))
    }

    async fn write(&self, method: Method, target: Target, address: &Address) -> Result<Response, Errors> {
        match target {
            Target::Collection => self.create(address).await,
            Target::Resource(id) if method == Method::PATCH => self.update(id, address).await,
            Target::Resource(id) => {
                self.run(DeleteResource::plan(self.site(), id, &address.parameters)?, address).await
            }
            Target::Relationship(id, name) => self.change_relationship(method, (id, name), address).await,
            Target::Related(..) | Target::Member(..) => Err(Error::unknown_path().into()),
        }
    }

    async fn create(&self, address: &Address) -> Result<Response, Errors> {
        let incoming = document::read_resource_object(&self.request.body)?;
        self.run(Create::plan(self.site(), incoming, &address.parameters)?, address).await
    }

    async fn update(&self, id: String, address: &Address) -> Result<Response, Errors> {
        let incoming = document::read_resource_object(&self.request.body)?;
        let preference = preference::representation(self.request);
        let operation = UpdateResource::plan((self.site(), id), incoming, &address.parameters, preference)?;
        let response = self.run(operation, address).await?;
        Ok(match preference {
            Preference::Representation => response.with_header("Preference-Applied", "return=representation"),
            Preference::Minimal => response,
        })
    }

    async fn change_relationship(
        &self,
        method: Method,
        (id, name): (String, String),
        address: &Address,
    ) -> Result<Response, Errors> {
        let related = RelatedTo::new(self.site(), id, &name)?;
        let linkage = document::read_linkage(&self.request.body)?;
        let parameters = &address.parameters;
        let operation = match method {
            Method::POST => ChangeRelationship::add(related, linkage, parameters)?,
            Method::DELETE => ChangeRelationship::remove(related, linkage, parameters)?,
            Method::GET | Method::PATCH => ChangeRelationship::replace(related, linkage, parameters)?,
        };
        self.run(operation, address).await
    }

    async fn run<O>(&self, operation: O, address: &Address) -> Result<Response, Errors>
    where
        O: Operation<DB, Output = Outcome> + Send,
    {
        let outcome = self.pool.run(operation).await?;
        Ok(Writer::new(self.registry, &self.request.base, address).respond(&outcome))
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
