//! Types of Diesel's that serde does not know.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type whose values go to the wire as those of another, which serde knows.
pub trait OnWire: Sized {
    /// The other type.
    type Form: Serialize + DeserializeOwned;

    /// The value on the wire.
    fn on_wire(&self) -> Self::Form;

    /// The value that came from there.
    fn of_wire(form: Self::Form) -> Self;
}

impl<T: OnWire> OnWire for Option<T> {
    type Form = Option<T::Form>;

    fn on_wire(&self) -> Self::Form {
        self.as_ref().map(T::on_wire)
    }

    fn of_wire(form: Self::Form) -> Self {
        form.map(T::of_wire)
    }
}

impl<T: OnWire> OnWire for Vec<T> {
    type Form = Vec<T::Form>;

    fn on_wire(&self) -> Self::Form {
        self.iter().map(T::on_wire).collect()
    }

    fn of_wire(form: Self::Form) -> Self {
        form.into_iter().map(T::of_wire).collect()
    }
}

/// Seconds and nanoseconds, as chrono has them. A day has 24 hours and a month 30 days, as in PostgreSQL's comparisons; so
/// what is read as a number of seconds is found and sorted by that number. What is written has days, and no months.
#[cfg(feature = "postgres")]
impl OnWire for diesel::pg::data_types::PgInterval {
    type Form = (i64, i32);

    fn on_wire(&self) -> Self::Form {
        let days = i64::from(self.months) * 30 + i64::from(self.days);
        let seconds = days * 86_400 + self.microseconds.div_euclid(1_000_000);
        let nanoseconds = self.microseconds.rem_euclid(1_000_000) * 1000;
        (seconds, i32::try_from(nanoseconds).unwrap_or_default())
    }

    fn of_wire((seconds, nanoseconds): Self::Form) -> Self {
        const DAY: i64 = 86_400;
        let days = i32::try_from(seconds / DAY).unwrap_or_default();
        let microseconds = seconds % DAY * 1_000_000 + i64::from(nanoseconds) / 1000;
        Self::new(microseconds, days, 0)
    }
}
