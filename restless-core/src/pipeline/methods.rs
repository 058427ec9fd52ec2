//! The methods that a URL answers (RFC 9110, sections 9 and 10.2.1).

use crate::Method;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Target;
use crate::representation::{self, Representation};
use crate::request::Request;
use crate::response::Response;

/// Those of the methods that a client can use: at the URL of a relationship the others are answered with the reason of
/// their refusal.
pub(super) fn usable(target: &Target, endpoint: &Endpoint, mut allowed: Vec<Method>) -> Vec<Method> {
    let Target::Relationship(_, name) = target else {
        return allowed;
    };
    let Some((_, relationship)) = endpoint.relationship(name) else {
        return allowed;
    };
    let settings = &endpoint.settings;
    let is_writable = !relationship.is_read_only && !endpoint.is_locked(relationship.name);
    let is_to_one = relationship.is_to_one();
    allowed.retain(|method| match method {
        Method::GET => true,
        _ if !is_writable => false,
        Method::PATCH | Method::PUT => is_to_one || settings.allow_to_many_replacement,
        Method::POST => !is_to_one,
        Method::DELETE => !is_to_one && settings.allow_delete_from_to_many_relationships,
    });
    allowed
}

/// The value of `Allow` (RFC 9110, section 10.2.1).
pub(super) fn allow(methods: &[Method]) -> String {
    let mut names = Vec::new();
    for method in methods {
        names.push(method.name());
        if *method == Method::GET {
            names.push("HEAD");
        }
    }
    names.push("OPTIONS");
    names.join(", ")
}

/// Refuses the method of a request, and tells those that there are.
pub(super) fn refuse_method(request: &Request, allowed: &[Method], representation: &dyn Representation) -> Response {
    let allowed = allow(allowed);
    let error = Error::method_refused(request.method.name(), &allowed);
    representation::refuse(representation, &error.into()).with_header("Allow", allowed)
}
