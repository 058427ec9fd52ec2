//! The whole of restless behind a web framework's door: what is mounted, and the life of a request there.

mod admission;
mod hooked;
mod jsonp;
mod keys;
mod life;
mod methods;
mod mounts;
mod neighbours;
mod place;
mod reading;
mod root;
mod route;
mod shown;
mod terms;

use std::sync::Arc;

use crate::api::{Api, ResourceApi};
use crate::backend::{Backend, Database};
use crate::endpoint::encode_segment;
use crate::error::Error;
use crate::negotiation;
use crate::registry::Mounting;
use crate::representation;
use crate::request::Request;
use crate::resource_type::Model;
use crate::response::Response;
pub use admission::Admitted;
use admission::Entered;
use futures_util::FutureExt as _;
use mounts::Mounts;
use neighbours::{Neighbour, Parts, Ways};
use place::{EVAL, Place};
#[cfg(feature = "actix-web")]
pub(crate) use shown::refuse_anybody;
pub use shown::{Shown, refuse};
use terms::Terms;

/// The headers that decide what an answer is like, besides those that links are made of.
const READ: [&str; 4] = ["accept", "content-type", "content-encoding", "prefer"];

/// Mounted resources, ready to answer requests: the whole of restless behind a web framework's door.
pub struct Pipeline {
    /// The path below which requests are answered, decoded.
    pattern: String,
    /// The same path, encoded.
    path: String,
    /// The first segments of the path, decoded; a lone resource has no such segment.
    names: Option<Vec<String>>,
    /// The path of the functions of a lone resource, decoded, if they are evaluated.
    functions: Option<String>,
    /// Whether it is itself the service of the functions.
    evaluates: bool,
    parts: Arc<Parts>,
    /// The headers that somebody looks at.
    read: Vec<&'static str>,
    /// How each resource is served.
    terms: Vec<Terms>,
    mounts: Mounts,
    /// The names of the backends that some model is not made for.
    not_made_for: Vec<&'static str>,
}

impl Pipeline {
    /// One resource; relationships lead to what stands beside it, see [`among`](Self::among).
    ///
    /// # Errors
    ///
    /// When the model is made for none of the databases that are open.
    pub fn new<M: Model>(api: ResourceApi<M>) -> Result<Self, Error> {
        let mounted = api.into_mounted(&[]);
        let pattern = format!("{}/{}", mounted.mount.prefix, mounted.mount.collection_name);
        let functions = format!("{}/{EVAL}/{}", mounted.mount.prefix, mounted.mount.collection_name);
        let has_functions = mounted.mount.allow_functions;
        let root = mounted.mount.base_url.clone();
        let parts = Parts { mounted: vec![mounted], processors: Vec::new(), root, mounting: Mounting::Alone };
        let mut service = Self::build(&Arc::new(parts), &[], &pattern)?;
        service.functions = has_functions.then_some(functions);
        Ok(service)
    }

    /// The service that evaluates the functions of a lone resource, if it allows that: to be mounted besides.
    #[must_use]
    pub fn functions(&self) -> Option<Self> {
        let pattern = self.functions.clone()?;
        Some(Self {
            path: encode(&pattern),
            pattern,
            names: None,
            functions: None,
            evaluates: true,
            parts: Arc::clone(&self.parts),
            read: self.read.clone(),
            terms: self.terms.clone(),
            mounts: self.mounts.clone(),
            not_made_for: self.not_made_for.clone(),
        })
    }

    /// Several resources; relationships lead to those that are mounted with them.
    ///
    /// # Errors
    ///
    /// When one of the models is made for none of the databases that are open, or a relationship may lead to several of
    /// the resources.
    pub fn of_api(api: Api) -> Result<Self, Error> {
        let root = api.root().base_url;
        let (prefix, mounted, processors) = api.into_parts();
        let names = mounted.iter().map(|one| one.mount.collection_name.to_string()).collect();
        let parts = Parts { mounted, processors, root, mounting: Mounting::Together };
        let mut service = Self::build(&Arc::new(parts), &[], &prefix)?;
        service.ways().check()?;
        service.names = Some(names);
        Ok(service)
    }

    /// A service of its parts, beside these.
    fn build(parts: &Arc<Parts>, neighbours: &[Neighbour], pattern: &str) -> Result<Self, Error> {
        let mounted = &parts.mounted;
        parts.check()?;
        let service = Self {
            path: encode(pattern),
            pattern: pattern.to_owned(),
            names: None,
            functions: None,
            evaluates: false,
            parts: Arc::clone(parts),
            read: parts.read_headers(),
            terms: mounted.iter().map(|one| Terms::of(&one.mount)).collect(),
            mounts: Mounts::new(parts, neighbours),
            not_made_for: parts.not_made_for(),
        };
        service.mounts.check()?;
        service.check_keys()?;
        Ok(service)
    }

    /// What is to be said of where the relationships lead.
    fn ways(&self) -> Ways {
        let mut ways = Ways::default();
        self.mounts.add_ways(&mut ways);
        ways
    }

    /// The path below which requests are answered, such as `/api/person`, as it stands in a URL.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same path as a router matches it: decoded.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether the application's own code has a say in any request: without that, nobody looks at its `host` and `peer`.
    #[must_use]
    pub fn has_say(&self) -> bool {
        self.mounts.has_say
    }

    /// Whether anybody looks at a header of that name; names are compared without regard to case. Where the application's own
    /// code has a say, it may look at any.
    #[must_use]
    pub fn reads_header(&self, name: &str) -> bool {
        self.has_say() || self.read.iter().any(|read| read.eq_ignore_ascii_case(name))
    }

    /// Answers a request. Every answer, good or bad, is in the format that the client asks for or has no body; of a client
    /// that names a function, `callback=receive`, it is a call of that function with the answer.
    pub async fn handle(&self, database: &Database, request: &Request) -> Response {
        match self.ask(database, request).await {
            Ok(context) => self.respond_to(database, Entered { request, context: context.as_ref(), shown: None }).await,
            Err(error) => self.shut_out(request, error),
        }
    }

    async fn respond_to(&self, database: &Database, entered: Entered<'_>) -> Response {
        guarded(self.respond_unguarded(database, entered).await)
    }

    async fn respond_unguarded(&self, database: &Database, entered: Entered<'_>) -> Response {
        let Entered { request, .. } = entered;
        if let Err(error) = representation::refuse_unread(&request.body) {
            return self.refusal(request, error);
        }
        match self.callback(request) {
            None => self.respond_by_backend(database, entered).await,
            Some(Ok(callback)) => {
                let entered = Entered { request: &callback.request, ..entered };
                callback.wrap(self.respond_by_backend(database, entered).boxed_local().await)
            }
            Some(Err(error)) => self.refusal(request, error),
        }
    }

    async fn respond_by_backend(&self, database: &Database, entered: Entered<'_>) -> Response {
        if !self.is_made_for(database) {
            return vary(self.refusal(entered.request, self.unmade(database.backend_name())));
        }
        let response = match database.backend() {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(pool) => self.live((database, pool), entered).await,
            #[cfg(feature = "postgres")]
            Backend::Postgres(pool) => self.live((database, pool), entered).await,
            #[cfg(feature = "mysql")]
            Backend::Mysql(pool) => self.live((database, pool), entered).await,
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Backend::Absent => self.refusal(entered.request, Error::internal("no backend is compiled in")),
        };
        vary(response)
    }

    /// True if every model that is mounted is made for the backend of the database.
    fn is_made_for(&self, database: &Database) -> bool {
        !self.not_made_for.contains(&database.backend_name())
    }

    /// Answers with an error that the web framework met before or beside [`handle`](Self::handle).
    #[must_use]
    pub fn refuse(&self, request: &Request, error: Error) -> Response {
        guarded(self.refusal(request, error))
    }

    fn refusal(&self, request: &Request, error: Error) -> Response {
        let formats = self.terms(&self.find(&request.path)).formats;
        let format = negotiation::accepted(request, formats).unwrap_or(formats.default);
        vary(representation::refuse(representation::of(format), &error.into()))
    }

    /// What a path leads to first.
    fn find<'a>(&self, path: &'a str) -> Result<Place<'a>, Error> {
        if self.evaluates { Place::of_functions(path) } else { Place::read(path, self.names.as_deref()) }
    }

    fn unmade(&self, backend: &str) -> Error {
        let pattern = &self.pattern;
        Error::internal(format!("a model below {pattern:?} is not made for {backend}: see its check_for_backend"))
    }
}

/// A path as it stands in a URL.
fn encode(pattern: &str) -> String {
    let segments = pattern.split('/').map(|segment| encode_segment(segment).to_string());
    segments.collect::<Vec<_>>().join("/")
}

fn vary(response: Response) -> Response {
    response.with_header("Vary", "Accept, Content-Type")
}

/// Nobody takes an answer for something else than it says that it is.
fn guarded(response: Response) -> Response {
    response.with_header("X-Content-Type-Options", "nosniff")
}
