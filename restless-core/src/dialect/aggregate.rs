//! Aggregate functions, and how their results are read.

use super::Kind;

/// A function of one column over many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// How many rows have a value.
    Count,
    /// The sum of the values.
    Sum,
    /// Their arithmetic mean.
    Avg,
    /// The least of them.
    Min,
    /// The greatest of them.
    Max,
    /// Their standard deviation, as a sample.
    Stddev,
    /// Their variance, as a sample.
    Variance,
}

/// What the result of a function is, and so how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// A number of rows.
    Rows,
    /// A whole number of any size, computed of whole numbers.
    Digits,
    /// A floating point number, computed of whole numbers.
    Mean,
    /// A floating point number, computed of such.
    Double,
    /// A decimal number, computed of such.
    Decimal,
    /// A value as the column itself has them.
    Own,
}

impl Function {
    /// All of them, in the order in which they are told.
    const ALL: [Function; 7] = [
        Function::Count,
        Function::Sum,
        Function::Avg,
        Function::Min,
        Function::Max,
        Function::Stddev,
        Function::Variance,
    ];

    /// The function of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// What clients call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Function::Count => "count",
            Function::Sum => "sum",
            Function::Avg => "avg",
            Function::Min => "min",
            Function::Max => "max",
            Function::Stddev => "stddev",
            Function::Variance => "variance",
        }
    }

    /// What the databases call it.
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Function::Count => "COUNT",
            Function::Sum => "SUM",
            Function::Avg => "AVG",
            Function::Min => "MIN",
            Function::Max => "MAX",
            Function::Stddev => "STDDEV_SAMP",
            Function::Variance => "VAR_SAMP",
        }
    }

    /// Whether it measures how far values are apart, which not every database does.
    #[must_use]
    pub const fn is_spread(self) -> bool {
        matches!(self, Function::Stddev | Function::Variance)
    }

    /// Whether its result may be one that no value of the column is.
    #[must_use]
    pub const fn computes(self) -> bool {
        !matches!(self, Function::Count | Function::Min | Function::Max)
    }

    /// What the function gives of columns of a kind; `None` if it does not suit them.
    #[must_use]
    pub const fn reading(self, kind: Kind) -> Option<Reading> {
        match (self, kind) {
            (Function::Count, _) => Some(Reading::Rows),
            (Function::Min | Function::Max, kind) if has_extremes(kind) => Some(Reading::Own),
            (Function::Min | Function::Max, _) => None,
            (Function::Sum, Kind::Integer) => Some(Reading::Digits),
            (_, Kind::Integer) => Some(Reading::Mean),
            (_, Kind::Float | Kind::Double) => Some(Reading::Double),
            (_, Kind::Numeric) => Some(Reading::Decimal),
            (Function::Sum | Function::Avg, Kind::Interval) => Some(Reading::Own),
            _ => None,
        }
    }
}

/// Whether every database that has columns of the kind tells the least and the greatest of their values.
const fn has_extremes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Integer
            | Kind::Float
            | Kind::Double
            | Kind::Numeric
            | Kind::Text
            | Kind::Date
            | Kind::Time
            | Kind::Timestamp
            | Kind::Timestamptz
            | Kind::Interval
    )
}
