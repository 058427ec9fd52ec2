//! The key `count(...)`: if a collection tells how many resources there are.

use syn::Result;

use super::entry::Entry;
use super::word::Words;

/// The choices of `count(...)` for `meta.total`.
#[derive(Clone, Copy)]
pub enum Count {
    /// Every page tells the total.
    Exact,
    /// No page tells the total, and none is counted.
    None,
}

/// How each is written in the attribute.
const COUNTS: Words<Count> = Words { kind: "count", valid: &[("exact", Count::Exact), ("none", Count::None)] };

impl Count {
    /// Reads `count(none)`: one word.
    pub fn read(entry: &Entry) -> Result<Self> {
        match entry.words()?.as_slice() {
            [word] => COUNTS.read(&word.to_string(), word),
            _ => Err(entry.expected("one word, `exact` or `none`")),
        }
    }
}
