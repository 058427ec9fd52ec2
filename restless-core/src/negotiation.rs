//! Content negotiation (JSON:API 1.1, "Content Negotiation"; RFC 9110, section 12).

use crate::error::Error;
use crate::request::Request;

/// The media type of JSON:API.
pub(crate) const JSON_API: &str = "application/vnd.api+json";

/// The media type of JSON.
const JSON: &str = "application/json";

/// The media type of an answer that is no document of JSON:API: plain JSON, if the client prefers that.
pub(crate) fn media_type_of_values(request: &Request) -> Result<&'static str, Error> {
    let header = request.header_list("accept").unwrap_or_default();
    let ranges: Vec<MediaType> = split(&header, ',').iter().filter_map(|text| MediaType::parse(text)).collect();
    let weights = |name: &str| {
        let ranges = ranges.iter().filter(|range| range.is(name) && (range.is_served() || !range.is(JSON_API)));
        ranges.map(MediaType::weight).fold(0.0, f64::max)
    };
    if weights(JSON) > weights(JSON_API) {
        return Ok(JSON);
    }
    check_accept(request).map(|()| JSON_API)
}

/// Checks that the client accepts JSON:API.
pub(crate) fn check_accept(request: &Request) -> Result<(), Error> {
    let Some(header) = request.header_list("accept").filter(|header| !header.trim().is_empty()) else {
        return Ok(());
    };
    let ranges: Option<Vec<MediaType>> = split(&header, ',').iter().map(|text| MediaType::parse(text)).collect();
    let Some(ranges) = ranges else {
        return Err(refused_accept("the header is malformed"));
    };
    let (own, others): (Vec<&MediaType>, Vec<&MediaType>) = ranges.iter().partition(|range| range.is(JSON_API));
    if own.iter().any(|range| range.is_served() && range.weight() > 0.0) {
        return Ok(());
    }
    if !own.is_empty() {
        return Err(refused_accept(
            "every instance of application/vnd.api+json has a parameter or an extension that is not served, or the weight 0",
        ));
    }
    let any = others.iter().any(|range| (range.is("*/*") || range.is("application/*")) && range.weight() > 0.0);
    if any { Ok(()) } else { Err(refused_accept("only application/vnd.api+json is served")) }
}

/// Checks that the request's body is a JSON:API document.
pub(crate) fn check_content_type(request: &Request) -> Result<(), Error> {
    let values: Vec<&str> = request.header("content-type").collect();
    let media_type = match values.as_slice() {
        [value] => MediaType::parse(value),
        _ => None,
    };
    match media_type {
        Some(found) if !found.is(JSON_API) => Err(refused_content_type("expected application/vnd.api+json")),
        Some(found) if found.is_served() && !found.has("q") => check_content_encoding(request),
        Some(_) => {
            Err(refused_content_type("application/vnd.api+json has a parameter or an extension that is not served"))
        }
        None => Err(refused_content_type("expected application/vnd.api+json, found no valid media type")),
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

fn refused_accept(detail: &'static str) -> Error {
    Error::not_acceptable(format!("Accept: {detail}")).at_header("Accept")
}

fn refused_content_type(detail: &'static str) -> Error {
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
