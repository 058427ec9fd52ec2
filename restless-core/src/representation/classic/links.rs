//! The header `Link` of a list (RFC 8288), and URLs of resources.

use percent_encoding::percent_decode_str;

use super::outgoing::List;
use crate::endpoint::{Endpoint, encode_path, encode_segment};
use crate::query::Paging;

/// The URL of a list, as the client asked for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListUrl<'a> {
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
}

/// The parameters that name a page: its number, and its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageNames(&'static str, &'static str);

impl PageNames {
    pub(super) const OF_LISTS: Self = Self("page", "results_per_page");

    /// Groups are paged as in JSON:API.
    pub(super) const OF_GROUPS: Self = Self("page[number]", "page[size]");

    /// The other way in which they are.
    const OF_SLICES: Self = Self("page[offset]", "page[limit]");
}

impl ListUrl<'_> {
    /// `</api/person?q=…&page=2&results_per_page=10>; rel="next", …`: every other parameter is kept as it was sent.
    pub(super) fn header(self, names: PageNames, paging: Paging, list: &List) -> String {
        let (names, last) = match paging {
            Paging::Slice { limit, .. } => (PageNames::OF_SLICES, list.total_pages.saturating_sub(1) * limit),
            Paging::Page { .. } | Paging::Whole { .. } => (names, list.total_pages),
        };
        let start = self.without(names);
        let PageNames(number, size) = names;
        let (number, size) = (encode_segment(number), encode_segment(size));
        let link = |relation: &str, page: Paging| {
            let (place, results) = match page {
                Paging::Page { number, size } => (number, size),
                Paging::Slice { offset, limit } => (offset, limit),
                Paging::Whole { .. } => (1, 0),
            };
            format!("<{start}{number}={place}&{size}={results}>; rel=\"{relation}\"")
        };
        let last = link("last", paging.beginning(last));
        if list.has_next { format!("{}, {last}", link("next", paging.after())) } else { last }
    }

    /// The URL without what names a page, to which parameters can be added.
    fn without(self, names: PageNames) -> String {
        let mut url = format!("{}?", self.path);
        for pair in self.query.split('&').filter(|pair| !pair.is_empty() && !names.are_in(pair)) {
            url.extend(encode_path(pair));
            url.push('&');
        }
        url
    }
}

impl PageNames {
    fn are_in(self, pair: &str) -> bool {
        let name = pair.split('=').next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy();
        name == self.0 || name == self.1
    }
}

/// The URL of a resource.
pub(super) fn url(base: &str, endpoint: &Endpoint, id: &str) -> String {
    format!("{base}{}/{}", endpoint.path, encode_segment(id))
}
