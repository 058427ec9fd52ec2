//! Requests of actix-web in the core's words.

use std::any::Any;
use std::rc::Rc;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use restless_core::{Body, Pipeline, Request, RequestMethod};

/// Translates a request whose body has not been read.
pub(crate) fn convert(pipeline: &Pipeline, request: &HttpRequest) -> Request {
    let path = request.uri().path();
    let below = segments(request.match_info().unprocessed());
    let (mounted, path) = path.split_at(start_of_last(path, below));
    let base = &mounted[..start_of_last(mounted, segments(pipeline.path()))];
    Request {
        base: base.to_owned(),
        path: path.to_owned(),
        host: pipeline.has_say().then(|| -> Rc<dyn Any> { Rc::new(request.clone()) }),
        ..read(request, |name| pipeline.reads_header(name))
    }
}

/// The request to a handler of the application's own, which shows what a pipeline has that stands below `base`.
pub(crate) fn elsewhere(request: &HttpRequest, base: String) -> Request {
    Request { base, host: Some(Rc::new(request.clone())), ..read(request, |_| true) }
}

/// The path of the scopes around a pipeline, written as the application has written them down: what stands for any text is as in
/// the request.
pub(crate) fn base(request: &HttpRequest, place: &str) -> String {
    if !place.contains('{') {
        return place.to_owned();
    }
    let asked = request.uri().path().split('/').skip(1);
    let known = place.split('/').skip(1).zip(asked);
    known.flat_map(|(known, asked)| ["/", if known.contains('{') { asked } else { known }]).collect()
}

/// Translates a request to any path, with those of its headers for which `is_read` returns true.
fn read(request: &HttpRequest, is_read: impl Fn(&str) -> bool) -> Request {
    Request {
        method: RequestMethod::parse(request.method().as_str()),
        scheme: if request.app_config().secure() { "https" } else { "http" },
        authority: request.uri().authority().filter(|_| is_read("host")).map(ToString::to_string),
        base: String::new(),
        path: String::new(),
        query: request.query_string().to_owned(),
        headers: headers(request.headers(), is_read),
        body: Body::Complete(Vec::new()),
        peer: request.peer_addr(),
        host: None,
    }
}

fn segments(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

/// The position at which the last `segments` of a path begin. actix-web decodes paths, but never a slash, so that their number tells.
fn start_of_last(path: &str, segments: usize) -> usize {
    let mut slashes = path.rmatch_indices('/').map(|(at, _)| at);
    segments.checked_sub(1).map_or(path.len(), |index| slashes.nth(index).unwrap_or(0))
}

/// The headers that are looked at.
fn headers(headers: &HeaderMap, is_read: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let text = |value: &[u8]| match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    };
    let headers = headers.iter().filter(|(name, _)| is_read(name.as_str()));
    headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}
