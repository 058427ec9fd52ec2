//! The words of `rename_all`, as serde has them.

/// How the names of fields are spelt on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As written, which in Rust is lower case.
    Lower,
    /// `BIRTH_DATE`; serde keeps the underscores.
    Upper,
    /// `BirthDate`.
    Pascal,
    /// `birthDate`.
    Camel,
    /// `birth_date`.
    Snake,
    /// `BIRTH_DATE`.
    ScreamingSnake,
    /// `birth-date`.
    Kebab,
    /// `BIRTH-DATE`.
    ScreamingKebab,
}

impl Case {
    /// Every word that `rename_all` accepts.
    pub const WORDS: &[(&str, Self)] = &[
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    /// A field's name in this case.
    pub fn apply(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(field),
            Self::Camel => camel(field),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

/// Each word capitalised, underscores dropped.
fn pascal(field: &str) -> String {
    field.split('_').map(capitalised).collect()
}

/// As [`pascal`], with a small first letter.
fn camel(field: &str) -> String {
    let mut name = pascal(field);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

/// A word with its first letter made large.
fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::Case;

    fn in_every_case(field: &str) -> Vec<String> {
        Case::WORDS.iter().map(|(_, case)| case.apply(field)).collect()
    }

    #[test]
    fn spells_a_name_as_serde_does() {
        let names = in_every_case("birth_date");
        assert_eq!(
            names,
            [
                "birth_date",
                "BIRTH_DATE",
                "BirthDate",
                "birthDate",
                "birth_date",
                "BIRTH_DATE",
                "birth-date",
                "BIRTH-DATE"
            ]
        );
    }

    #[test]
    fn drops_underscores_at_the_edges_of_camel_case_names() {
        assert_eq!(Case::Camel.apply("_private"), "private");
        assert_eq!(Case::Pascal.apply("type_"), "Type");
    }

    #[test]
    fn leaves_letters_outside_ascii_alone() {
        assert_eq!(Case::Camel.apply("größe_ä"), "größeä");
        assert_eq!(Case::Pascal.apply("ähnlich"), "ähnlich");
    }
}
