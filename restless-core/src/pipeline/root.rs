//! The root of an `Api`: the list of its resources, which is a document of JSON:API.

use super::Pipeline;
use super::methods::{allow, refuse_method};
use crate::Method;
use crate::error::{Error, Errors, Mistakes};
use crate::query::{self, Parameters};
use crate::representation;
use crate::request::{Request, RequestMethod};
use crate::resource_type::Format;
use crate::response::Response;

/// Answers there, in the format that the client takes, if it takes any.
pub(super) fn respond(
    pipeline: &Pipeline,
    request: &Request,
    (format, accepted): (Format, Result<(), Error>),
) -> Response {
    let representation = representation::of(format);
    match request.method {
        RequestMethod::Known(Method::GET) | RequestMethod::Head => {}
        RequestMethod::Options => return Response::empty(200).with_header("Allow", allow(&[Method::GET])),
        _ => return refuse_method(request, &[Method::GET], representation),
    }
    let checked = accepted.map_err(Errors::from).and_then(|()| match format {
        Format::Classic => Err(Error::only_in_json_api().into()),
        Format::JsonApi => {
            let parameters = Parameters::parse(&request.query, Mistakes::default())?;
            query::refuse_all_but(&parameters, &[], Mistakes::default())
        }
    });
    let root = representation::base(&pipeline.parts.root, request) + pipeline.path();
    let names = pipeline.names.as_deref().unwrap_or_default();
    match checked {
        Ok(()) => representation::respond_with_root(&root, names),
        Err(errors) => representation::refuse(representation, &errors),
    }
}
