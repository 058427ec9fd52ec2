//! The prefix under which a resource is mounted.

use syn::LitStr;

use crate::context::{Context, refusal_with_help};
use crate::model::Model;

/// The characters that a path may hold beside letters and digits: the unreserved marks, the delimiters of a segment, and `/`.
/// [RFC 3986, section 3.3](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)
const MARKS: &str = "-._~!$&'()*+,;=:@/";

/// Refuses a prefix that is not the path of a URL.
pub fn check(model: &Model, context: &Context) {
    let Some(given) = &model.keys.prefix else {
        return;
    };
    let prefix = given.value.value();
    if prefix.is_empty() {
        return;
    }
    if !prefix.starts_with('/') {
        refuse(context, &given.value, "does not begin with `/`");
    }
    if prefix.ends_with('/') {
        refuse(context, &given.value, "ends with `/`");
    }
    if let Some(character) = illegal(&prefix) {
        refuse(
            context,
            &given.value,
            &format!("contains `{}`, which the path of a URL cannot", character.escape_debug()),
        );
    }
}

/// Refuses the prefix, and shows how it could be written.
fn refuse(context: &Context, prefix: &LitStr, mistake: &str) {
    let text = prefix.value();
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let legal: String = path.chars().filter(|character| is_legal(*character)).collect();
    let segments: Vec<_> = legal.split('/').filter(|segment| !segment.is_empty()).collect();
    let help = match segments.as_slice() {
        [] => r#"`prefix = ""`"#.to_owned(),
        segments => format!(r#"`prefix = "/{}"`"#, segments.join("/")),
    };
    context.refuse(refusal_with_help(prefix, format_args!("the prefix {text:?} {mistake}"), help));
}

/// The first character that cannot stand in the path of a URL; a `%` can, before two hexadecimal digits.
fn illegal(prefix: &str) -> Option<char> {
    let escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    let mut characters = prefix.char_indices();
    let found = characters.find(|(at, character)| match character {
        '%' => !escape(&prefix[at + 1..]),
        character => !is_legal(*character),
    });
    found.map(|(_, character)| character)
}

/// Returns true if the character can stand in the path of a URL as it is.
fn is_legal(character: char) -> bool {
    character.is_ascii_alphanumeric() || MARKS.contains(character)
}

#[cfg(test)]
mod tests {
    use super::illegal;

    #[test]
    fn accepts_what_a_url_path_can_hold() {
        assert_eq!(illegal("/api/v2.1/~ann/a%20b"), None);
    }

    #[test]
    fn finds_what_a_url_path_cannot_hold() {
        assert_eq!(illegal("/{tenant}"), Some('{'));
        assert_eq!(illegal("/a?b"), Some('?'));
        assert_eq!(illegal("/a#b"), Some('#'));
        assert_eq!(illegal("/100%"), Some('%'));
        assert_eq!(illegal("/größe"), Some('ö'));
    }
}
