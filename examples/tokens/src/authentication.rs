//! Who asks: the middleware that finds it out, and the processor that refuses everybody else.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, web};
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::user;

/// Whoever a token belongs to. No endpoint shows users, so this is Diesel's alone.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = user)]
pub struct User {
    pub id: i32,
}

/// Middleware that puts the user into the request's extensions, or why there is none.
///
/// It lets every request pass: what is refused, [`RequireUser`] refuses with a document of JSON:API.
pub async fn authenticate(
    database: web::Data<Database>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let token = bearer(&request).map(str::to_owned);
    let user = find(&database, token).await;
    request.extensions_mut().insert(user);
    let mut response = next.call(request).await?;
    // A 401 has to say how to authenticate (RFC 9110, section 11.6.1).
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    Ok(response)
}

fn bearer(request: &ServiceRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token)
}

async fn find(database: &Database, token: Option<String>) -> Result<User, Error> {
    let Some(token) = token else {
        return Err(no_user());
    };
    let with_token = user::table.filter(user::token.eq(token)).select(User::as_select());
    database.run(move |connection| with_token.first(connection).optional()).await?.ok_or_else(no_user)
}

fn no_user() -> Error {
    Error::unauthorized("send the token of a user as `Authorization: Bearer …`")
}

/// The user who asks.
///
/// # Errors
///
/// Why there is none: 401, or what went wrong when the database was asked.
pub fn user(context: &Context) -> Result<User, Error> {
    context.extension::<Result<User, Error>>().unwrap_or_else(|| Err(no_user()))
}

/// Refuses every request without a user, before its body is read.
pub struct RequireUser;

impl ApiProcessor for RequireUser {
    async fn before_any(&self, context: &Context) -> Result<(), Error> {
        user(context).map(drop)
    }
}
