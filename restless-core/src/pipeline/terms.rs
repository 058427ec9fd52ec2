//! How a resource is served, as far as that has to be known before its endpoint is asked.

use super::Pipeline;
use super::jsonp::Callback;
use super::place::Place;
use crate::endpoint::Mount;
use crate::error::Error;
use crate::request::Request;
use crate::resource_type::{Format, Formats, Transfer};

/// The formats of a resource, and what its bodies and answers are like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub(super) formats: Formats,
    /// Whether clients may have answers as calls of their functions.
    pub(super) has_jsonp: bool,
    /// What bodies and answers may take.
    pub(super) transfer: Transfer,
}

impl Terms {
    /// Those of a mount.
    pub(super) fn of(mount: &Mount) -> Self {
        Self { formats: mount.offered(), has_jsonp: mount.jsonp, transfer: mount.transfer }
    }

    /// Those of what is no single resource: whatever one of them has.
    fn of_all(terms: &[Self]) -> Self {
        let have = |format: Format| terms.iter().any(|terms| terms.formats.have(format));
        let (json_api, classic) = (have(Format::JsonApi), have(Format::Classic));
        let default = if json_api || !classic { Format::JsonApi } else { Format::Classic };
        Self {
            formats: Formats { default, has_other: json_api && classic },
            has_jsonp: !terms.is_empty() && terms.iter().all(|terms| terms.has_jsonp),
            transfer: Transfer::DEFAULT,
        }
    }
}

impl Pipeline {
    /// How the resource at a place is served.
    pub(super) fn terms(&self, found: &Result<Place<'_>, Error>) -> Terms {
        let own = match found {
            Ok(Place::Resource { place, .. } | Place::Functions { place }) => self.terms.get(place.index()).copied(),
            Ok(Place::Root) | Err(_) => None,
        };
        own.unwrap_or_else(|| Terms::of_all(&self.terms))
    }

    /// What bodies and answers may take of the server below a path.
    #[must_use]
    pub fn transfer(&self, path: &str) -> Transfer {
        self.terms(&self.find(path)).transfer
    }

    /// The greatest number of bytes that a body of any of the resources has.
    #[must_use]
    pub fn largest_body(&self) -> usize {
        self.terms.iter().map(|terms| terms.transfer.max_body_size).max().unwrap_or_default()
    }

    /// The function that a client names for its answer, where it may.
    pub(super) fn callback(&self, request: &Request) -> Option<Result<Callback, Error>> {
        if !self.terms.iter().any(|terms| terms.has_jsonp) {
            return None;
        }
        let callback = Callback::of(request)?;
        self.terms(&self.find(&request.path)).has_jsonp.then_some(callback)
    }
}
