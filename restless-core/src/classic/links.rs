//! The header `Link` of a list (RFC 8288), and URLs of resources.

use crate::dialect::Dialect;
use crate::endpoint::{Endpoint, encode_segment};
use crate::query::Paging;

/// `</api/person?page=2&results_per_page=10>; rel="next", …`: no other parameter was ever kept.
pub(super) fn header(path: &str, paging: Paging, total_pages: u64) -> String {
    let link = |relation: &str, page: u64, size: u64| {
        format!("<{path}?page={page}&results_per_page={size}>; rel=\"{relation}\"")
    };
    match paging.extent() {
        None => link("last", 1, 0),
        Some((before, size)) if before / size + 1 < total_pages => {
            format!("{}, {}", link("next", before / size + 2, size), link("last", total_pages, size))
        }
        Some((_, size)) => link("last", total_pages, size),
    }
}

/// The URL of a resource.
pub(super) fn url<DB: Dialect>(base: &str, endpoint: &Endpoint<DB>, id: &str) -> String {
    format!("{base}{}/{}", endpoint.path, encode_segment(id))
}
