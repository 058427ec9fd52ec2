//! What the application says of a request before anything of it is read.

use std::sync::Arc;

use futures_util::FutureExt as _;

use super::place::Place;
use super::shown::Shown;
use super::{Pipeline, guarded};
use crate::backend::Database;
use crate::context::Context;
use crate::error::Error;
use crate::operation::Target;
use crate::processor::{Hooks, Moment, Run, each};
use crate::request::{Request, RequestMethod};
use crate::response::Response;

/// That the application's processors let a request in, by [`Pipeline::admit`]: its body may be read now.
pub struct Admitted {
    /// What they know of it.
    context: Option<Context>,
}

/// A request that was let in, and what the application has seen of it.
#[derive(Clone, Copy)]
pub(super) struct Entered<'a> {
    pub(super) request: &'a Request,
    pub(super) context: Option<&'a Context>,
    /// What the application's own handler shows, if it is one that answers.
    pub(super) shown: Option<&'a Shown>,
}

impl Entered<'_> {
    /// What the application knows of the request.
    pub(super) fn context(self, database: &Database) -> Context {
        self.context.cloned().unwrap_or_else(|| Context::new(self.request, database))
    }
}

/// The processors of all endpoints, and their names.
type Say = (Arc<Hooks>, Arc<[String]>);

impl Pipeline {
    /// Asks the processors whether a request is let in, by its method, its headers and its target: neither its query string
    /// nor its body has to be there yet.
    ///
    /// # Errors
    ///
    /// The answer to a request that is refused.
    pub async fn admit(&self, database: &Database, request: &Request) -> Result<Admitted, Response> {
        match self.ask(database, request).await {
            Ok(context) => Ok(Admitted { context }),
            Err(error) => Err(self.shut_out(request, error)),
        }
    }

    /// Answers a request that was let in, once it has its body, as [`handle`](Self::handle) does.
    pub async fn answer(&self, database: &Database, request: &Request, admitted: Admitted) -> Response {
        self.respond_to(database, Entered { request, context: admitted.context.as_ref(), shown: None }).await
    }

    /// Lets the processors of the target have their say; gives what they know of the request.
    pub(super) async fn ask(&self, database: &Database, request: &Request) -> Result<Option<Context>, Error> {
        match self.mounts.say() {
            Some(say) => self.ask_all(say, database, request).boxed_local().await,
            None => Ok(None),
        }
    }

    async fn ask_all(
        &self,
        (hooks, names): Say,
        database: &Database,
        request: &Request,
    ) -> Result<Option<Context>, Error> {
        // A browser asks for the methods before it sends whatever says who asks.
        if request.method == RequestMethod::Options {
            return Ok(None);
        }
        let (place, target) = match self.find(&request.path) {
            Ok(Place::Resource { place, below }) => (place, Target::read(below).unwrap_or(Target::Collection)),
            Ok(Place::Functions { place }) => (place, Target::Functions),
            Ok(Place::Root) | Err(_) => return Ok(None),
        };
        let (id, relationship) = target.names();
        let context = Context::new(request, database).of_target(id, relationship);
        let run = Run { context, hooks, names };
        each!(&run, place, Moment::BeforeAny)?;
        Ok(Some(run.context))
    }

    /// The answer to a request that is not let in, as its client can read it.
    pub(super) fn shut_out(&self, request: &Request, error: Error) -> Response {
        let refusal = self.refusal(request, error);
        guarded(match self.callback(request) {
            Some(Ok(callback)) => callback.wrap(refusal),
            _ => refusal,
        })
    }
}
