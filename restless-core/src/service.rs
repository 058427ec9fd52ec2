//! The way of a request: route, negotiate, plan, run, write.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::Method;
use crate::api::ResourceApi;
use crate::backend::{Backend, Database, Dialect, Operation, Pool};
use crate::document::{self, Address, Writer};
use crate::endpoint::{Endpoint, Mount};
use crate::error::{Error, Errors};
use crate::negotiation;
use crate::operation::{Create, DeleteResource, FetchCollection, FetchResource, Outcome, Preference, UpdateResource};
use crate::preference;
use crate::query::Parameters;
use crate::request::{Request, RequestMethod};
use crate::resource_type::Model;
use crate::response::Response;

/// A mounted resource, ready to answer requests: the whole of restless behind a web framework's door.
pub struct Service {
    mount: Mount,
    #[cfg(feature = "sqlite")]
    sqlite: Option<Arc<Endpoint<diesel::sqlite::Sqlite>>>,
}

impl Service {
    /// Prepares what a mount needs.
    #[must_use]
    pub fn new<M: Model>(api: ResourceApi<M>) -> Self {
        #[cfg(feature = "sqlite")]
        let types = M::resource_types();
        let mount = api.into_mount();
        Self {
            #[cfg(feature = "sqlite")]
            sqlite: types.sqlite.map(|resource| Arc::new(Endpoint::new(resource, mount.clone()))),
            mount,
        }
    }

    /// The path of the collection below the scope that it is mounted in, such as `/api/person`.
    #[must_use]
    pub fn path(&self) -> String {
        self.mount.path()
    }

    /// The same path as a router matches it: decoded.
    #[must_use]
    pub fn pattern(&self) -> String {
        format!("{}/{}", self.mount.prefix, self.mount.collection_name)
    }

    /// Answers a request. Every answer, good or bad, is a document of JSON:API or has no body.
    pub async fn handle(&self, database: &Database, request: &Request) -> Response {
        let response = match database.backend() {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(pool) => match &self.sqlite {
                Some(endpoint) => respond(endpoint, pool, request).await,
                None => self.not_made_for("SQLite"),
            },
            #[cfg(not(feature = "sqlite"))]
            Backend::Absent => Self::refuse(Error::internal("no backend that is served is compiled in")),
        };
        vary(response)
    }

    /// Answers with an error that the web framework met before or beside [`handle`](Self::handle).
    #[must_use]
    pub fn refuse(error: Error) -> Response {
        vary(document::respond_with_errors(&error.into()))
    }

    #[cfg(feature = "sqlite")]
    fn not_made_for(&self, backend: &str) -> Response {
        let name = &self.mount.collection_name;
        let cause = format!("the model of \"{name}\" is not made for {backend}: see its check_for_backend");
        document::respond_with_errors(&Error::internal(cause).into())
    }
}

fn vary(response: Response) -> Response {
    response.with_header("Vary", "Accept")
}

async fn respond<DB: Dialect, P: Pool<DB>>(endpoint: &Arc<Endpoint<DB>>, pool: &P, request: &Request) -> Response {
    let target = match Target::read(&request.path) {
        Ok(target) => target,
        Err(error) => return document::respond_with_errors(&error.into()),
    };
    let allowed = target.allowed(&endpoint.settings.methods);
    let method = match &request.method {
        RequestMethod::Options => return Response::empty(200).with_header("Allow", allow(&allowed)),
        RequestMethod::Head => Method::GET,
        RequestMethod::Known(method) => *method,
        RequestMethod::Other(_) => return refuse_method(request, &allowed),
    };
    if !allowed.contains(&method) {
        return refuse_method(request, &allowed);
    }
    let answer = Exchange { endpoint, pool, request }.answer(method, target).await;
    answer.unwrap_or_else(|errors| document::respond_with_errors(&errors))
}

/// What a URL names below its collection.
enum Target {
    Collection,
    Resource(String),
}

impl Target {
    fn read(path: &str) -> Result<Self, Error> {
        if path.is_empty() {
            return Ok(Target::Collection);
        }
        let segments: Vec<&str> = path.split('/').collect();
        match segments.as_slice() {
            ["", id] if !id.is_empty() => {
                let id = percent_decode_str(id).decode_utf8().map_err(|_| Error::unknown_path())?;
                Ok(Target::Resource(id.into_owned()))
            }
            _ => Err(Error::unknown_path()),
        }
    }

    fn allowed(&self, methods: &[Method]) -> Vec<Method> {
        let sensible: &[Method] = match self {
            Target::Collection => &[Method::GET, Method::POST],
            Target::Resource(_) => &[Method::GET, Method::PATCH, Method::DELETE],
        };
        sensible.iter().copied().filter(|method| methods.contains(method)).collect()
    }
}

/// The value of `Allow` (RFC 9110, section 10.2.1).
fn allow(methods: &[Method]) -> String {
    let mut names = Vec::new();
    for method in methods {
        names.push(method.name());
        if *method == Method::GET {
            names.push("HEAD");
        }
    }
    names.push("OPTIONS");
    names.join(", ")
}

fn refuse_method(request: &Request, allowed: &[Method]) -> Response {
    let allowed = allow(allowed);
    let error = Error::method_refused(request.method.name(), &allowed);
    document::respond_with_errors(&error.into()).with_header("Allow", allowed)
}

/// A request on its way through an endpoint.
struct Exchange<'a, DB: Dialect, P> {
    endpoint: &'a Arc<Endpoint<DB>>,
    pool: &'a P,
    request: &'a Request,
}

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    async fn answer(&self, method: Method, target: Target) -> Result<Response, Errors> {
        negotiation::check_accept(self.request)?;
        if matches!(method, Method::POST | Method::PATCH) {
            negotiation::check_content_type(self.request)?;
        }
        let address = Address { collection: self.collection(), parameters: Parameters::parse(&self.request.query)? };
        match (method, target) {
            (Method::GET, Target::Collection) => self.fetch_collection(&address).await,
            (Method::GET, Target::Resource(id)) => self.fetch_resource(&address, id).await,
            (Method::PATCH, Target::Resource(id)) => self.update(&address, id).await,
            (Method::DELETE, Target::Resource(id)) => self.delete(&address, id).await,
            (_, Target::Collection) => self.create(&address).await,
            (Method::POST, Target::Resource(_)) => Err(Error::unknown_path().into()),
        }
    }

    /// The path of the collection, from the server's root.
    fn collection(&self) -> String {
        format!("{}{}", self.request.base, self.endpoint.settings.path())
    }

    async fn fetch_collection(&self, address: &Address) -> Result<Response, Errors> {
        let operation = FetchCollection::plan(Arc::clone(self.endpoint), &address.parameters)?;
        self.run(operation, address).await
    }

    async fn fetch_resource(&self, address: &Address, id: String) -> Result<Response, Errors> {
        let operation = FetchResource::plan(Arc::clone(self.endpoint), id, &address.parameters)?;
        self.run(operation, address).await
    }

    async fn create(&self, address: &Address) -> Result<Response, Errors> {
        let incoming = document::read_resource_object(&self.request.body)?;
        let operation = Create::plan(Arc::clone(self.endpoint), incoming, &address.parameters)?;
        self.run(operation, address).await
    }

    async fn update(&self, address: &Address, id: String) -> Result<Response, Errors> {
        let incoming = document::read_resource_object(&self.request.body)?;
        let preference = preference::preferred(self.request);
        let target = (Arc::clone(self.endpoint), id);
        let operation = UpdateResource::plan(target, incoming, &address.parameters, preference)?;
        let response = self.run(operation, address).await?;
        Ok(match preference {
            Preference::Representation => response.with_header("Preference-Applied", "return=representation"),
            Preference::Minimal => response,
        })
    }

    async fn delete(&self, address: &Address, id: String) -> Result<Response, Errors> {
        let operation = DeleteResource::plan(Arc::clone(self.endpoint), id, &address.parameters)?;
        self.run(operation, address).await
    }

    async fn run<O>(&self, operation: O, address: &Address) -> Result<Response, Errors>
    where
        O: Operation<DB, Output = Outcome>,
    {
        let outcome = self.pool.run(operation).await?;
        let path = format!("{}{}", address.collection, self.request.path);
        let writer = Writer {
            path: &path,
            collection: &address.collection,
            type_name: &self.endpoint.settings.collection_name,
        };
        Ok(document::respond(&outcome, address, &writer))
    }
}
