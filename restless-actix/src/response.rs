//! Responses of the core in actix-web's words.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use restless_core::Response;

use crate::answer::Answer;
use crate::budget::{ANSWERS, Share};

/// The number of bytes up to which an answer is handed to its connection as a whole.
const LARGE: usize = 64 * 1024;

/// Permission to withhold an answer: one that says what was written may not be withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Withholding {
    Allowed,
    Forbidden,
}

/// The memory that an answer needs while its client takes it; none for a small one.
///
/// # Errors
///
/// If there is no room for it and it may be withheld.
pub(crate) fn reserve(response: &Response, withholding: Withholding) -> Result<Option<Share>, NoRoom> {
    if response.body.len() <= LARGE {
        return Ok(None);
    }
    let (mut share, bytes) = (ANSWERS.share(), response.body.capacity());
    match withholding {
        Withholding::Allowed if !share.take(bytes) => Err(NoRoom),
        Withholding::Allowed => Ok(Some(share)),
        Withholding::Forbidden => {
            share.take_anyway(bytes);
            Ok(Some(share))
        }
    }
}

/// There are as many bytes of answers under way as there may be.
pub(crate) struct NoRoom;

/// Translates a response, with the memory that was reserved for it.
pub(crate) fn convert(mut response: Response, share: Option<Share>, timeout: Duration) -> HttpResponse {
    let Some(share) = share else {
        return response.into();
    };
    let body = BoxBody::new(Answer::new(std::mem::take(&mut response.body), share, timeout));
    HttpResponse::from(response).set_body(body)
}
