//! Resources that a handler of the application's own shows, as the service itself would.

use super::Pipeline;
use super::admission::Entered;
use crate::Method;
use crate::backend::Database;
use crate::clause::Clause;
use crate::endpoint::encode_segment;
use crate::request::{Request, RequestMethod};
use crate::resource_type::{Format, Formats, Model};
use crate::response::Response;
use crate::typed::Filter;
use crate::{error, negotiation, representation};

/// What a handler of the application's own shows of a mounted resource.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Where the handler stands: the document's own link.
    pub(super) path: String,
    pub(super) filters: Vec<Clause>,
    /// The id of the one resource that is shown.
    id: Option<String>,
}

impl Shown {
    /// The resources that a filter finds, at the path of a handler.
    #[must_use]
    pub fn collection<M>(path: impl Into<String>, filter: Filter<M>) -> Self {
        Self { path: path.into(), filters: vec![filter.into_clause()], id: None }
    }

    /// The resource with an id, at the path of a handler.
    #[must_use]
    pub fn resource(path: impl Into<String>, id: impl Into<String>) -> Self {
        Self { path: path.into(), filters: Vec::new(), id: Some(id.into()) }
    }
}

impl Pipeline {
    /// The names of the collections of a model.
    pub fn mounts<M: Model>(&self) -> impl Iterator<Item = &str> {
        let resource = M::resource_type();
        let mounted = self.parts.mounted.iter().filter(move |one| std::ptr::eq(one.resource, resource));
        mounted.map(|one| &*one.mount.collection_name)
    }

    /// Answers the request to a handler of the application's own with what that shows of a collection, by its name: as if it
    /// were a `GET` of the collection or of the resource. Parameters, formats, links, rules and processors are as everywhere.
    pub async fn show(&self, database: &Database, request: &Request, (name, shown): (&str, &Shown)) -> Response {
        let mut request = Request { method: RequestMethod::Known(Method::GET), ..request.clone() };
        let segments = [self.names.is_some().then_some(name), shown.id.as_deref()].into_iter().flatten();
        request.path = String::new();
        for segment in segments {
            request.path.push('/');
            request.path.extend(encode_segment(segment));
        }
        match self.ask(database, &request).await {
            Ok(context) => {
                let entered = Entered { request: &request, context: context.as_ref(), shown: Some(shown) };
                self.respond_to(database, entered).await
            }
            Err(error) => self.shut_out(&request, error),
        }
    }
}

/// Answers a request with errors, in the format that it asks for; JSON:API where it does not say.
#[must_use]
pub fn refuse(request: &Request, errors: &error::Errors) -> Response {
    let formats = Formats { default: Format::JsonApi, has_other: true };
    let format = negotiation::accepted(request, formats).unwrap_or(formats.default);
    super::guarded(super::vary(representation::refuse(representation::of(format), errors)))
}

/// The same for whoever does not know the request.
#[cfg(feature = "actix-web")]
pub(crate) fn refuse_anybody(errors: &error::Errors) -> Response {
    super::guarded(representation::refuse(representation::of(Format::JsonApi), errors))
}
