//! The one handler of a scope.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::FutureExt as _;
use restless_core::{Database, Error, Method, Pipeline, Request, RequestMethod, Response, Shown, Transfer};

use crate::response::Withholding;
use crate::start::{self, REMEDY};
use crate::{body, request, response};

/// Answers a request of the scope, whatever happens on the way.
pub(crate) async fn handle(pipeline: Arc<Pipeline>, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let mut converted = request::convert(&pipeline, &request);
    let transfer = pipeline.transfer(&converted.path);
    let Some(database) = request.app_data::<web::Data<Database>>() else {
        return send(&pipeline, pipeline.refuse(&converted, missing_database()), (&converted, &transfer));
    };
    let admitted = AssertUnwindSafe(pipeline.admit(database, &converted)).catch_unwind().await;
    let admitted = match admitted.unwrap_or_else(|_| Err(panicked(&pipeline, &converted))) {
        Ok(admitted) => admitted,
        Err(refusal) => return send(&pipeline, refusal, (&converted, &transfer)),
    };
    // What the body takes of the memory for bodies is given back when the request is answered.
    let (body, _share) = body::read(&request, payload, &transfer).await;
    converted.body = body;
    let answer = AssertUnwindSafe(pipeline.answer(database, &converted, admitted)).catch_unwind().await;
    let answer = answer.unwrap_or_else(|_| panicked(&pipeline, &converted));
    send(&pipeline, answer, (&converted, &transfer))
}

/// Shows resources of a pipeline in a handler of the application's own.
pub(crate) async fn show(
    pipeline: &Pipeline,
    request: &HttpRequest,
    (base, name, shown): (String, &str, &Shown),
) -> HttpResponse {
    let converted = request::elsewhere(request, base);
    let transfer = pipeline.transfer("");
    let Some(database) = request.app_data::<web::Data<Database>>() else {
        return send(pipeline, pipeline.refuse(&converted, missing_database()), (&converted, &transfer));
    };
    let answer = AssertUnwindSafe(pipeline.show(database, &converted, (name, shown))).catch_unwind().await;
    let answer = answer.unwrap_or_else(|_| panicked(pipeline, &converted));
    send(pipeline, answer, (&converted, &transfer))
}

/// Hands an answer to actix-web. Where there is no room for a large one, whoever only reads is to come again.
fn send(pipeline: &Pipeline, answer: Response, (request, transfer): (&Request, &Transfer)) -> HttpResponse {
    let reads = matches!(request.method, RequestMethod::Known(Method::GET) | RequestMethod::Head);
    let withholding = if reads { Withholding::Allowed } else { Withholding::Forbidden };
    if let Ok(share) = response::reserve(&answer, withholding) {
        return response::convert(answer, share, transfer.answer_timeout);
    }
    let error = Error::service_unavailable("the server has no room for another large answer at the moment");
    response::convert(pipeline.refuse(request, error), None, transfer.answer_timeout)
}

fn panicked(pipeline: &Pipeline, request: &Request) -> Response {
    pipeline.refuse(request, Error::internal("the handler panicked"))
}

fn missing_database() -> Error {
    start::missing();
    Error::internal(format_args!("the application has no database: {REMEDY}"))
}
