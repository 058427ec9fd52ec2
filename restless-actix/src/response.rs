//! Responses of the core in actix-web's words.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use restless_core::Response;

/// Translates a response.
pub(crate) fn convert(response: Response) -> HttpResponse {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = HttpResponse::build(status);
    for (name, value) in response.headers {
        builder.insert_header((name, value));
    }
    builder.body(response.body)
}
