//! Answers of the application's own handlers: as everything else answers.

use std::fmt::Display;
use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::error::InternalError;
use actix_web::{HttpRequest, HttpResponse};
use restless_core::{Error, Errors, Filter, Model, Pipeline, Shown};

use crate::{handler, neighbourhood, request};

/// The answer of a handler of the application's own to a request, made of resources of the model `M` as they are mounted beside
/// it; see [`Mountable::answer_to`](crate::Mountable::answer_to).
pub struct Rendering<'a, M> {
    request: &'a HttpRequest,
    mount: Option<String>,
    model: PhantomData<fn() -> M>,
}

/// A pipeline that has the model, with the path of the scopes around it and the name of the collection.
type Found = (Arc<Pipeline>, String, String);

impl<'a, M: Model> Rendering<'a, M> {
    pub(crate) const fn new(request: &'a HttpRequest) -> Self {
        Self { request, mount: None, model: PhantomData }
    }

    /// Names the mount, by the name of its collection, where the application has several of the model.
    #[must_use]
    pub fn mounted_as(mut self, collection_name: impl Into<String>) -> Self {
        self.mount = Some(collection_name.into());
        self
    }

    /// Answers with one resource, by its id; 404 if there is none for the client.
    pub async fn resource(self, id: impl Display) -> HttpResponse {
        self.show(Shown::resource(self.request.uri().path(), id.to_string())).await
    }

    /// Answers with the resources that a filter finds, [`Filter::all([])`](Filter::all) for all of them. What the client asks for
    /// in the query string, filters among it, holds besides.
    pub async fn collection(self, filter: Filter<M>) -> HttpResponse {
        self.show(Shown::collection(self.request.uri().path(), filter)).await
    }

    async fn show(&self, shown: Shown) -> HttpResponse {
        match self.find() {
            Ok((pipeline, place, name)) => {
                let base = request::base(self.request, &place);
                handler::show(&pipeline, self.request, (base, &name, &shown)).await
            }
            Err(error) => response_to(self.request, &error.into()),
        }
    }

    /// The mount that is meant.
    fn find(&self) -> Result<Found, Error> {
        let mut found = Vec::new();
        for (place, pipeline) in neighbourhood::services(self.request) {
            let names: Vec<String> = pipeline.mounts::<M>().map(str::to_owned).collect();
            found.extend(names.into_iter().map(|name| (Arc::clone(&pipeline), place.clone(), name)));
        }
        let model = std::any::type_name::<M>();
        if let Some(mount) = &self.mount {
            found.retain(|(_, _, name)| name == mount);
        }
        match found.len() {
            1 => found.pop().ok_or_else(|| Error::internal("no mount")),
            0 => Err(Error::internal(format!("{model} is not mounted beside the handler that shows it"))),
            _ => Err(Error::internal(format!("{model} is mounted several times: name one by `mounted_as`"))),
        }
    }
}

/// An error of a handler of the application's own, told in the representation that its request asks for. What a handler
/// returns without this, as an [`Error`] or as [`Errors`], is a document of JSON:API.
///
/// ```
/// use actix_web::{HttpRequest, HttpResponse};
/// use restless_actix::prelude::*;
/// use restless_actix::refuse;
///
/// async fn close(request: HttpRequest) -> actix_web::Result<HttpResponse> {
///     let is_open = request.headers().contains_key("x-open");
///     if !is_open {
///         return Err(refuse(&request, Error::conflict("it is closed already")));
///     }
///     Ok(HttpResponse::NoContent().finish())
/// }
/// ```
pub fn refuse(request: &HttpRequest, errors: impl Into<Errors>) -> actix_web::Error {
    let errors = errors.into();
    let response = response_to(request, &errors);
    InternalError::from_response(errors, response).into()
}

fn response_to(request: &HttpRequest, errors: &Errors) -> HttpResponse {
    restless_core::refuse(&request::elsewhere(request, String::new()), errors).into()
}
