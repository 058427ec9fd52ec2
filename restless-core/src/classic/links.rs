//! The header `Link` of a list (RFC 8288), and URLs of resources.

use percent_encoding::percent_decode_str;

use crate::dialect::Dialect;
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
    pub(super) fn header(self, names: PageNames, paging: Paging, total_pages: u64) -> String {
        let names = if let Paging::Slice { .. } = paging { PageNames::OF_SLICES } else { names };
        let start = self.without(names);
        let PageNames(number, size) = names;
        let (number, size) = (encode_segment(number), encode_segment(size));
        let link = |relation: &str, page: u64, results: u64| {
            format!("<{start}{number}={page}&{size}={results}>; rel=\"{relation}\"")
        };
        match paging {
            Paging::Whole { .. } => link("last", 1, 0),
            Paging::Page { number, size } if number < total_pages => {
                format!("{}, {}", link("next", number + 1, size), link("last", total_pages, size))
            }
            Paging::Page { size, .. } => link("last", total_pages, size),
            Paging::Slice { offset, limit } => {
                let last = link("last", total_pages.saturating_sub(1) * limit, limit);
                match offset.saturating_add(limit) {
                    next if next < total_pages * limit => format!("{}, {last}", link("next", next, limit)),
                    _ => last,
                }
            }
        }
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
pub(super) fn url<DB: Dialect>(base: &str, endpoint: &Endpoint<DB>, id: &str) -> String {
    format!("{base}{}/{}", endpoint.path, encode_segment(id))
}
