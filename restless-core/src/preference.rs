//! What a client prefers (RFC 7240).

use crate::operation::Preference;
use crate::request::Request;

/// The `return` preference of a request; without one, no more than is needed.
pub(crate) fn preferred(request: &Request) -> Preference {
    let header = request.header_list("prefer").unwrap_or_default();
    let preferences = header.split(',').map(|text| text.split(';').next().unwrap_or_default());
    let mut named = preferences.filter_map(|text| text.split_once('='));
    let wanted = named.find(|(name, _)| name.trim().eq_ignore_ascii_case("return"));
    match wanted.map(|(_, value)| value.trim().trim_matches('"')) {
        Some("representation") => Preference::Representation,
        _ => Preference::Minimal,
    }
}
