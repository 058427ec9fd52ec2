//! Names of query parameters (JSON:API 1.1, "Query Parameter Families").

use std::borrow::Cow;

use crate::shown::shortened;

/// The families whose parameters may be lists: `filter[id][]=1&filter[id][]=2`, or `filter[id]=1&filter[id]=2`.
const OF_LISTS: [&str; 4] = ["fields", "filter", "include", "sort"];

/// What operators of filters may be made of besides names.
const SIGNS: &str = "!#$%&*+-/<=>?@^|~";

/// A name such as `sort`, `page[size]` or `filter[author.name][like]`: a family and its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParameterName {
    text: String,
    /// How much of the text is the name of what the parameter is about, without the brackets that say that it is a list.
    bare: usize,
    family: String,
    members: Vec<String>,
}

impl ParameterName {
    /// Reads a decoded name; `None` if it follows no family's form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let end = text.find('[').unwrap_or(text.len());
        let family = &text[..end];
        let bare = if OF_LISTS.contains(&family) { text.strip_suffix("[]").unwrap_or(text) } else { text };
        let is_operator = |member: &str| family == "filter" && member.chars().all(|letter| SIGNS.contains(letter));
        let members = members(&bare[end..])?;
        let are_named = members.iter().all(|member| is_path(member) || is_operator(member));
        (is_member_name(family) && are_named).then(|| Self {
            text: text.to_owned(),
            bare: bare.len(),
            family: family.to_owned(),
            members,
        })
    }

    /// The whole name.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The name of what it is about, which parameters of one list have in common.
    pub(crate) fn bare(&self) -> &str {
        &self.text[..self.bare]
    }

    /// Whether it says that its value is one of a list.
    pub(crate) fn is_of_list(&self) -> bool {
        self.bare < self.text.len()
    }

    /// Whether several parameters of the name are a list.
    pub(crate) fn may_be_list(&self) -> bool {
        OF_LISTS.contains(&self.family.as_str())
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
        members.push(member.to_owned());
        rest = after;
    }
    Some(members)
}

/// Whether the text is a path of member names, or nothing.
fn is_path(text: &str) -> bool {
    text.is_empty() || text.split('.').all(is_member_name)
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
        assert_eq!(ParameterName::parse("filter[tags][@>]").unwrap().members(), ["tags", "@>"]);
    }

    #[test]
    fn knows_what_a_list_is_about() {
        for (text, bare) in [("include[]", "include"), ("filter[id][]", "filter[id]"), ("page[]", "page[]")] {
            assert_eq!(ParameterName::parse(text).unwrap().bare(), bare);
        }
    }

    #[test]
    fn refuses_names_that_the_standard_forbids() {
        for name in [
            "",
            "filter[_]",
            "filter[",
            "filter]",
            "filter[a]b",
            "filter[a..b]",
            "_a",
            "a b ",
            "[a]",
            "a[b][c",
            "page[>]",
        ] {
            assert_eq!(ParameterName::parse(name), None, "{name}");
        }
    }
}
