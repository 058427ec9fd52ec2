//! `LIKE` for texts with the character U+0000, at which SQLite's own takes texts and patterns to end.

/// Whether a text is like a pattern: `_` stands for a letter, `%` for any number of them, and the case of ASCII letters does
/// not matter.
pub(super) fn is_like(text: &str, pattern: &str, escape: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern = parts(pattern, escape.chars().next());
    let (mut at, mut place) = (0, 0);
    // Where the last `%` stands, and what of the text it may take next.
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(place) {
            Some(Part::Any) => {
                retry = Some((place, at));
                place += 1;
            }
            Some(part) if part.is(text[at]) => (at, place) = (at + 1, place + 1),
            _ => match &mut retry {
                None => return false,
                Some((start, taken)) => {
                    *taken += 1;
                    (at, place) = (*taken, *start + 1);
                }
            },
        }
    }
    pattern[place..].iter().all(|part| *part == Part::Any)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Any,
    One,
    Letter(char),
}

impl Part {
    fn is(self, letter: char) -> bool {
        match self {
            Part::Any => false,
            Part::One => true,
            Part::Letter(wanted) => wanted.eq_ignore_ascii_case(&letter),
        }
    }
}

fn parts(pattern: &str, escape: Option<char>) -> Vec<Part> {
    let mut letters = pattern.chars();
    let mut parts = Vec::with_capacity(pattern.len());
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            letter if Some(letter) == escape => Part::Letter(letters.next().unwrap_or(letter)),
            '%' => Part::Any,
            '_' => Part::One,
            letter => Part::Letter(letter),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_like_its_patterns() {
        let cases = [
            ("a\0b", "%b", true),
            ("a\0b", "a", false),
            ("a\0b", "A_B", true),
            ("a\0b", "%\0%", true),
            ("ab", "%\0%", false),
            ("abcbc", "%bc", true),
            ("abcbd", "%bc", false),
            ("50%", "50!%", true),
            ("505", "50!%", false),
            ("", "%", true),
            ("", "_", false),
            ("x", "", false),
            ("mississippi", "m%iss%pi", true),
        ];
        for (text, pattern, expected) in cases {
            assert_eq!(is_like(text, pattern, "!"), expected, "{text:?} {pattern:?}");
        }
    }
}
