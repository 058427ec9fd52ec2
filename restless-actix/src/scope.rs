//! Scopes of actix-web that answer for a model.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::{AppService, HttpServiceFactory, ResourceDef, ResourceMap, ServiceFactory as _, fn_factory};
use actix_web::{HttpRequest, web};
use restless_core::{Api, Error, Model, ResourceApi, Service};

use crate::budget::BODIES;
use crate::handler::handle;
use crate::neighbourhood::{self, Resident};

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
    service: Arc<Service>,
}

impl HttpServiceFactory for ApiScope {
    fn register(self, config: &mut AppService) {
        BODIES.allow(self.service.largest_body().saturating_mul(BODIES_AT_LEAST));
        let (resident, map) = Resident::register(Arc::clone(&self.service), config);
        let of_functions = resident.clone();
        mount(config, map, self.service.pattern(), move || resident.settle());
        if let Some(functions) = self.service.functions() {
            let map = Rc::new(neighbourhood::map(functions.pattern()));
            mount(config, map, functions.pattern(), move || {
                of_functions.settle().map(|service| service.functions().map_or(service, Arc::new))
            });
        }
    }
}

/// Lets a service answer everything below a pattern. It is asked for when all scopes of the application are registered.
fn mount(
    config: &mut AppService,
    map: Rc<ResourceMap>,
    pattern: &str,
    service: impl Fn() -> Result<Arc<Service>, Error> + 'static,
) {
    let factory = fn_factory(move || {
        let service = or_end(service());
        let answer = move |request: HttpRequest, payload: web::Payload| handle(Arc::clone(&service), request, payload);
        web::to(answer).new_service(())
    });
    config.register_service(ResourceDef::root_prefix(pattern), None, factory, Some(map));
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

fn answered_by(service: Result<Service, Error>) -> ApiScope {
    ApiScope { service: Arc::new(or_end(service)) }
}

/// What cannot be mounted ends the program at its start, not with the first request.
fn or_end<T>(mounted: Result<T, Error>) -> T {
    mounted.unwrap_or_else(|error| {
        log::error!("{error}");
        panic!("{error}")
    })
}
