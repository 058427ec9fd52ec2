//! What links begin with: nothing, so that they name the server that was asked, or its scheme and host
//! (RFC 3986, section 4.2).

use std::borrow::Cow;

use crate::request::Request;
use crate::shown::Shown;

/// Where a proxy tells what its client asked for. A client can send such headers too: only those are to be trusted that the
/// proxy before the application replaces or appends to, whoever sent them.
///
/// ```
/// use restless_core::{Api, Forwarded};
/// let api = Api::new("/api").links_from_forwarded(Forwarded::XForwarded);
/// # let _ = api;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forwarded {
    /// In `Forwarded`, as `proto=https;host=example.org` (RFC 7239). Of several elements the last one counts, which the
    /// nearest proxy has added.
    Standard,
    /// In `X-Forwarded-Proto` and `X-Forwarded-Host`, of several values in the last ones.
    XForwarded,
}

/// The headers of RFC 7239, and those before it.
const STANDARD: &str = "forwarded";
const PROTO: &str = "x-forwarded-proto";
const HOST: &str = "x-forwarded-host";

/// What the links of an endpoint begin with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum BaseUrl {
    /// Nothing: they begin at the root of the server.
    #[default]
    None,
    /// Always the same, without a slash at the end.
    Fixed(String),
    /// Scheme and host of each request; as a proxy tells them, where one is trusted.
    OfRequest(Option<Forwarded>),
}

impl BaseUrl {
    /// Reads a URL with a scheme and a host and, if the server stands below a path, that path.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let url = text.strip_suffix('/').unwrap_or(text);
        let rest = ["http://", "https://"].iter().find_map(|scheme| url.strip_prefix(scheme));
        let is_valid = rest.is_some_and(|rest| {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_authority(authority) && is_path(path)
        });
        if !is_valid {
            let found = Shown(text);
            return Err(format!("base_url: expected a URL such as \"https://example.org\", found {found}"));
        }
        Ok(BaseUrl::Fixed(url.to_owned()))
    }

    /// What the links of an answer begin with. A request that names no host, or none that can be one, has relative ones.
    pub(crate) fn of<'a>(&'a self, request: &Request) -> Cow<'a, str> {
        match self {
            BaseUrl::None => Cow::Borrowed(""),
            BaseUrl::Fixed(url) => Cow::Borrowed(url),
            BaseUrl::OfRequest(trusted) => {
                let told = trusted.map(|trusted| Told::by(trusted, request)).unwrap_or_default();
                let scheme = told.scheme.unwrap_or(request.scheme);
                let authority = told.authority.or_else(|| authority(request));
                authority.map_or(Cow::Borrowed(""), |authority| format!("{scheme}://{authority}").into())
            }
        }
    }

    /// The headers that it depends on.
    pub(crate) fn headers(&self) -> &'static [&'static str] {
        match self {
            BaseUrl::None | BaseUrl::Fixed(_) => &[],
            BaseUrl::OfRequest(None) => &["host"],
            BaseUrl::OfRequest(Some(Forwarded::Standard)) => &["host", STANDARD],
            BaseUrl::OfRequest(Some(Forwarded::XForwarded)) => &["host", PROTO, HOST],
        }
    }
}

/// What a proxy tells.
#[derive(Default)]
struct Told {
    scheme: Option<&'static str>,
    authority: Option<String>,
}

impl Told {
    fn by(trusted: Forwarded, request: &Request) -> Self {
        match trusted {
            Forwarded::Standard => {
                let list = request.header_list(STANDARD).unwrap_or_default();
                let element = last_element(&list);
                let value = |name: &str| {
                    let mut pairs = pairs(element).into_iter().filter_map(|pair| pair.trim().split_once('='));
                    let pair = pairs.find(|(found, _)| found.trim().eq_ignore_ascii_case(name));
                    pair.map(|(_, value)| unquoted(value))
                };
                Self::new(value("proto").as_deref(), value("host"))
            }
            Forwarded::XForwarded => {
                let value = |name: &str| {
                    let list = request.header_list(name)?;
                    list.rsplit(',').next().map(|value| value.trim().to_owned())
                };
                Self::new(value(PROTO).as_deref(), value(HOST))
            }
        }
    }

    fn new(scheme: Option<&str>, authority: Option<String>) -> Self {
        let known = |scheme: &str| ["http", "https"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme));
        let scheme = scheme.and_then(known);
        Self { scheme, authority: authority.filter(|authority| is_authority(authority)) }
    }
}

/// The host that the request is for (RFC 9110, section 7.2): that of its target, if it is there, else the header's.
fn authority(request: &Request) -> Option<String> {
    let authority = match &request.authority {
        Some(authority) => authority,
        None => request.header("host").next()?,
    };
    is_authority(authority).then(|| authority.to_owned())
}

/// What stands behind the last comma that is within no quotation marks. They are counted from the end: a client that leaves
/// some open, in what it has sent before the proxy's element, says nothing of where that begins.
fn last_element(list: &str) -> &str {
    let mut is_quoted = false;
    for (at, byte) in list.bytes().enumerate().rev() {
        match byte {
            b'"' if !ends_with_escape(&list[..at]) => is_quoted = !is_quoted,
            b',' if !is_quoted => return &list[at + 1..],
            _ => {}
        }
    }
    list
}

/// The pairs of an element.
fn pairs(element: &str) -> Vec<&str> {
    let (mut is_quoted, mut end) = (false, 0);
    let is_end = |letter: char| {
        let is_escaped = ends_with_escape(&element[..end]);
        end += letter.len_utf8();
        is_quoted ^= letter == '"' && !is_escaped;
        letter == ';' && !is_quoted
    };
    element.split(is_end).collect()
}

/// Whether the next letter is escaped.
fn ends_with_escape(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// A token, or what a quoted string holds. What is escaped in it is no part of a host.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value).to_owned()
}

/// A host name or an address, perhaps with a port: nothing that means anything in a URL, a header or a JSON string.
fn is_authority(text: &str) -> bool {
    const LONGEST: usize = 300;
    let address = text.strip_prefix('[').and_then(|text| text.split_once(']'));
    let (is_host, rest) = if let Some((address, rest)) = address {
        (address.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte)), rest)
    } else {
        let (host, rest) = text.split_at(text.find(':').unwrap_or(text.len()));
        let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        (is_host && !host.is_empty(), rest)
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= LONGEST && is_host && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

/// The letters of a path (RFC 3986, section 3.3).
fn is_path(text: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/".contains(&byte);
    text.bytes().all(is_known) && !text.contains("//") && !text.ends_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Body, RequestMethod};

    fn request(headers: &[(&str, &str)]) -> Request {
        Request {
            method: RequestMethod::parse("GET"),
            scheme: "http",
            authority: None,
            base: String::new(),
            path: String::new(),
            query: String::new(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: Body::Complete(Vec::new()),
            peer: None,
            host: None,
        }
    }

    #[test]
    fn knows_urls_that_links_can_begin_with() {
        for (text, url) in [
            ("https://example.org", "https://example.org"),
            ("https://example.org/", "https://example.org"),
            ("http://[2001:db8::1]:8080/backend", "http://[2001:db8::1]:8080/backend"),
        ] {
            assert_eq!(BaseUrl::read(text), Ok(BaseUrl::Fixed(url.to_owned())));
        }
        for text in [
            "",
            "/",
            "example.org",
            "//example.org",
            "ftp://example.org",
            "https://",
            "https:///a",
            "https://a b",
            "https://a?b",
            "https://a#b",
            "https://a/\"",
            "https://user@a",
            "https://a//b",
            "https://a:b",
            "https://ä",
        ] {
            assert!(BaseUrl::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn takes_the_last_word_of_a_trusted_header() {
        let of = |trusted, headers: &[(&str, &str)]| BaseUrl::OfRequest(trusted).of(&request(headers)).into_owned();
        let standard = Some(Forwarded::Standard);
        let host = ("Host", "inner:8080");
        assert_eq!(of(None, &[host, ("Forwarded", "host=evil")]), "http://inner:8080");
        let element = "for=\"a,b\";host=evil, for=1.2.3.4;Proto=HTTPS;host=\"example.org:444\"";
        assert_eq!(of(standard, &[host, ("Forwarded", element)]), "https://example.org:444");
        assert_eq!(
            of(standard, &[host, ("Forwarded", "host=\"a\\\"b\""), ("Forwarded", "proto=https")]),
            "https://inner:8080"
        );
        assert_eq!(of(standard, &[host, ("X-Forwarded-Host", "evil")]), "http://inner:8080");
        for left_open in ["host=evil;x=\"", "\"", "x=\"\\\"", "host=evil;x=\"\\"] {
            let list = format!("{left_open}, for=\"[::1]:5\";host=\"example.org\";proto=https");
            assert_eq!(of(standard, &[host, ("Forwarded", &list)]), "https://example.org", "{list}");
            let lines = [host, ("Forwarded", left_open), ("Forwarded", "for=1.2.3.4;host=example.org")];
            assert_eq!(of(standard, &lines), "http://example.org");
        }
        let trusted = Some(Forwarded::XForwarded);
        let told = [host, ("X-Forwarded-Proto", "http, https"), ("X-Forwarded-Host", "evil, example.org")];
        assert_eq!(of(trusted, &told), "https://example.org");
        assert_eq!(
            of(trusted, &[host, ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Host", "a\"b")]),
            "http://inner:8080"
        );
        assert_eq!(of(None, &[("Host", "a\">b")]), "");
        assert_eq!(of(None, &[]), "");
    }
}
