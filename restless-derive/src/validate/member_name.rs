//! The names that JSON:API allows for members.
//! [JSON:API 1.1, member names](https://jsonapi.org/format/1.1/#document-member-names)

/// The mistake in a name as a member name, as the end of a sentence that begins with the name.
pub fn mistake(name: &str) -> Option<String> {
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().last()) else {
        return Some("is empty".to_owned());
    };
    if let Some(character) = name.chars().find(|character| !is_letter(*character) && !is_separator(*character)) {
        return Some(format!("contains `{}`, which JSON:API forbids", character.escape_debug()));
    }
    if is_separator(first) {
        return Some(format!("begins with `{first}`, which JSON:API allows only inside a name"));
    }
    is_separator(last).then(|| format!("ends with `{last}`, which JSON:API allows only inside a name"))
}

/// A legal name that resembles this one, with single underscores.
pub fn resembling(name: &str) -> String {
    let letters = |part: &&str| !part.is_empty();
    let parts: Vec<_> = name.split(|character| !is_letter(character) && character != '-').filter(letters).collect();
    let resembling = parts.join("_");
    let resembling = resembling.trim_matches('-');
    if resembling.is_empty() { "name".to_owned() } else { resembling.to_owned() }
}

/// Returns true if the character may stand anywhere in a name.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || !character.is_ascii()
}

/// Returns true if the character may stand inside a name, but neither first nor last.
fn is_separator(character: char) -> bool {
    matches!(character, '-' | '_' | ' ')
}

#[cfg(test)]
mod tests {
    use super::{mistake, resembling};

    #[test]
    fn accepts_letters_digits_and_separators_between_them() {
        for name in ["name", "birth-date", "birth_date", "birth date", "größe", "9", "名前"] {
            assert_eq!(mistake(name), None, "{name}");
        }
    }

    #[test]
    fn refuses_separators_at_the_edges() {
        for name in ["_name", "name_", "-name", "name ", "-"] {
            assert!(mistake(name).is_some(), "{name}");
        }
    }

    #[test]
    fn refuses_every_reserved_character() {
        for character in "+,.[]!\"#$%&'()*/:;<=>?@\\^`{|}~\u{7f}\u{0}\t".chars() {
            assert!(mistake(&format!("a{character}b")).is_some(), "{character:?}");
        }
    }

    #[test]
    fn offers_a_legal_name() {
        for name in ["_a.b_", "", "a__b", "--", "a/b c"] {
            assert_eq!(mistake(&resembling(name)), None, "{name}");
        }
        assert_eq!(resembling("_owner__id"), "owner_id");
    }
}
