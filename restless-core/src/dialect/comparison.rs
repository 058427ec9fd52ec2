//! Operators that stand between a column and a value.

use super::Dialect;

/// How a column is compared with a value or with another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// `LIKE`, as the database understands it.
    Like,
    /// The same, whatever the case of letters.
    ILike,
    /// `LIKE` with a pattern of our own, in which `!` takes its meaning from a wildcard.
    LikeLiterally,
    /// The same with a pattern that is a beginning without the character U+0000: what stands behind it does not matter.
    BeginsLiterally,
    /// The network lies within the other (PostgreSQL).
    Within,
    /// The same, or is the other.
    WithinOrEqual,
    /// The network has the other within it.
    Encloses,
    /// The same, or is the other.
    EnclosesOrEqual,
    /// The networks or arrays have something in common.
    Overlaps,
    /// The array or document has everything that the other has.
    Contains,
    /// The other has everything that the array or document has.
    ContainedBy,
    /// Full text: the words and their operators.
    TextQuery,
    /// Full text: all of the words.
    PlainTextQuery,
}

impl Comparison {
    /// Whether the value is a pattern that the whole text is compared with.
    pub(crate) const fn is_of_whole_text(self) -> bool {
        matches!(self, Comparison::Like | Comparison::ILike | Comparison::LikeLiterally)
    }

    /// Whether the value has a form of its own, which only the database knows in full.
    pub(crate) const fn is_fallible(self) -> bool {
        self.is_of_whole_text() || matches!(self, Comparison::BeginsLiterally | Comparison::TextQuery)
    }

    /// What stands before the column, between it and the value, and behind the value.
    pub(crate) const fn sql<DB: Dialect>(self) -> [&'static str; 3] {
        let between = match self {
            Comparison::Equal => " = ",
            Comparison::NotEqual => " <> ",
            Comparison::Less => " < ",
            Comparison::LessOrEqual => " <= ",
            Comparison::Greater => " > ",
            Comparison::GreaterOrEqual => " >= ",
            Comparison::Like => return ["", " LIKE ", DB::LIKE_ESCAPE],
            Comparison::ILike => return DB::ILIKE,
            Comparison::LikeLiterally | Comparison::BeginsLiterally => return ["", " LIKE ", " ESCAPE '!'"],
            Comparison::Within => " << ",
            Comparison::WithinOrEqual => " <<= ",
            Comparison::Encloses => " >> ",
            Comparison::EnclosesOrEqual => " >>= ",
            Comparison::Overlaps => " && ",
            Comparison::Contains => " @> ",
            Comparison::ContainedBy => " <@ ",
            Comparison::TextQuery => return ["", " @@ to_tsquery(", ")"],
            Comparison::PlainTextQuery => return ["", " @@ plainto_tsquery(", ")"],
        };
        ["", between, ""]
    }
}
