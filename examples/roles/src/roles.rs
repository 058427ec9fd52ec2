//! Middleware that finds out in which role somebody asks.

use actix_web::HttpMessage as _;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;

/// What somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Manager,
    Employee,
}

/// The role of whoever has the token. These two are there to try things with; an application looks tokens up.
fn of_token(token: &str) -> Option<Role> {
    match token {
        "manager" => Some(Role::Manager),
        "employee" => Some(Role::Employee),
        _ => None,
    }
}

/// Puts the role into the extensions of the request, where field rules find it.
pub async fn recognise(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let sent = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let role = sent.and_then(|sent| sent.strip_prefix("Bearer ")).and_then(of_token);
    if let Some(role) = role {
        request.extensions_mut().insert(role);
    }
    next.call(request).await
}
