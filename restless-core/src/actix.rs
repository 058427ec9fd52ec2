//! Errors and answers in actix-web's words. A trait of another crate's can be implemented only where the type is, so that this
//! stands here; nothing else of the core names a web framework, and nothing of it is there without the feature.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::error::{Error, Errors, Status, ValidationErrors};
use crate::pipeline::refuse_anybody;
use crate::response::Response;

impl From<Response> for HttpResponse {
    fn from(response: Response) -> Self {
        let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut builder = HttpResponse::build(status);
        for (name, value) in response.headers {
            builder.insert_header((name, value));
        }
        builder.body(response.body)
    }
}

fn code(status: Status) -> StatusCode {
    StatusCode::from_u16(status.code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A handler that returns one answers with an error document of JSON:API, since actix-web does not say to which request.
impl ResponseError for Errors {
    fn status_code(&self) -> StatusCode {
        code(self.status())
    }

    fn error_response(&self) -> HttpResponse {
        refuse_anybody(self).into()
    }
}

/// See [`Errors`].
impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        Errors::from(self.clone()).status_code()
    }

    fn error_response(&self) -> HttpResponse {
        Errors::from(self.clone()).error_response()
    }
}

/// See [`Errors`].
impl ResponseError for ValidationErrors {
    fn status_code(&self) -> StatusCode {
        Errors::from(self.clone()).status_code()
    }

    fn error_response(&self) -> HttpResponse {
        Errors::from(self.clone()).error_response()
    }
}
