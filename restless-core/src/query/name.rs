//! Names of query parameters (JSON:API 1.1, "Query Parameter Families").

use std::borrow::Cow;

use crate::shown::shortened;

/// A name such as `sort`, `page[size]` or `filter[author.name][like]`: a family and its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParameterName {
    text: String,
    family: String,
    members: Vec<String>,
}

impl ParameterName {
    /// Reads a decoded name; `None` if it follows no family's form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let end = text.find('[').unwrap_or(text.len());
        let family = &text[..end];
        let members = members(&text[end..])?;
        is_member_name(family).then(|| Self { text: text.to_owned(), family: family.to_owned(), members })
    }

    /// The whole name.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The whole name as a message repeats it.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        shortened(&self.text)
    }

    /// The name without its brackets.
    pub(crate) fn family(&self) -> &str {
        &self.family
    }

    /// What stands in the brackets.
    pub(crate) fn members(&self) -> Vec<&str> {
        self.members.iter().map(String::as_str).collect()
    }
}

fn members(mut rest: &str) -> Option<Vec<String>> {
    let mut members = Vec::new();
    while !rest.is_empty() {
        let (member, after) = rest.strip_prefix('[')?.split_once(']')?;
        if !member.is_empty() && !member.split('.').all(is_member_name) {
            return None;
        }
        members.push(member.to_owned());
        rest = after;
    }
    Some(members)
}

/// Whether the text is a member name (JSON:API 1.1, "Member Names").
fn is_member_name(name: &str) -> bool {
    let globally_allowed = |letter: char| letter.is_ascii_alphanumeric() || letter >= '\u{80}';
    let inside = |letter: char| globally_allowed(letter) || matches!(letter, '-' | '_' | ' ');
    name.starts_with(globally_allowed) && name.ends_with(globally_allowed) && name.chars().all(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_families_and_members() {
        let name = ParameterName::parse("filter[author.name][like]").unwrap();
        assert_eq!(name.family(), "filter");
        assert_eq!(name.members(), ["author.name", "like"]);
        assert_eq!(ParameterName::parse("sort").unwrap().members(), [""; 0]);
        assert_eq!(ParameterName::parse("page[]").unwrap().members(), [""]);
    }

    #[test]
    fn refuses_names_that_the_standard_forbids() {
        for name in ["", "filter[_]", "filter[", "filter]", "filter[a]b", "filter[a..b]", "_a", "a b ", "[a]", "a[b][c"]
        {
            assert_eq!(ParameterName::parse(name), None, "{name}");
        }
    }
}
