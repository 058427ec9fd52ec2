//! The way of a request: route, negotiate, plan, run, write.

mod admission;
mod exchange;
mod jsonp;
mod keys;
mod load;
mod many;
mod mounts;
mod neighbours;
mod processed;
mod representation;
mod shown;
mod target;
mod terms;

use std::sync::Arc;

use crate::api::{Api, ResourceApi};
use crate::backend::{Backend, Database, Pool};
use crate::dialect::Dialect;
use crate::document;
use crate::endpoint::encode_segment;
use crate::error::{Error, Errors, Mistakes};
use crate::negotiation;
use crate::query::{self, Parameters};
use crate::registry::Mounting;
use crate::request::{Request, RequestMethod};
use crate::resource_type::{Format, Model};
use crate::response::Response;
pub use admission::Admitted;
use admission::Entered;
use exchange::Exchange;
use futures_util::FutureExt as _;
use mounts::Mounts;
use neighbours::{Neighbour, Parts, Ways};
#[cfg(feature = "actix-web")]
pub(crate) use shown::refuse_anybody;
pub use shown::{Shown, refuse};
use target::{EVAL, Place, Target};
use terms::Terms;

/// The headers that decide what an answer is like, besides those that links are made of.
const READ: [&str; 4] = ["accept", "content-type", "content-encoding", "prefer"];

/// Mounted resources, ready to answer requests: the whole of restless behind a web framework's door.
pub struct Service {
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
    #[cfg(feature = "sqlite")]
    sqlite: Option<Mounts<diesel::sqlite::Sqlite>>,
    #[cfg(feature = "postgres")]
    postgres: Option<Mounts<diesel::pg::Pg>>,
    #[cfg(feature = "mysql")]
    mysql: Option<Mounts<diesel::mysql::Mysql>>,
}

impl Service {
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
            #[cfg(feature = "sqlite")]
            sqlite: self.sqlite.clone(),
            #[cfg(feature = "postgres")]
            postgres: self.postgres.clone(),
            #[cfg(feature = "mysql")]
            mysql: self.mysql.clone(),
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
            #[cfg(feature = "sqlite")]
            sqlite: Mounts::new(parts, neighbours, |types| types.sqlite),
            #[cfg(feature = "postgres")]
            postgres: Mounts::new(parts, neighbours, |types| types.postgres),
            #[cfg(feature = "mysql")]
            mysql: Mounts::new(parts, neighbours, |types| types.mysql),
        };
        #[cfg(feature = "sqlite")]
        service.sqlite.as_ref().map_or(Ok(()), Mounts::check)?;
        #[cfg(feature = "postgres")]
        service.postgres.as_ref().map_or(Ok(()), Mounts::check)?;
        #[cfg(feature = "mysql")]
        service.mysql.as_ref().map_or(Ok(()), Mounts::check)?;
        service.check_keys()?;
        Ok(service)
    }

    /// What is to be said of where the relationships lead.
    fn ways(&self) -> Ways {
        let mut ways = Ways::default();
        #[cfg(feature = "sqlite")]
        self.sqlite.iter().for_each(|mounts| mounts.add_ways(&mut ways));
        #[cfg(feature = "postgres")]
        self.postgres.iter().for_each(|mounts| mounts.add_ways(&mut ways));
        #[cfg(feature = "mysql")]
        self.mysql.iter().for_each(|mounts| mounts.add_ways(&mut ways));
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
        let has_say = false;
        #[cfg(feature = "sqlite")]
        let has_say = has_say || self.sqlite.as_ref().is_some_and(|mounts| mounts.has_say);
        #[cfg(feature = "postgres")]
        let has_say = has_say || self.postgres.as_ref().is_some_and(|mounts| mounts.has_say);
        #[cfg(feature = "mysql")]
        let has_say = has_say || self.mysql.as_ref().is_some_and(|mounts| mounts.has_say);
        has_say
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
        if let Err(error) = document::refuse_unread(&request.body) {
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
        let response = match database.backend() {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(pool) => self.respond_from(self.sqlite.as_ref(), (database, pool), entered).await,
            #[cfg(feature = "postgres")]
            Backend::Postgres(pool) => self.respond_from(self.postgres.as_ref(), (database, pool), entered).await,
            #[cfg(feature = "mysql")]
            Backend::Mysql(pool) => self.respond_from(self.mysql.as_ref(), (database, pool), entered).await,
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Backend::Absent => self.refusal(entered.request, Error::internal("no backend is compiled in")),
        };
        vary(response)
    }

    /// Answers with an error that the web framework met before or beside [`handle`](Self::handle).
    #[must_use]
    pub fn refuse(&self, request: &Request, error: Error) -> Response {
        guarded(self.refusal(request, error))
    }

    fn refusal(&self, request: &Request, error: Error) -> Response {
        let formats = self.terms(&self.find(&request.path)).formats;
        let format = negotiation::accepted(request, formats).unwrap_or(formats.default);
        vary(representation::refuse(format, &error.into()))
    }

    async fn respond_from<DB: Dialect, P: Pool<DB>>(
        &self,
        mounts: Option<&Mounts<DB>>,
        connections: (&Database, &P),
        entered: Entered<'_>,
    ) -> Response {
        match mounts {
            Some(mounts) => self.respond(mounts, connections, entered).await,
            None => self.refusal(entered.request, self.not_made_for(DB::NAME)),
        }
    }

    async fn respond<DB: Dialect, P: Pool<DB>>(
        &self,
        mounts: &Mounts<DB>,
        (database, pool): (&Database, &P),
        entered: Entered<'_>,
    ) -> Response {
        let Entered { request, shown, .. } = entered;
        let found = self.find(&request.path);
        let formats = self.terms(&found).formats;
        let (format, accepted) = match negotiation::accepted(request, formats) {
            Ok(format) => (format, Ok(())),
            Err(error) => (formats.default, Err(error)),
        };
        let (place, target) = match found {
            Ok(Place::Root) => return self.respond_with_root(request, (format, accepted)),
            Ok(Place::Resource { place, below }) => (place, Target::read(below)),
            Ok(Place::Functions { place }) if mounts.registry(format).endpoint(place).settings.allow_functions => {
                (place, Ok(Target::Functions))
            }
            Ok(Place::Functions { place }) => (place, Err(Error::unknown_path())),
            Err(error) => (0, Err(error)),
        };
        match target {
            Ok(target) => {
                let (registry, run) = mounts.for_request(format, || entered.context(database));
                let (mounted, registry) = (self.path.as_str(), &registry);
                let exchange = Exchange { registry, place, mounted, pool, request, format, run, shown };
                exchange.respond(target, accepted).await
            }
            Err(error) => representation::refuse(format, &error.into()),
        }
    }

    /// What a path leads to first.
    fn find<'a>(&self, path: &'a str) -> Result<Place<'a>, Error> {
        if self.evaluates { Place::of_functions(path) } else { Place::read(path, self.names.as_deref()) }
    }

    /// Answers at the root of an `Api` with the list of its resources, which is a document of JSON:API.
    fn respond_with_root(&self, request: &Request, (format, accepted): (Format, Result<(), Error>)) -> Response {
        match request.method {
            RequestMethod::Known(crate::Method::GET) | RequestMethod::Head => {}
            RequestMethod::Options => {
                return Response::empty(200).with_header("Allow", target::allow(&[crate::Method::GET]));
            }
            _ => return target::refuse_method(request, &[crate::Method::GET], format),
        }
        let checked = accepted.map_err(Errors::from).and_then(|()| match format {
            Format::Classic => Err(Error::only_in_json_api().into()),
            Format::JsonApi => {
                let parameters = Parameters::parse(&request.query, Mistakes::default())?;
                query::refuse_all_but(&parameters, &[], Mistakes::default())
            }
        });
        let root = document::base(&self.parts.root, request) + self.path();
        let names = self.names.as_deref().unwrap_or_default();
        match checked {
            Ok(()) => document::respond_with_root(&root, names),
            Err(errors) => representation::refuse(format, &errors),
        }
    }

    fn not_made_for(&self, backend: &str) -> Error {
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
