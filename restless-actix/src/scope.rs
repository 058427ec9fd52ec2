//! Scopes of actix-web that answer for a model.

use std::sync::Arc;

use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::{HttpRequest, web};
use restless_core::{Api, Error, Model, ResourceApi, Service};

use crate::budget::BODIES;
use crate::handler::handle;

/// As many of the largest bodies have room at once, however large they may be.
const BODIES_AT_LEAST: usize = 4;

/// What every model with `#[derive(Restless)]` can be: mounted.
pub trait Mountable: Model {
    /// The model's endpoint as its attributes describe it, under `<prefix>/<collection>`.
    ///
    /// It is what [`App::service`](actix_web::App::service) takes, and so do other scopes.
    ///
    /// # Panics
    ///
    /// When the model is made for none of the databases that are open.
    #[must_use]
    fn api_scope() -> ApiScope {
        Self::api().scope()
    }

    /// The model's endpoint, to be changed before it is mounted with [`IntoScope::scope`].
    ///
    /// ```no_run
    /// # use restless_actix::prelude::*;
    /// # diesel::table! { person { id -> Integer, } }
    /// # #[derive(Restless)]
    /// # #[diesel(table_name = person)]
    /// # struct Person { id: i32 }
    /// let scope = Person::api().prefix("/api/v2").collection_name("people").methods([Method::GET]).scope();
    /// ```
    #[must_use]
    fn api() -> ResourceApi<Self> {
        ResourceApi::new()
    }
}

impl<M: Model> Mountable for M {}

/// What can be turned into a scope of actix-web.
pub trait IntoScope {
    /// The scope, for [`App::service`](actix_web::App::service).
    ///
    /// # Panics
    ///
    /// When a model is made for none of the databases that are open.
    #[must_use]
    fn scope(self) -> ApiScope;
}

/// What answers for a model or several, to be handed to [`App::service`](actix_web::App::service) or to another scope:
/// a collection with all that is below it and, where functions are allowed, their own path beside it.
///
/// Middleware stands around the scope that it is put into: `web::scope("").wrap(…).service(Person::api_scope())`.
pub struct ApiScope {
    services: Vec<Arc<Service>>,
}

impl HttpServiceFactory for ApiScope {
    fn register(self, config: &mut AppService) {
        for service in self.services {
            BODIES.allow(service.largest_body().saturating_mul(BODIES_AT_LEAST));
            let scope = web::scope(service.pattern());
            let answer =
                move |request: HttpRequest, payload: web::Payload| handle(Arc::clone(&service), request, payload);
            scope.default_service(web::to(answer)).register(config);
        }
    }
}

impl<M: Model> IntoScope for ResourceApi<M> {
    fn scope(self) -> ApiScope {
        answered_by(Service::new(self))
    }
}

impl IntoScope for Api {
    fn scope(self) -> ApiScope {
        answered_by(Service::of_api(self))
    }
}

/// What cannot be mounted ends the program at its start, not with the first request.
fn answered_by(service: Result<Service, Error>) -> ApiScope {
    match service {
        Ok(service) => {
            let functions = service.functions();
            ApiScope { services: std::iter::once(service).chain(functions).map(Arc::new).collect() }
        }
        Err(error) => {
            log::error!("{error}");
            panic!("{error}")
        }
    }
}
