//! The operators of filters, by all the names that clients know them by.

use crate::dialect::{Comparison, Kind};

/// What a filter does with an attribute or a relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Operator {
    /// Between the attribute and one value, or another attribute.
    Compare(Comparison),
    /// The opposite of the same.
    CompareNot(Comparison),
    /// One of several values.
    In,
    NotIn,
    /// From the first of two values to the second.
    Between,
    IsNull,
    IsNotNull,
    /// The text has the value as a part of it.
    Contains,
    StartsWith,
    EndsWith,
    /// A to-one relationship leads to such a resource.
    Has,
    /// One of the resources of a to-many relationship is such a one.
    Any,
    /// One that the application made, or that nobody knows.
    Named(String),
}

impl Operator {
    /// The operator of a name. All spellings of Flask-Restless are known.
    pub(crate) fn named(name: &str) -> Self {
        use Comparison as By;
        let comparison = match name {
            "==" | "eq" | "equals" | "equals_to" | "equal_to" => By::Equal,
            "!=" | "<>" | "ne" | "neq" | "not_equal_to" | "does_not_equal" => By::NotEqual,
            ">" | "gt" => By::Greater,
            "<" | "lt" => By::Less,
            ">=" | "ge" | "gte" | "geq" => By::GreaterOrEqual,
            "<=" | "le" | "lte" | "leq" => By::LessOrEqual,
            "like" => By::Like,
            "ilike" => By::ILike,
            "<<" => By::Within,
            "<<=" => By::WithinOrEqual,
            ">>" => By::Encloses,
            ">>=" => By::EnclosesOrEqual,
            "&&" => By::Overlaps,
            "@>" => By::Contains,
            "<@" => By::ContainedBy,
            "to_tsquery" => By::TextQuery,
            "plainto_tsquery" => By::PlainTextQuery,
            _ => return Self::other(name),
        };
        Operator::Compare(comparison)
    }

    fn other(name: &str) -> Self {
        match name {
            "not_like" => Operator::CompareNot(Comparison::Like),
            "not_ilike" => Operator::CompareNot(Comparison::ILike),
            "!@>" => Operator::CompareNot(Comparison::Contains),
            "!<@" => Operator::CompareNot(Comparison::ContainedBy),
            "in" => Operator::In,
            "not_in" => Operator::NotIn,
            "between" => Operator::Between,
            "is_null" => Operator::IsNull,
            "is_not_null" => Operator::IsNotNull,
            "contains" => Operator::Contains,
            "starts_with" => Operator::StartsWith,
            "ends_with" => Operator::EndsWith,
            "has" => Operator::Has,
            "any" => Operator::Any,
            _ => Operator::Named(name.to_owned()),
        }
    }

    /// Whether it takes a value.
    pub(crate) const fn is_unary(&self) -> bool {
        matches!(self, Operator::IsNull | Operator::IsNotNull)
    }

    /// Whether the whole text is searched for the value, which takes as many steps as both have letters, multiplied.
    pub(crate) fn is_searched(&self) -> bool {
        match self {
            Operator::Compare(comparison) | Operator::CompareNot(comparison) => comparison.is_of_whole_text(),
            Operator::Contains | Operator::EndsWith => true,
            _ => false,
        }
    }

    /// Whether attributes of the kind can be filtered by it.
    pub(crate) fn suits(&self, kind: Kind) -> bool {
        match self {
            Operator::Compare(comparison) | Operator::CompareNot(comparison) => suits(*comparison, kind),
            Operator::In | Operator::NotIn => suits(Comparison::Equal, kind) && !matches!(kind, Kind::Array(_)),
            Operator::Between => suits(Comparison::Less, kind),
            Operator::IsNull | Operator::IsNotNull => true,
            Operator::Contains | Operator::StartsWith | Operator::EndsWith => kind == Kind::Text,
            Operator::Has | Operator::Any => false,
            Operator::Named(_) => true,
        }
    }
}

fn suits(comparison: Comparison, kind: Kind) -> bool {
    let is_network = matches!(kind, Kind::Inet | Kind::Cidr);
    let is_array = matches!(kind, Kind::Array(element) if element.is_ordered());
    match comparison {
        Comparison::Equal | Comparison::NotEqual => kind.is_ordered(),
        Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
            kind.is_ordered() && kind != Kind::Boolean
        }
        Comparison::Like | Comparison::ILike | Comparison::LikeLiterally | Comparison::BeginsLiterally => {
            kind == Kind::Text
        }
        Comparison::Within | Comparison::WithinOrEqual | Comparison::Encloses | Comparison::EnclosesOrEqual => {
            is_network
        }
        Comparison::Overlaps => is_network || is_array,
        Comparison::Contains | Comparison::ContainedBy => is_array || kind == Kind::Json,
        Comparison::TextQuery | Comparison::PlainTextQuery => kind == Kind::Text,
    }
}

/// Whether the operator is one that not every database has.
pub(crate) const fn is_containment(operator: &Operator) -> bool {
    let (Operator::Compare(comparison) | Operator::CompareNot(comparison)) = operator else {
        return false;
    };
    matches!(
        comparison,
        Comparison::Within
            | Comparison::WithinOrEqual
            | Comparison::Encloses
            | Comparison::EnclosesOrEqual
            | Comparison::Overlaps
            | Comparison::Contains
            | Comparison::ContainedBy
            | Comparison::TextQuery
            | Comparison::PlainTextQuery
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_spelling() {
        let spellings = [
            ("== eq equals equals_to equal_to", Operator::Compare(Comparison::Equal)),
            ("!= <> ne neq not_equal_to does_not_equal", Operator::Compare(Comparison::NotEqual)),
            ("> gt", Operator::Compare(Comparison::Greater)),
            ("< lt", Operator::Compare(Comparison::Less)),
            (">= ge gte geq", Operator::Compare(Comparison::GreaterOrEqual)),
            ("<= le lte leq", Operator::Compare(Comparison::LessOrEqual)),
        ];
        for (names, operator) in spellings {
            for name in names.split(' ') {
                assert_eq!(Operator::named(name), operator, "{name}");
            }
        }
    }
}
