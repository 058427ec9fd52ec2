//! Sums of decimals, which SQLite keeps as doubles: of what they are meant to be, digit by digit.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::sql_types::{Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteAggregateFunction, SqliteType, SqliteValue};

/// A number, if it is one, as the shortest decimal that means it.
#[derive(Debug, FromSqlRow)]
pub(super) struct Number(Option<String>);

impl FromSql<Nullable<Text>, Sqlite> for Number {
    fn from_sql(mut value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(Some(match value.value_type() {
            Some(SqliteType::Long | SqliteType::Integer | SqliteType::SmallInt) => value.read_long().to_string(),
            _ => value.read_double().to_string(),
        })))
    }

    fn from_nullable_sql(value: Option<SqliteValue<'_, '_, '_>>) -> deserialize::Result<Self> {
        value.map_or(Ok(Self(None)), Self::from_sql)
    }
}

/// A sum so far.
#[derive(Debug, Default)]
struct Total {
    count: u64,
    /// The sum without its point, and how many of its digits stand behind that; `None` once it has too many.
    exact: Exact,
    rounded: f64,
}

#[derive(Debug)]
struct Exact(Option<Decimal>);

/// The digits of a decimal without its point, and how many of them stand behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Decimal {
    digits: i128,
    places: u32,
}

impl Default for Exact {
    fn default() -> Self {
        Self(Some(Decimal::default()))
    }
}

impl Total {
    fn add(&mut self, number: &str) {
        self.count += 1;
        self.rounded += number.parse::<f64>().unwrap_or_default();
        self.exact = Exact(self.exact.0.zip(unpointed(number)).and_then(|(sum, number)| sum_of(sum, number)));
    }

    /// The sum as text.
    fn text(&self) -> String {
        match self.exact.0 {
            Some(sum) => pointed(sum),
            None => self.rounded.to_string(),
        }
    }
}

/// The decimal that a text is.
fn unpointed(number: &str) -> Option<Decimal> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some(Decimal { digits, places: u32::try_from(fraction.len()).ok()? })
}

fn sum_of(one: Decimal, other: Decimal) -> Option<Decimal> {
    let places = one.places.max(other.places);
    let raised = |number: Decimal| number.digits.checked_mul(10_i128.checked_pow(places - number.places)?);
    Some(Decimal { digits: raised(one)?.checked_add(raised(other)?)?, places })
}

/// The decimal with its point, without zeros at its end.
fn pointed(Decimal { digits, places }: Decimal) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let places = places as usize;
    let digits = format!("{:0>1$}", digits.unsigned_abs(), places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// The sum of decimals.
#[derive(Debug, Default)]
pub(super) struct Sum(Total);

impl SqliteAggregateFunction<Number> for Sum {
    type Output = Option<String>;

    fn step(&mut self, Number(number): Number) {
        if let Some(number) = number {
            self.0.add(&number);
        }
    }

    fn finalize(sum: Option<Self>) -> Option<String> {
        sum.filter(|sum| sum.0.count > 0).map(|sum| sum.0.text())
    }
}

/// The mean of decimals.
#[derive(Debug, Default)]
pub(super) struct Mean(Total);

impl SqliteAggregateFunction<Number> for Mean {
    type Output = Option<String>;

    fn step(&mut self, Number(number): Number) {
        if let Some(number) = number {
            self.0.add(&number);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "no table has so many rows")]
    fn finalize(mean: Option<Self>) -> Option<String> {
        let Total { count, .. } = mean.as_ref()?.0;
        let sum = mean?.0.text().parse::<f64>().ok()?;
        (count > 0).then(|| (sum / count as f64).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(numbers: &[&str]) -> String {
        let mut total = Total::default();
        for number in numbers {
            total.add(number);
        }
        total.text()
    }

    #[test]
    fn is_exact() {
        let cases: [(&[&str], &str); 7] = [
            (&["0.1", "0.2"], "0.3"),
            (&["100000", "0.29"], "100000.29"),
            (&["-0.05", "0.01"], "-0.04"),
            (&["1.5", "-1.5"], "0"),
            (&["9007199254740993", "0.5"], "9007199254740993.5"),
            (&["12345678901234.5", "12345678901234.25"], "24691357802468.75"),
            (&[], "0"),
        ];
        for (numbers, sum) in cases {
            assert_eq!(total(numbers), sum, "{numbers:?}");
        }
    }

    #[test]
    fn of_too_many_digits_is_rounded() {
        let great = 1e300_f64.to_string();
        assert_eq!(total(&[&great, "0.5"]), great);
    }
}
