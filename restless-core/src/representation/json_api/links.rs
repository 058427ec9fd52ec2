//! Links: references that begin at the root of the server, or with its URL, percent-encoded.

use crate::base_url::BaseUrl;
use crate::endpoint::{encode_path, encode_segment};
use crate::operation::Page;
use crate::query::{Paging, Parameters};
use crate::request::Request;

/// The URL of a request, as the client asked for it.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// The path, from the server's root, behind what its links begin with.
    pub(crate) path: String,
    pub(crate) parameters: Parameters,
}

/// What stands before the paths of the collections: what links begin with, and the scopes around the endpoint.
pub(crate) fn base(url: &BaseUrl, request: &Request) -> String {
    let mut base = url.of(request).into_owned();
    base.extend(encode_path(&request.base));
    base
}

/// The links of a page, by their relation; `None` where there is no such page.
pub(super) type PageLinks = Vec<(&'static str, Option<String>)>;

/// There is a page behind this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next;

impl Address {
    /// The URL, the parameters in canonical encoding.
    pub(super) fn itself(&self) -> String {
        let query = self.parameters.encode();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// The header `Link` of a page; none if there are no other pages.
    pub(crate) fn link_header(&self, page: &Page) -> Option<String> {
        let links = self.pages(page);
        (!links.is_empty()).then(|| header(&links))
    }

    /// The links of a page; that of the last page only if its number is known.
    pub(super) fn pages(&self, page: &Page) -> PageLinks {
        self.links_of(page.paging, page.last(), page.has_next.then_some(Next))
    }

    /// The same of whatever is divided into pages.
    pub(super) fn links_of(&self, paging: Paging, last: Option<u64>, next: Option<Next>) -> PageLinks {
        if paging.extent().is_none() {
            return Vec::new();
        }
        let mut links = vec![("first", Some(self.page(paging.first())))];
        if let Some(last) = last {
            links.push(("last", Some(self.page(paging.beginning(last)))));
        }
        links.push(("prev", paging.before(last).map(|page| self.page(page))));
        links.push(("next", next.map(|Next| self.page(paging.after()))));
        links
    }

    fn page(&self, page: Paging) -> String {
        let kept = self.parameters.encode_without("page");
        let separator = if kept.is_empty() { "" } else { "&" };
        let start = format!("{}?{kept}{separator}", self.path);
        match page {
            Paging::Page { number, size } => format!("{start}page%5Bnumber%5D={number}&page%5Bsize%5D={size}"),
            Paging::Slice { offset, limit } => format!("{start}page%5Boffset%5D={offset}&page%5Blimit%5D={limit}"),
            Paging::Whole { .. } => self.itself(),
        }
    }
}

/// Appends a text as one segment of a path.
pub(super) fn write_segment(text: &str, out: &mut Vec<u8>) {
    // Most ids are numbers, and most names are words.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    for part in encode_segment(text) {
        out.extend_from_slice(part.as_bytes());
    }
}

/// The `Link` header of a page (RFC 8288).
pub(super) fn header(links: &PageLinks) -> String {
    let known = links.iter().filter_map(|(relation, link)| Some((relation, link.as_ref()?)));
    known.map(|(relation, link)| format!("<{link}>; rel=\"{relation}\"")).collect::<Vec<_>>().join(", ")
}
