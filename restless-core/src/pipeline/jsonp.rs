//! JSONP: an answer as the argument of a function that the client names, for pages that cannot read it otherwise.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::Method;
use crate::error::Error;
use crate::request::{Request, RequestMethod};
use crate::response::Response;

/// The query parameter.
const PARAMETER: &str = "callback";

/// How long the name of a function may be.
const LONGEST: usize = 100;

/// What the answer is.
const JAVASCRIPT: &str = "application/javascript";

/// A function of the client's, and the request without it.
pub(super) struct Callback {
    name: String,
    pub(super) request: Request,
}

impl Callback {
    /// What a request to read names; `None` if it names no function.
    ///
    /// A name that is no path of identifiers is refused (400): it would become code of the page's.
    pub(super) fn of(request: &Request) -> Option<Result<Self, Error>> {
        let reads = matches!(request.method, RequestMethod::Known(Method::GET) | RequestMethod::Head);
        if !reads || request.query.is_empty() {
            return None;
        }
        let parameters: Vec<&str> = request.query.split('&').collect();
        let place = parameters.iter().position(|parameter| is_callback(parameter))?;
        let (_, name) = parameters[place].split_once('=').unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy().into_owned();
        if !is_path_of_identifiers(&name) {
            let detail = format!("{PARAMETER}: expected the name of a function, such as app.receive");
            return Some(Err(Error::invalid_parameter(PARAMETER, detail)));
        }
        let others = parameters.iter().enumerate();
        let others = others.filter(|(other, text)| *other != place && !is_cache_buster(text));
        let query = others.map(|(_, parameter)| *parameter).collect::<Vec<_>>().join("&");
        Some(Ok(Self { name, request: Request { query, ..request.clone() } }))
    }

    /// The answer as a call of the function, with its status and headers beside it. The comment in front keeps the text from
    /// being taken for another kind of file, of which it could otherwise choose the first letters.
    pub(super) fn wrap(&self, response: Response) -> Response {
        let meta = Value::Object(meta(&response)).to_string();
        let mut body = format!("/**/{}({{\"meta\":{meta},\"data\":", self.name).into_bytes();
        if response.body.is_empty() {
            body.extend_from_slice(b"null");
        } else {
            body.extend_from_slice(in_script(&String::from_utf8_lossy(&response.body)).as_bytes());
        }
        body.extend_from_slice(b"})");
        let kept = response.headers.into_iter().filter(|(name, _)| *name != "Content-Type");
        let response = Response { status: response.status, headers: kept.collect(), body };
        response.with_header("Content-Type", JAVASCRIPT)
    }
}

fn is_callback(parameter: &str) -> bool {
    let name = parameter.split_once('=').map_or(parameter, |(name, _)| name);
    name == PARAMETER || name.contains('%') && percent_decode_str(name).decode_utf8_lossy() == PARAMETER
}

/// `_=1732486800000`, which jQuery adds to every request for JSONP, so that no answer is taken from a cache.
fn is_cache_buster(parameter: &str) -> bool {
    parameter.split_once('=').is_some_and(|(name, _)| name == "_")
}

/// `receive`, `app.receive`, `$.jsonp_1`
fn is_path_of_identifiers(name: &str) -> bool {
    let is_first = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '_' | '$');
    let is_identifier = |word: &str| {
        word.starts_with(is_first) && word.chars().all(|letter| is_first(letter) || letter.is_ascii_digit())
    };
    name.len() <= LONGEST && name.split('.').all(is_identifier)
}

/// Status and headers, links taken apart.
fn meta(response: &Response) -> Map<String, Value> {
    let mut meta = Map::new();
    for (name, value) in response.headers.iter().filter(|(name, _)| *name != "Vary") {
        let value = match *name {
            "Content-Type" => json!(JAVASCRIPT),
            "Link" => links(value),
            _ => json!(value),
        };
        meta.insert((*name).to_owned(), value);
    }
    meta.insert("status".to_owned(), json!(response.status));
    meta
}

/// `<url>; rel="next", …` as objects.
fn links(header: &str) -> Value {
    let links = header.split('<').filter_map(|link| link.split_once(">; rel=\""));
    links.map(|(url, rest)| json!({"url": url, "rel": rest.split('"').next().unwrap_or_default()})).collect()
}

/// JSON as JavaScript of every age reads it: two separators of lines were no part of its strings once.
fn in_script(json: &str) -> String {
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_paths_of_identifiers() {
        for name in ["foo", "app.receive", "$", "_1", "jQuery111_22", "a.b.c"] {
            assert!(is_path_of_identifiers(name), "{name}");
        }
        for name in ["", ".", "a.", "1a", "a b", "alert(1)//", "a[0]", "é", "a;b", "a\n"] {
            assert!(!is_path_of_identifiers(name), "{name}");
        }
        assert!(!is_path_of_identifiers(&"a".repeat(LONGEST + 1)));
    }

    #[test]
    fn takes_links_apart() {
        let found = links("</api/person?sort=a,b&page=2>; rel=\"next\", </api/person?page=3>; rel=\"last\"");
        let next = json!({"url": "/api/person?sort=a,b&page=2", "rel": "next"});
        assert_eq!(found, json!([next, {"url": "/api/person?page=3", "rel": "last"}]));
    }
}
