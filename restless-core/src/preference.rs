//! What a client prefers (RFC 7240).

use crate::operation::Preference;
use crate::request::Request;
use crate::resource_type::Count;

/// The `return` preference of a request. `None` is no preference for one of the two.
pub(crate) fn representation(request: &Request) -> Option<Preference> {
    match named(request, "return").as_deref() {
        Some("representation") => Some(Preference::Representation),
        Some("minimal") => Some(Preference::Minimal),
        _ => None,
    }
}

/// The `count` preference of a request: `exact` or `none`. A preference for anything else is none.
pub(crate) fn count(request: &Request) -> Option<Count> {
    match named(request, "count").as_deref() {
        Some("exact") => Some(Count::Exact),
        Some("none") => Some(Count::None),
        _ => None,
    }
}

/// The value of a preference; of several, the first counts.
fn named(request: &Request, wanted: &str) -> Option<String> {
    let header = request.header_list("prefer")?;
    let preferences = header.split(',').map(|text| text.split(';').next().unwrap_or_default());
    let mut named = preferences.filter_map(|text| text.split_once('='));
    let (_, value) = named.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))?;
    Some(value.trim().trim_matches('"').to_owned())
}
