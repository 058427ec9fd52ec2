//! What an application may know of a request when restless asks it.

use std::any::Any;
use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;

use tokio::sync::{mpsc, oneshot};

use crate::backend::{Database, DatabaseConnection};
use crate::error::Error;
use crate::request::{Request, RequestMethod};

/// A request as the application's own code sees it, wherever it has its say: in row rules, for one.
///
/// ```
/// use restless_core::Context;
/// /// Whoever names themselves in a header.
/// fn user(context: &Context) -> Option<&str> {
///     context.header("x-user")
/// }
/// ```
#[derive(Clone)]
pub struct Context {
    method: RequestMethod,
    headers: Rc<[(String, String)]>,
    peer: Option<SocketAddr>,
    /// What the web framework has for the request.
    host: Rc<dyn Any>,
    database: Database,
    /// Where work within the open transaction goes.
    jobs: Option<mpsc::UnboundedSender<Work>>,
    has_written: Rc<Cell<bool>>,
    /// Whether the application itself has done what the request wants.
    is_handled: Rc<Cell<bool>>,
    /// The name of the resource whose processors are asked.
    resource: Rc<str>,
    /// The id in the URL, and the relationship.
    target: Rc<(Option<String>, Option<String>)>,
}

/// Something to do on the connection of a transaction.
pub(crate) type Work = Box<dyn FnOnce(&mut DatabaseConnection) + Send>;

impl Context {
    pub(crate) fn new(request: &Request, database: &Database) -> Self {
        Self {
            method: request.method.clone(),
            headers: request.headers.clone().into(),
            peer: request.peer,
            host: request.host.clone().unwrap_or_else(|| Rc::new(())),
            database: database.clone(),
            jobs: None,
            has_written: Rc::default(),
            is_handled: Rc::default(),
            resource: Rc::from(""),
            target: Rc::default(),
        }
    }

    /// The same, where the URL names an id and a relationship.
    pub(crate) fn of_target(self, id: Option<&str>, relationship: Option<&str>) -> Self {
        Self { target: Rc::new((id.map(str::to_owned), relationship.map(str::to_owned))), ..self }
    }

    /// The method of the request.
    #[must_use]
    pub const fn method(&self) -> &RequestMethod {
        &self.method
    }

    /// The first value of a header; names are compared without regard to case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All headers in their order, names and values.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The address of whoever sent the request, if the web framework knows it.
    #[must_use]
    pub const fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// What the web framework has for the request, if it is of this type; adapters build on it.
    #[must_use]
    pub fn host<T: Any>(&self) -> Option<&T> {
        self.host.downcast_ref()
    }

    /// Runs the application's own Diesel code within the transaction of a write, where it may block: what it does is
    /// kept or taken back together with the write. Where no write is under way it has a connection to itself, as with
    /// [`Database::run`].
    ///
    /// Within a hook of a write it is the only way: `Database::run` would wait for a connection that the write itself may have,
    /// and is refused. Where others were in the way of the code (a deadlock, a serialization failure) and the hook passes its
    /// error on, the whole write is done again, its hooks included.
    ///
    /// # Errors
    ///
    /// The code's own, and 503 when no connection is to be had.
    pub async fn transaction<T, E, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut DatabaseConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Into<Error> + Send + 'static,
    {
        let Some(jobs) = &self.jobs else {
            return self.database.run(work).await;
        };
        self.has_written.set(true);
        let (sender, receiver) = oneshot::channel();
        let job: Work = Box::new(move |connection| {
            let _ = sender.send(work(connection));
        });
        jobs.send(job).map_err(|_| Error::internal("the transaction is over"))?;
        let outcome = receiver.await.map_err(|_| Error::internal("the transaction is over"))?;
        outcome.map_err(Into::into)
    }

    /// The name of the resource that a processor is asked about, as it stands in URLs and documents; empty where it is
    /// about none.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The id in the request's URL, where it names one. The id that a hook is asked about is its own argument.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.target.0.as_deref()
    }

    /// The relationship in the request's URL, where it names one, whether the resource has it or not.
    #[must_use]
    pub fn relationship(&self) -> Option<&str> {
        self.target.1.as_deref()
    }

    /// The same for what is asked about a resource.
    pub(crate) fn of_resource(&self, name: &str) -> Self {
        Self { resource: Rc::from(name), ..self.clone() }
    }

    pub(crate) fn enter(&mut self, jobs: mpsc::UnboundedSender<Work>) {
        self.jobs = Some(jobs);
        self.has_written = Rc::default();
        self.is_handled = Rc::default();
    }

    /// Says, in `before_delete_resource`, that the application's own code has done what the client wants, as a soft
    /// deletion does: the row stays, and the client is answered as if it were gone. The row is one that exists for the client;
    /// where there is none, it is 404 all the same.
    pub fn mark_handled(&self) {
        self.is_handled.set(true);
    }

    /// What follows is about another resource, of which nothing has been done yet.
    pub(crate) fn unmark_handled(&self) {
        self.is_handled.set(false);
    }

    pub(crate) fn is_handled(&self) -> bool {
        self.is_handled.get()
    }

    /// Whether the application's own code has used the transaction.
    pub(crate) fn has_written(&self) -> bool {
        self.has_written.get()
    }

    /// The database that the request is answered from.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }
}
