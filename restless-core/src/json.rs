//! Strict JSON: what RFC 8259 leaves to implementations is refused here, before anything is read.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::shown::Shown;

/// Refuses what is not one JSON value, has a name twice or is deeper than 128 levels; says why.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let checked = Strict.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    checked.map_err(|error| {
        if error.is_data() { error.to_string() } else { format!("line {}, column {}", error.line(), error.column()) }
    })
}

/// Walks a value and keeps nothing of it.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Strict)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut names = Names::default();
        while let Some(Name(name)) = members.next_key()? {
            if let Err(name) = names.add(name) {
                return Err(A::Error::custom(format_args!("the name {} stands twice", Shown(&name))));
            }
            members.next_value_seed(Strict)?;
        }
        Ok(())
    }
}

/// The names of an object's members. A few are compared faster than hashed.
#[derive(Default)]
struct Names<'a> {
    few: Vec<Cow<'a, str>>,
    more: HashSet<Cow<'a, str>>,
}

impl<'a> Names<'a> {
    const FEW: usize = 16;

    /// Adds a name; gives back one that is there already.
    fn add(&mut self, name: Cow<'a, str>) -> Result<(), Cow<'a, str>> {
        if self.few.contains(&name) || self.more.contains(&name) {
            return Err(name);
        }
        if self.few.len() < Self::FEW {
            self.few.push(name);
        } else {
            self.more.insert(name);
        }
        Ok(())
    }
}

/// A member's name, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;

        impl<'de> Visitor<'de> for Borrow {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(Borrow)
    }
}

/// Appends a text as a JSON string.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    if is_plain(text.as_bytes()) {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
    }
}

/// Whether nothing of a text has to be escaped. Each block is looked at whole, so that the compiler compares many bytes
/// at once.
fn is_plain(text: &[u8]) -> bool {
    let special = |byte: u8| u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
    text.chunks(64).all(|block| block.iter().fold(0, |found, byte| found | special(*byte)) == 0)
}

/// The items of an array.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Items<'a> {
    /// The first of them, as they stand.
    pub(crate) first: Vec<&'a str>,
    /// The number of all.
    pub(crate) length: usize,
}

/// The items of a checked array, the first of which are kept, as many as there may be; `None` if it is no array.
pub(crate) fn items(json: &str, most: usize) -> Option<Items<'_>> {
    serde_json::Deserializer::from_str(json).deserialize_seq(Keep(most)).ok()
}

/// How many items are kept.
struct Keep(usize);

impl<'de> Visitor<'de> for Keep {
    type Value = Items<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Items<'de>, A::Error> {
        let mut first = Vec::new();
        while first.len() < self.0
            && let Some(item) = access.next_element::<&RawValue>()?
        {
            first.push(item.get());
        }
        let mut length = first.len();
        while access.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Items { first, length })
    }
}

/// The greatest number of members that an object has whose members mean something.
pub(crate) const MOST_MEMBERS: usize = 4096;

/// The members of a JSON object in their order, each value as it stands; the first of them, where there are very many.
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Members<'a> {
    /// Reads a checked value; `None` if it is no object.
    pub(crate) fn of(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// Whether there were more members than are kept.
    pub(crate) fn are_too_many(&self) -> bool {
        self.0.len() > MOST_MEMBERS
    }

    /// The value of a member.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| *value)
    }

    /// All members.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    /// The same without one of them.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(found, _)| found != name);
        self
    }

    /// The members but those whose names begin with `@`, which every server ignores.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.all().filter(|(name, _)| !name.starts_with('@'))
    }

    /// The same, given away.
    pub(crate) fn into_heeded(self) -> impl Iterator<Item = (Cow<'a, str>, &'a str)> {
        self.0.into_iter().filter(|(name, _)| !name.starts_with('@'))
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while members.len() <= MOST_MEMBERS
                    && let Some((name, value)) = access.next_entry::<Name<'de>, &'de RawValue>()?
                {
                    members.push((name.0, value.get()));
                }
                while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_json_leaves_open() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let cases = [
            "",
            "{",
            "{\"a\":1,\"a\":2}",
            "[{\"a\":{\"b\":1,\"\\u0062\":2}}]",
            "\"\\ud800\"",
            "\u{feff}{}",
            "NaN",
            "{} {}",
            &deep,
        ];
        for body in cases {
            assert!(check(body).is_err(), "{body}");
        }
        // More names than are compared one by one; one that stands twice among the first, then among the last.
        let many = |last: &str| {
            let members: Vec<_> = (0..40).map(|number| format!("\"m{number}\": 0")).collect();
            format!("{{{}, \"{last}\": 0}}", members.join(", "))
        };
        assert!(check(&many("m3")).is_err() && check(&many("m39")).is_err() && check(&many("other")).is_ok());
        assert!(check("{\"a\": [1, 2.5, null, true, \"\\u00e9\"]}").is_ok());
    }

    #[test]
    fn keeps_no_more_than_it_may() {
        assert_eq!(items("[1, {\"a\": 2}, 3, 4]", 2), Some(Items { first: vec!["1", "{\"a\": 2}"], length: 4 }));
        assert_eq!(items("[1, 2]", 2), Some(Items { first: vec!["1", "2"], length: 2 }));
        assert_eq!(items("{}", 2), None);
        let many: Vec<_> = (0..MOST_MEMBERS + 9).map(|number| format!("\"m{number}\":0")).collect();
        let (few, many) = (format!("{{{}}}", many[..MOST_MEMBERS].join(",")), format!("{{{}}}", many.join(",")));
        assert!(!Members::of(&few).unwrap().are_too_many());
        assert!(Members::of(&many).unwrap().are_too_many());
    }
}
