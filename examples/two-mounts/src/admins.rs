//! Middleware that lets only administrators pass.

use std::env;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};

/// What everybody else is told, in the form of JSON:API.
const REFUSAL: &str = r#"{"errors":[{"status":"401","title":"Unauthorized","detail":"this is for administrators"}]}"#;

/// The token of the administrators.
pub struct AdminToken(String);

impl AdminToken {
    /// The variable `ADMIN_TOKEN`. The word in its stead is there to try things with; keep none in an application.
    pub fn from_env() -> Self {
        Self(env::var("ADMIN_TOKEN").unwrap_or_else(|_| "secret".to_owned()))
    }

    fn is_sent_with(&self, request: &ServiceRequest) -> bool {
        let sent = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        sent.and_then(|sent| sent.strip_prefix("Bearer ")) == Some(&self.0)
    }
}

/// Answers 401 to requests without the token, whatever they ask for: nothing of them reaches restless.
pub async fn only_admins(
    token: web::Data<AdminToken>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, actix_web::Error> {
    if token.is_sent_with(&request) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let mut refusal = HttpResponse::Unauthorized();
    refusal.insert_header((WWW_AUTHENTICATE, "Bearer")).content_type("application/vnd.api+json");
    Ok(request.into_response(refusal.body(REFUSAL)))
}
