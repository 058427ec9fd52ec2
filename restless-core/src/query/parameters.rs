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
    /// Of a list, its values with commas between them.
    pub(crate) value: String,
    /// The values of a list that the client wrote as several parameters, by parameter.
    listed: Option<Vec<Vec<String>>>,
}

impl Parameter {
    fn new(name: ParameterName, value: String) -> Self {
        let listed = name.is_of_list().then(|| vec![vec![value.clone()]]);
        Self { name, value, listed }
    }

    /// The values of a list, whichever way it is written. A comma within one of several parameters is a part of a value.
    pub(super) fn values(&self) -> Vec<&str> {
        match &self.listed {
            Some(listed) => listed.iter().flatten().map(String::as_str).collect(),
            None => parts(&self.value).collect(),
        }
    }

    /// The values as the client wrote them, each of which may be a list itself.
    pub(super) fn written(&self) -> Vec<&str> {
        match &self.listed {
            Some(listed) => listed.iter().flatten().map(String::as_str).filter(|value| !value.is_empty()).collect(),
            None => vec![&self.value],
        }
    }

    /// The one value of what is no list.
    pub(super) fn only(&self) -> Result<&str, String> {
        match self.listed.as_ref().map(Vec::len) {
            Some(length) if length > 1 => Err(format!("expected one value, found {length}")),
            _ => Ok(&self.value),
        }
    }

    /// Adds what another parameter of the same list has.
    fn append(&mut self, other: Self) {
        let own = self.listed.take().unwrap_or_else(|| vec![owned_parts(&self.value)]);
        let others = other.listed.unwrap_or_else(|| vec![owned_parts(&other.value)]);
        let listed: Vec<Vec<String>> = own.into_iter().chain(others).collect();
        if other.name.is_of_list() {
            self.name = other.name;
        }
        self.value = listed.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(",");
        self.listed = Some(listed);
    }

    fn is_called(&self, name: &str) -> bool {
        self.name.text() == name || self.name.bare() == name
    }

    fn encode(&self, query: &mut String) {
        let listed = self.listed.iter().flatten().flatten().map(String::as_str);
        for value in listed.chain(self.listed.is_none().then_some(self.value.as_str())) {
            if !query.is_empty() {
                query.push('&');
            }
            query.extend(utf8_percent_encode(self.name.text(), ENCODED));
            query.push('=');
            query.extend(utf8_percent_encode(value, ENCODED));
        }
    }
}

/// What commas part, without the blanks behind them.
pub(super) fn parts(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split(',').enumerate();
    parts.map(|(index, part)| if index == 0 { part } else { part.trim_start_matches(' ') })
}

fn owned_parts(value: &str) -> Vec<String> {
    parts(value).map(str::to_owned).collect()
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
                Ok(parameter) => errors.extend(parameters.add(parameter).err()),
                Err(error) => errors.push(error),
            }
        }
        errors.check().map(|()| parameters)
    }

    /// Reads those parameters that belong to certain families; others, malformed and repeated ones count as not sent.
    pub(crate) fn parse_known(query: &str, families: &[&str]) -> Self {
        let mut parameters = Parameters::default();
        for parameter in query.split('&').take(MOST).filter_map(|pair| parameter(pair).ok()) {
            if families.contains(&parameter.name.family()) {
                let _ = parameters.add(parameter);
            }
        }
        parameters
    }

    /// Adds a parameter, to others of the same list if it is of one.
    fn add(&mut self, parameter: Parameter) -> Result<(), Error> {
        match self.0.iter_mut().find(|known| known.name.bare() == parameter.name.bare()) {
            None => self.0.push(parameter),
            Some(known) if known.name.may_be_list() => known.append(parameter),
            Some(_) => return Err(repeated(&parameter)),
        }
        Ok(())
    }

    /// The parameter of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Parameter> {
        self.0.iter().find(|parameter| parameter.is_called(name))
    }

    /// Sets a parameter, whether it is there already or not.
    pub(crate) fn set(&mut self, name: &str, value: String) -> Result<(), Error> {
        let name = ParameterName::parse(name).ok_or_else(|| malformed(name))?;
        self.remove(name.bare());
        self.0.push(Parameter::new(name, value));
        Ok(())
    }

    /// Drops a parameter; true if it was there.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|parameter| !parameter.is_called(name));
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
    parameters.for_each(|parameter| parameter.encode(&mut query));
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
    Ok(Parameter::new(name, value))
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
    fn reads_lists() {
        let cases = [
            ("filter[id]=1,%202", "1|2", "filter%5Bid%5D=1,%202"),
            ("filter[id]=1&filter[id]=2,3", "1|2|3", "filter%5Bid%5D=1&filter%5Bid%5D=2&filter%5Bid%5D=3"),
            ("filter[id][]=1,2&filter[id][]=3", "1,2|3", "filter%5Bid%5D%5B%5D=1,2&filter%5Bid%5D%5B%5D=3"),
            ("filter[id]=1&filter[id][]=2,3", "1|2,3", "filter%5Bid%5D%5B%5D=1&filter%5Bid%5D%5B%5D=2,3"),
        ];
        for (query, values, encoded) in cases {
            let parameters = Parameters::parse(query, Mistakes::default()).unwrap();
            assert_eq!(parameters.get("filter[id]").unwrap().values().join("|"), values, "{query}");
            assert_eq!(parameters.encode(), encoded, "{query}");
            let again = Parameters::parse(encoded, Mistakes::default()).unwrap();
            assert_eq!(again.get("filter[id]").unwrap().values().join("|"), values, "{query}");
        }
    }

    #[test]
    fn names_every_mistake() {
        let errors = Parameters::parse("filter[_]=1&a%FF=2&page=1&page=2&b=%FF", Mistakes::default()).unwrap_err();
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
