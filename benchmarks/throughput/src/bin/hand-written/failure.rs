//! What can go wrong, as JSON:API tells it.

use actix_web::error::BlockingError;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;

use crate::document::MEDIA_TYPE;

/// Why a request is refused.
#[derive(Debug)]
pub enum Failure {
    BadRequest,
    NotFound,
    Conflict,
    Unavailable,
    Internal,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.status_code().canonical_reason().unwrap_or_default())
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Failure::BadRequest => StatusCode::BAD_REQUEST,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Conflict => StatusCode::CONFLICT,
            Failure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let errors = json!({"errors": [{"status": status.as_str(), "title": self.to_string()}]});
        HttpResponse::build(status).content_type(MEDIA_TYPE).json(errors)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Failure::NotFound,
            Error::QueryBuilderError(_) => Failure::BadRequest,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Failure::Conflict,
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Failure::NotFound,
            _ => Failure::Internal,
        }
    }
}

impl From<diesel::r2d2::PoolError> for Failure {
    fn from(_: diesel::r2d2::PoolError) -> Self {
        Failure::Unavailable
    }
}

impl From<BlockingError> for Failure {
    fn from(_: BlockingError) -> Self {
        Failure::Internal
    }
}
