//! The parameters of a query string (WHATWG URL, "application/x-www-form-urlencoded").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::name::ParameterName;
use crate::error::{Error, Errors, Mistakes};
use crate::shown::Shown;

/// What stands in a query string as it is: the unreserved letters of RFC 3986, and the comma.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',');

/// The greatest number of parameters in one request.
const MOST: usize = 256;

/// A query parameter, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: ParameterName,
    pub(crate) value: String,
}

/// The parameters of a request in their order, none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameters(Vec<Parameter>);

impl Parameters {
    /// Reads a query string without its question mark. Collects every parameter that is malformed or repeated, in what is
    /// empty still.
    pub(crate) fn parse(query: &str, mut errors: Mistakes) -> Result<Self, Errors> {
        let mut parameters = Parameters::default();
        if query.split('&').filter(|pair| !pair.is_empty()).take(MOST + 1).count() > MOST {
            let error = Error::bad_request(format!("a request may have {MOST} query parameters at most"));
            return Err(error.into());
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match parameter(pair) {
                Ok(parameter) if parameters.get(parameter.name.text()).is_some() => errors.push(repeated(&parameter)),
                Ok(parameter) => parameters.0.push(parameter),
                Err(error) => errors.push(error),
            }
        }
        errors.check().map(|()| parameters)
    }

    /// Reads those parameters that belong to certain families; others, malformed and repeated ones count as not sent.
    pub(crate) fn parse_known(query: &str, families: &[&str]) -> Self {
        let mut parameters = Parameters::default();
        for parameter in query.split('&').take(MOST).filter_map(|pair| parameter(pair).ok()) {
            let is_known = families.contains(&parameter.name.family());
            if is_known && parameters.get(parameter.name.text()).is_none() {
                parameters.0.push(parameter);
            }
        }
        parameters
    }

    /// The parameter of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Parameter> {
        self.0.iter().find(|parameter| parameter.name.text() == name)
    }

    /// Sets a parameter, whether it is there already or not.
    pub(crate) fn set(&mut self, name: &str, value: String) -> Result<(), Error> {
        let name = ParameterName::parse(name).ok_or_else(|| malformed(name))?;
        self.remove(name.text());
        self.0.push(Parameter { name, value });
        Ok(())
    }

    /// Drops a parameter; true if it was there.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|parameter| parameter.name.text() != name);
        self.0.len() < before
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Parameter> {
        self.0.iter()
    }

    /// The parameters of a family, in their order.
    pub(crate) fn family<'a>(&'a self, family: &'a str) -> impl Iterator<Item = &'a Parameter> {
        self.0.iter().filter(move |parameter| parameter.name.family() == family)
    }

    /// The parameters without a family's.
    pub(crate) fn without(&self, family: &str) -> Self {
        Self(self.0.iter().filter(|parameter| parameter.name.family() != family).cloned().collect())
    }

    /// The query string of all parameters, percent-encoded.
    pub(crate) fn encode(&self) -> String {
        encode(self.0.iter())
    }

    /// The query string without a family's parameters, percent-encoded.
    pub(crate) fn encode_without(&self, family: &str) -> String {
        encode(self.0.iter().filter(|parameter| parameter.name.family() != family))
    }
}

fn encode<'a>(parameters: impl Iterator<Item = &'a Parameter>) -> String {
    let mut query = String::new();
    for parameter in parameters {
        if !query.is_empty() {
            query.push('&');
        }
        query.extend(utf8_percent_encode(parameter.name.text(), ENCODED));
        query.push('=');
        query.extend(utf8_percent_encode(&parameter.value, ENCODED));
    }
    query
}

fn parameter(pair: &str) -> Result<Parameter, Error> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let text = decode(name).ok_or_else(|| malformed(name))?;
    let name = ParameterName::parse(&text).ok_or_else(|| malformed(&text))?;
    let Some(value) = decode(value) else {
        let detail = format!("the value of {} is not percent-encoded UTF-8", name.shown());
        return Err(Error::invalid_parameter(&text, detail));
    };
    Ok(Parameter { name, value })
}

fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

fn malformed(name: &str) -> Error {
    Error::invalid_parameter(name, format!("{} is no name of a query parameter", Shown(name)))
}

fn repeated(parameter: &Parameter) -> Error {
    let detail = format!("{} stands more than once in the query string", parameter.name.shown());
    Error::invalid_parameter(parameter.name.text(), detail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decodes_as_forms_do() {
        let parameters =
            Parameters::parse("filter%5Bname%5D=J%C3%BCrgen+M&page[size]=3&&sort", Mistakes::default()).unwrap();
        assert_eq!(parameters.get("filter[name]").unwrap().value, "Jürgen M");
        assert_eq!(parameters.get("page[size]").unwrap().value, "3");
        assert_eq!(parameters.get("sort").unwrap().value, "");
        assert_eq!(parameters.encode(), "filter%5Bname%5D=J%C3%BCrgen%20M&page%5Bsize%5D=3&sort=");
        assert_eq!(parameters.encode_without("page"), "filter%5Bname%5D=J%C3%BCrgen%20M&sort=");
    }

    #[test]
    fn names_every_mistake() {
        let errors = Parameters::parse("filter[_]=1&a%FF=2&sort=a&sort=b&b=%FF", Mistakes::default()).unwrap_err();
        assert_eq!(errors.iter().count(), 4);
    }

    proptest! {
        #[test]
        fn never_panics(query in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Parameters::parse(&query, Mistakes::default());
            let _ = Parameters::parse(&String::from_utf8_lossy(&bytes), Mistakes::default());
        }

        #[test]
        fn reads_back_what_it_writes(pairs in proptest::collection::btree_map("[a-z][a-zA-Z]{0,5}(\\[[a-z]{1,5}\\]){0,2}", any::<String>(), 0..8)) {
            let query = pairs.iter().map(|(name, value)| {
                format!("{}={}", utf8_percent_encode(name, NON_ALPHANUMERIC), utf8_percent_encode(value, NON_ALPHANUMERIC))
            }).collect::<Vec<_>>().join("&");
            let parameters = Parameters::parse(&query, Mistakes::default()).unwrap();
            let found: Vec<(&str, &str)> = parameters.iter().map(|one| (one.name.text(), one.value.as_str())).collect();
            let sent: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            prop_assert_eq!(found, sent);
            prop_assert_eq!(Parameters::parse(&parameters.encode(), Mistakes::default()).unwrap(), parameters);
        }
    }
}
