//! Scopes of actix-web that answer for a model.

use std::sync::Arc;

use actix_web::{HttpRequest, Scope, web};
use restless_core::{Api, Error, Model, ResourceApi, Service};

use crate::handler::handle;

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
    fn api_scope() -> Scope {
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
    fn scope(self) -> Scope;
}

impl<M: Model> IntoScope for ResourceApi<M> {
    fn scope(self) -> Scope {
        answered_by(Service::new(self))
    }
}

impl IntoScope for Api {
    fn scope(self) -> Scope {
        answered_by(Service::of_api(self))
    }
}

/// What cannot be mounted ends the program at its start, not with the first request.
fn answered_by(service: Result<Service, Error>) -> Scope {
    let service = match service {
        Ok(service) => Arc::new(service),
        Err(error) => {
            log::error!("{error}");
            panic!("{error}")
        }
    };
    let scope = web::scope(service.pattern());
    let answer = move |request: HttpRequest, payload: web::Payload| handle(Arc::clone(&service), request, payload);
    scope.default_service(web::to(answer))
}
