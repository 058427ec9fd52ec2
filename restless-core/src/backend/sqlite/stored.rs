//! What SQLite keeps in a column, whatever type the column has by its name.

use std::ops::RangeInclusive;

use diesel::backend::Backend;
use diesel::sqlite::{Sqlite, SqliteType};

use crate::dialect::Kind;

type Raw<'a> = <Sqlite as Backend>::RawValue<'a>;

/// Whether it is a whole number of the range.
pub(super) fn is_within(raw: &mut Raw<'_>, range: &RangeInclusive<i64>) -> bool {
    match raw.value_type() {
        Some(SqliteType::Long | SqliteType::Integer | SqliteType::SmallInt) => range.contains(&raw.read_long()),
        Some(SqliteType::Double | SqliteType::Float) => contains(range, &raw.read_double().to_string()),
        Some(SqliteType::Text) => contains(range, raw.read_text()),
        _ => false,
    }
}

fn contains(range: &RangeInclusive<i64>, text: &str) -> bool {
    text.parse().is_ok_and(|number| range.contains(&number))
}

/// Whether it is a number that a column of the kind holds.
pub(super) fn is_number(raw: &mut Raw<'_>, kind: Kind) -> bool {
    match raw.value_type() {
        Some(SqliteType::Binary) | None => false,
        Some(SqliteType::Text) => raw.read_text().parse::<f64>().is_ok(),
        _ => kind != Kind::Float || is_single(raw.read_double()),
    }
}

/// Whether four bytes hold the number, rounded.
fn is_single(number: f64) -> bool {
    !number.is_finite() || number.abs() <= f64::from(f32::MAX)
}
