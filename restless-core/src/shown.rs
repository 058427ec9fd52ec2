//! What a message repeats of a client's text.

use std::borrow::Cow;
use std::fmt;

/// The greatest number of characters of a client's text that a message repeats.
const MOST: usize = 100;

/// A client's text as a message repeats it: in quotes, and no more than its first 100 characters.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&shortened(self.0), formatter)
    }
}

/// The beginning of a client's text, as much of it as a message repeats.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    cut(text, MOST)
}

/// The beginning of a text, that many characters.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match end(text, most) {
        Some(end) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Whether a text is short enough to be told whole.
pub(crate) fn is_short(text: &str) -> bool {
    end(text, MOST).is_none()
}

/// Where a text that is too long is cut.
fn end(text: &str, most: usize) -> Option<usize> {
    // A text has no more characters than bytes.
    if text.len() <= most { None } else { text.char_indices().nth(most).map(|(end, _)| end) }
}

/// A JSON Pointer without the names that are too long to be told, and what lies below them: it leads to the nearest value
/// around them.
pub(crate) fn short_pointer(mut pointer: String) -> String {
    let mut start = 0;
    for segment in pointer.split('/') {
        if !is_short(segment) {
            pointer.truncate(start.max(1) - 1);
            return pointer;
        }
        start += segment.len() + 1;
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_characters() {
        assert_eq!(Shown("a\"b").to_string(), "\"a\\\"b\"");
        assert_eq!(shortened(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(shortened(&"é".repeat(101)), format!("{}…", "é".repeat(100)));
    }

    #[test]
    fn leads_to_what_is_around_a_long_name() {
        let long = "x".repeat(101);
        assert_eq!(short_pointer("/data/attributes/age".to_owned()), "/data/attributes/age");
        assert_eq!(short_pointer(format!("/data/attributes/{long}/0")), "/data/attributes");
        assert_eq!(short_pointer(format!("/{long}")), "");
        assert_eq!(short_pointer(String::new()), "");
    }
}
