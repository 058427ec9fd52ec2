//! Days and lengths of time beyond those of chrono, in the forms of ISO 8601.

/// Writes what databases count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar;

impl Calendar {
    /// The day so many days after 1970-01-01; a year of other than four digits has a sign.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub(crate) fn date(days: i64) -> String {
        let [year, month, day] = civil(days);
        match year {
            0..=9999 => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("{year:+05}-{month:02}-{day:02}"),
        }
    }

    /// The time so many microseconds after midnight, with the fraction in groups of three digits.
    #[must_use]
    pub(crate) fn time(microseconds: i64) -> String {
        let (seconds, fraction) = (microseconds.div_euclid(1_000_000), microseconds.rem_euclid(1_000_000));
        let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        match fraction {
            0 => time,
            _ if fraction % 1000 == 0 => format!("{time}.{:03}", fraction / 1000),
            _ => format!("{time}.{fraction:06}"),
        }
    }

    /// A length of time as a JSON number of seconds, months of 30 days.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub(crate) fn seconds(microseconds: i64, days: i32, months: i32) -> String {
        let days = i128::from(months) * 30 + i128::from(days);
        super::interval::text((days * 86_400_000_000 + i128::from(microseconds)) * 1000)
    }
}

/// The year, month and day so many days after 1970-01-01, in the calendar of today. Years begin in March here, so that a
/// leap day is the last of its year.
#[cfg(feature = "postgres")]
fn civil(days: i64) -> [i64; 3] {
    const DAYS_OF_400_YEARS: i64 = 146_097;
    let days = days + 719_468;
    let era = days.div_euclid(DAYS_OF_400_YEARS);
    let day_of_era = days.rem_euclid(DAYS_OF_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    [year, month, day]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "postgres")]
    #[test]
    fn counts_as_chrono_does() {
        let epoch = chrono::NaiveDate::default();
        for days in (-4_000_000..4_000_000).step_by(997) {
            let date = epoch + chrono::TimeDelta::days(days);
            assert_eq!(Calendar::date(days), date.to_string());
        }
    }

    #[test]
    fn writes_fractions_as_chrono_does() {
        for microseconds in [0, 1, 1000, 86_399_999_999, 250_000] {
            let time = chrono::NaiveTime::MIN + chrono::TimeDelta::microseconds(microseconds);
            assert_eq!(Calendar::time(microseconds), time.to_string());
        }
    }
}
