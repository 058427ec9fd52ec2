//! Content negotiation (JSON:API 1.1, "Content Negotiation"; RFC 9110, section 12).

use std::fmt;

use crate::error::Error;
use crate::request::Request;
use crate::resource_type::{Format, Formats};

/// The media type of JSON:API.
pub(crate) const JSON_API: &str = "application/vnd.api+json";

/// The media type of JSON.
pub(crate) const JSON: &str = "application/json";

/// The media type of tables.
const CSV: &str = "text/csv";

/// The format that a client wants its answer in, of those that are offered.
///
/// It is the one that its header gives the greater weight. Where both have the same, as in `application/json, */*`, the format
/// of what it sends tells, then the default. A wildcard never counts for more than a name beside it.
pub(crate) fn accepted(request: &Request, offered: Formats) -> Result<Format, Error> {
    let mut values = request.header("accept");
    if let (Some(JSON_API), None, true) = (values.next(), values.next(), offered.have(Format::JsonApi)) {
        return Ok(Format::JsonApi);
    }
    let Some(header) = request.header_list("accept").filter(|header| !header.trim().is_empty()) else {
        return Ok(implied(request, offered));
    };
    let ranges: Option<Vec<MediaType>> = split(&header, ',').iter().map(|text| MediaType::parse(text)).collect();
    let Some(ranges) = ranges else {
        return Err(refused_accept("the header is malformed"));
    };
    let weights = Weights::of(&ranges, offered);
    if weights.classic > weights.json_api && (weights.names_classic || !weights.names_json_api) {
        return Ok(Format::Classic);
    }
    if weights.names_json_api {
        check_json_api(&ranges)?;
    }
    if weights.json_api > weights.classic {
        return Ok(Format::JsonApi);
    }
    if weights.classic > 0.0 {
        return Ok(implied(request, offered));
    }
    let served = media_types(offered);
    let verb = if served.len() > 1 { "are" } else { "is" };
    Err(refused_accept(format!("only {} {verb} served", served.join(" and "))))
}

/// True if a client names `text/csv` in `Accept`, and wants nothing that it names more or as much.
pub(crate) fn prefers_csv(request: &Request) -> bool {
    let Some(header) = request.header_list("accept").filter(|header| header.to_ascii_lowercase().contains(CSV)) else {
        return false;
    };
    let ranges: Option<Vec<MediaType>> = split(&header, ',').iter().map(|text| MediaType::parse(text)).collect();
    let ranges = ranges.unwrap_or_default();
    let weight = |name: &str| ranges.iter().filter(|range| range.is(name)).map(MediaType::weight).reduce(f64::max);
    let others = [JSON_API, JSON].into_iter().filter_map(weight).reduce(f64::max);
    weight(CSV).is_some_and(|csv| csv > others.unwrap_or(0.0))
}

/// How much a client wants each of the formats that are offered; what it does not want has the weight 0.
struct Weights {
    json_api: f64,
    classic: f64,
    names_json_api: bool,
    names_classic: bool,
}

impl Weights {
    fn of(ranges: &[MediaType], offered: Formats) -> Self {
        let named = |name: &str| ranges.iter().filter(|range| range.is(name)).map(MediaType::weight).reduce(f64::max);
        let of_format = |format: Format, name: &str| named(name).filter(|_| offered.have(format));
        let (json_api, classic) = (of_format(Format::JsonApi, JSON_API), of_format(Format::Classic, JSON));
        let any = named("application/*").or_else(|| named("*/*")).unwrap_or(0.0);
        let beside = |format: Format, other: Option<f64>| match other.filter(|weight| *weight > 0.0) {
            _ if !offered.have(format) => 0.0,
            Some(other) => any.min(other),
            None => any,
        };
        Self {
            json_api: json_api.unwrap_or_else(|| beside(Format::JsonApi, classic)),
            classic: classic.unwrap_or_else(|| beside(Format::Classic, json_api)),
            names_json_api: json_api.is_some(),
            names_classic: classic.is_some(),
        }
    }
}

/// The media types of the formats that are offered.
fn media_types(offered: Formats) -> &'static [&'static str] {
    match offered {
        Formats { has_other: true, .. } => &[JSON_API, JSON],
        Formats { default: Format::JsonApi, .. } => &[JSON_API],
        Formats { default: Format::Classic, .. } => &[JSON],
    }
}

/// The client names JSON:API: one instance at least has to be without parameters (JSON:API 1.1, "Server
/// Responsibilities").
fn check_json_api(ranges: &[MediaType]) -> Result<(), Error> {
    let mut own = ranges.iter().filter(|range| range.is(JSON_API));
    if own.any(|range| range.is_served() && range.weight() > 0.0) {
        return Ok(());
    }
    Err(refused_accept(
        "every instance of application/vnd.api+json has a parameter or an extension that is not served, or the weight 0",
    ))
}

/// The format of a client that takes anything: that of its own body, or of what would be its body.
fn implied(request: &Request, offered: Formats) -> Format {
    let named = match request.header("content-type").next() {
        // Nearly all clients write it so.
        Some(JSON_API) => Some(Format::JsonApi),
        named => named.and_then(MediaType::parse).and_then(|named| named.format()),
    };
    named.filter(|format| offered.have(*format)).unwrap_or(offered.default)
}

/// The format of a request's body, of those that are offered.
pub(crate) fn sent(request: &Request, offered: Formats) -> Result<Format, Error> {
    let values: Vec<&str> = request.header("content-type").collect();
    let media_type = match values.as_slice() {
        [JSON_API] if offered.have(Format::JsonApi) => {
            return check_content_encoding(request).map(|()| Format::JsonApi);
        }
        [value] => MediaType::parse(value),
        _ => None,
    };
    let expected = || format!("expected {}", media_types(offered).join(" or "));
    let Some(found) = media_type else {
        return Err(refused_content_type(format!("{}, found no valid media type", expected())));
    };
    match found.format().filter(|format| offered.have(*format)) {
        None => Err(refused_content_type(expected())),
        Some(Format::JsonApi) if !found.is_served() || found.has("q") => {
            Err(refused_content_type("application/vnd.api+json has a parameter or an extension that is not served"))
        }
        Some(format) => check_content_encoding(request).map(|()| format),
    }
}

/// Checks that the body is an object of the classic format, where nothing else is read.
pub(crate) fn check_object(request: &Request, offered: Formats) -> Result<(), Error> {
    match sent(request, offered)? {
        Format::Classic => Ok(()),
        Format::JsonApi => Err(refused_content_type("expected application/json: many resources have no other form")),
    }
}

/// Checks that the body is a document of JSON:API, where nothing else is read.
pub(crate) fn check_document(request: &Request, offered: Formats) -> Result<(), Error> {
    match sent(request, offered)? {
        Format::JsonApi => Ok(()),
        Format::Classic => {
            Err(refused_content_type("expected application/vnd.api+json: relationships have no other form"))
        }
    }
}

fn check_content_encoding(request: &Request) -> Result<(), Error> {
    let mut codings = request.header("content-encoding");
    if codings.all(|coding| coding.eq_ignore_ascii_case("identity")) {
        return Ok(());
    }
    let error = Error::unsupported_media_type("a body must not be compressed");
    Err(error.at_header("Content-Encoding"))
}

fn refused_accept(detail: impl fmt::Display) -> Error {
    Error::not_acceptable(format!("Accept: {detail}")).at_header("Accept")
}

fn refused_content_type(detail: impl fmt::Display) -> Error {
    Error::unsupported_media_type(format!("Content-Type: {detail}")).at_header("Content-Type")
}

/// A media type or range with its parameters; names in lower case.
#[derive(Debug, PartialEq)]
struct MediaType {
    name: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    fn parse(text: &str) -> Option<Self> {
        let parts = split(text, ';');
        let (name, parameters) = parts.split_first()?;
        let name = name.trim().to_ascii_lowercase();
        let (main, sub) = name.split_once('/')?;
        if !is_token(main) || !is_token(sub) {
            return None;
        }
        let parameters = parameters.iter().filter(|text| !text.trim().is_empty());
        let parameters = parameters.map(|text| parameter(text)).collect::<Option<_>>()?;
        Some(Self { name, parameters })
    }

    /// The format whose media type it is.
    fn format(&self) -> Option<Format> {
        match self.name.as_str() {
            JSON_API => Some(Format::JsonApi),
            JSON => Some(Format::Classic),
            _ => None,
        }
    }

    fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Whether it has no parameter but profiles, which are ignored, and no extension, since none is served.
    fn is_served(&self) -> bool {
        self.parameters.iter().all(|(name, value)| match name.as_str() {
            "q" | "profile" => true,
            "ext" => value.trim().is_empty(),
            _ => false,
        })
    }

    fn has(&self, parameter: &str) -> bool {
        self.parameters.iter().any(|(name, _)| name == parameter)
    }

    /// The weight `q`; a malformed one counts as none.
    fn weight(&self) -> f64 {
        let mut parameters = self.parameters.iter();
        let weight = parameters.find(|(name, _)| name == "q");
        weight.map_or(1.0, |(_, value)| value.parse().unwrap_or(0.0))
    }
}

fn parameter(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
    let value = match value.strip_prefix('"') {
        Some(quoted) => unquote(quoted)?,
        None if is_token(value) => value.to_owned(),
        None => return None,
    };
    is_token(&name).then_some((name, value))
}

fn unquote(text: &str) -> Option<String> {
    let inner = text.strip_suffix('"')?;
    let mut value = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(letters.next()?),
            '"' => return None,
            _ => value.push(letter),
        }
    }
    Some(value)
}

/// Splits a header's value where the separator stands outside of quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if letter == separator && !quoted => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Whether the text is a token of RFC 9110, section 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_quoted_parameters() {
        let found = MediaType::parse("Application/VND.api+json; Profile=\"https://a/b https://c\\\"d\"").unwrap();
        assert!(found.is(JSON_API) && found.is_served());
        assert_eq!(found.parameters[0].1, "https://a/b https://c\"d");
    }

    #[test]
    fn refuses_what_is_no_media_type() {
        for text in ["", "a", "a/", "/b", "a/b;c", "a/b;c=\"d", "a b/c", "ä/b"] {
            assert_eq!(MediaType::parse(text), None, "{text}");
        }
    }
}
