//! Scopes of actix-web that answer for a model.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::{AppService, HttpServiceFactory, ResourceDef, ResourceMap, ServiceFactory as _, fn_factory};
use actix_web::{HttpRequest, web};
use restless_core::{Api, Error, Model, Pipeline, ResourceApi};

use crate::budget::BODIES;
use crate::handler::handle;
use crate::neighbourhood::{self, Resident};
use crate::rendering::Rendering;
use crate::start;

/// As many of the largest bodies have room at once, however large they may be.
const BODIES_AT_LEAST: usize = 4;

/// A model that can be mounted in actix-web: every one with `#[derive(Restless)]`.
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

    /// The answer of a handler of the application's own to a request: resources of the model, as its mount beside the handler
    /// shows them. Parameters, representations, links, row rules and processors are as for a `GET` of the collection or of the
    /// resource; the document's own link is the handler's.
    ///
    /// ```
    /// use actix_web::{App, HttpRequest, HttpResponse, test, web};
    /// use diesel::connection::SimpleConnection;
    /// use restless_actix::prelude::*;
    ///
    /// diesel::table! { person { id -> Integer, name -> Text, } }
    ///
    /// #[derive(diesel::Queryable, diesel::Selectable, Restless)]
    /// #[diesel(table_name = person)]
    /// struct Person { id: i32, name: String }
    ///
    /// async fn last(request: HttpRequest, database: web::Data<Database>) -> Result<HttpResponse, Error> {
    ///     let person = Person::fetch().sort("-id").first(&database).await?;
    ///     let person = person.ok_or_else(|| Error::not_found("there is nobody"))?;
    ///     Ok(Person::answer_to(&request).resource(person.id).await)
    /// }
    ///
    /// # #[actix_web::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let database = Database::connect("sqlite::memory:").await?;
    /// let rows = "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO person VALUES (7, 'Ann')";
    /// database.run(|connection| connection.batch_execute(rows)).await?;
    /// let app = App::new().app_data(web::Data::new(database)).service(Person::api_scope());
    /// let app = test::init_service(app.route("/last", web::get().to(last))).await;
    /// let answer = test::call_and_read_body(&app, test::TestRequest::get().uri("/last").to_request()).await;
    /// let document = r#"{"jsonapi":{"version":"1.1"},"links":{"self":"/last"},"data":{"type":"person","id":"7","attributes":{"name":"Ann"},"links":{"self":"/api/person/7"}}}"#;
    /// assert_eq!(answer, document);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    fn answer_to(request: &HttpRequest) -> Rendering<'_, Self> {
        Rendering::new(request)
    }
}

impl<M: Model> Mountable for M {}

/// A description of endpoints that can be turned into a scope of actix-web.
pub trait IntoScope {
    /// The scope, for [`App::service`](actix_web::App::service).
    ///
    /// # Panics
    ///
    /// When a model is made for none of the databases that are open.
    #[must_use]
    fn scope(self) -> ApiScope;
}

/// The service that answers for a model or several, to be handed to [`App::service`](actix_web::App::service) or to another scope:
/// a collection with all that is below it and, where functions are allowed, their own path beside it.
///
/// Middleware stands around the scope that it is put into: `web::scope("").wrap(…).service(Person::api_scope())`.
pub struct ApiScope {
    pipeline: Arc<Pipeline>,
}

impl HttpServiceFactory for ApiScope {
    fn register(self, config: &mut AppService) {
        BODIES.allow(self.pipeline.largest_body().saturating_mul(BODIES_AT_LEAST));
        let (resident, map) = Resident::register(Arc::clone(&self.pipeline), config);
        start::check();
        if let Some(functions) = self.pipeline.functions() {
            let map = Rc::new(neighbourhood::map(functions.pattern()));
            let of_functions = |pipeline: Arc<Pipeline>| pipeline.functions().map_or(pipeline, Arc::new);
            mount(config, (functions.pattern(), map), resident.clone(), of_functions);
        }
        mount(config, (self.pipeline.pattern(), map), resident, |pipeline| pipeline);
    }
}

/// Lets a pipeline answer everything below a pattern. It is asked for when all scopes of the application are registered.
fn mount(
    config: &mut AppService,
    (pattern, map): (&str, Rc<ResourceMap>),
    resident: Resident,
    part: fn(Arc<Pipeline>) -> Arc<Pipeline>,
) {
    let factory = fn_factory(move || {
        let pipeline = part(or_end(resident.resolve()));
        // The application's own handlers know what is mounted beside them as long as one of these serves.
        let resident = resident.clone();
        let answer = move |request: HttpRequest, payload: web::Payload| {
            let _ = &resident;
            handle(Arc::clone(&pipeline), request, payload)
        };
        web::to(answer).new_service(())
    });
    config.register_service(ResourceDef::root_prefix(pattern), None, factory, Some(map));
}

impl<M: Model> IntoScope for ResourceApi<M> {
    fn scope(self) -> ApiScope {
        answered_by(Pipeline::new(self))
    }
}

impl IntoScope for Api {
    fn scope(self) -> ApiScope {
        answered_by(Pipeline::of_api(self))
    }
}

fn answered_by(pipeline: Result<Pipeline, Error>) -> ApiScope {
    ApiScope { pipeline: Arc::new(or_end(pipeline)) }
}

/// Ends the program at its start if a model cannot be mounted, rather than with the first request.
fn or_end<T>(mounted: Result<T, Error>) -> T {
    mounted.unwrap_or_else(|error| {
        log::error!("{error}");
        panic!("{error}")
    })
}
