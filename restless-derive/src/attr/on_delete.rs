//! The key `on_delete`: the fate of the rows at the other end of a relation when a resource is deleted.

use syn::Result;

use super::entry::Entry;
use super::word::Words;

/// The choices of `on_delete = "..."`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// They are deleted too.
    Cascade,
    /// Their foreign key becomes null.
    SetNull,
    /// While there are any, the deletion is refused.
    Restrict,
}

/// How each is written in the attribute.
const WORDS: Words<OnDelete> = Words {
    kind: "action",
    valid: &[("cascade", OnDelete::Cascade), ("set_null", OnDelete::SetNull), ("restrict", OnDelete::Restrict)],
};

impl OnDelete {
    /// Reads `on_delete = "cascade"`.
    pub fn read(entry: &Entry) -> Result<Self> {
        let text = entry.text()?;
        WORDS.read(&text.value(), &text)
    }

    /// Its name as a variant of the core's `OnDelete`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cascade => "Cascade",
            Self::SetNull => "SetNull",
            Self::Restrict => "Restrict",
        }
    }
}
