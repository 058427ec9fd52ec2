//! Links: references that begin at the root of the server, percent-encoded.

use crate::endpoint::encode_segment;
use crate::query::{Paging, Parameters};

/// Where the collection of a request is, and what the client asked of it.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// The path of the collection, from the server's root.
    pub(crate) collection: String,
    pub(crate) parameters: Parameters,
}

/// The links of a page, by their relation; `None` where there is no such page.
pub(super) type PageLinks = Vec<(&'static str, Option<String>)>;

impl Address {
    /// The URL of a resource.
    pub(super) fn resource(&self, id: &str) -> String {
        let mut url = format!("{}/", self.collection);
        url.extend(encode_segment(id));
        url
    }

    /// The URL as the client asked for it, the parameters in canonical encoding.
    pub(super) fn itself(&self, path: &str) -> String {
        join(path, &self.parameters.encode())
    }

    /// The links of a page; `last` is the number of the last page, if it is known.
    pub(super) fn pages(&self, paging: Paging, last: Option<u64>, has_next: bool) -> PageLinks {
        let Paging::Page { number, size } = paging else {
            return Vec::new();
        };
        let prev = match last {
            Some(last) if number > last => Some(last),
            _ => number.checked_sub(1).filter(|number| *number > 0),
        };
        let mut links = vec![("first", Some(self.page(1, size)))];
        if let Some(last) = last {
            links.push(("last", Some(self.page(last, size))));
        }
        links.push(("prev", prev.map(|number| self.page(number, size))));
        links.push(("next", has_next.then(|| self.page(number + 1, size))));
        links
    }

    fn page(&self, number: u64, size: u64) -> String {
        let kept = self.parameters.encode_without("page");
        let separator = if kept.is_empty() { "" } else { "&" };
        format!("{}?{kept}{separator}page%5Bnumber%5D={number}&page%5Bsize%5D={size}", self.collection)
    }
}

/// Appends the URL of a resource, as it stands within a JSON string.
pub(super) fn write_resource(collection: &str, id: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(collection.as_bytes());
    out.push(b'/');
    for part in encode_segment(id) {
        out.extend_from_slice(part.as_bytes());
    }
}

/// The `Link` header of a page (RFC 8288).
pub(super) fn header(links: &PageLinks) -> String {
    let known = links.iter().filter_map(|(relation, link)| Some((relation, link.as_ref()?)));
    known.map(|(relation, link)| format!("<{link}>; rel=\"{relation}\"")).collect::<Vec<_>>().join(", ")
}

fn join(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
