//! The one handler of a scope.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::FutureExt as _;
use restless_core::{Body, Database, Error, Service};

use crate::{body, request, response};

/// Answers a request of the scope, whatever happens on the way.
pub(crate) async fn handle(service: Arc<Service>, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let Some(database) = request.app_data::<web::Data<Database>>() else {
        let converted = request::convert(&service, &request, Body::Complete(Vec::new()));
        return response::convert(service.refuse(&converted, missing_database()));
    };
    let body = body::read(&request, payload).await;
    let converted = request::convert(&service, &request, body);
    let answer = AssertUnwindSafe(service.handle(database, &converted)).catch_unwind().await;
    let answer = answer.unwrap_or_else(|_| service.refuse(&converted, Error::internal("the handler panicked")));
    response::convert(answer)
}

fn missing_database() -> Error {
    Error::internal("the application has no database: add `.app_data(web::Data::new(database))` to the `App`")
}
