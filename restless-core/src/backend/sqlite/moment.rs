//! Points in time as texts that can be compared, however another writer has spelt them.

use chrono::{FixedOffset, NaiveDateTime, TimeDelta};

/// A timestamp or a time of day, spelt in the one way in which its text is greater when it is later. What is neither stays
/// as it is. What stands behind the time is of no account, as for Diesel.
pub(super) fn local(text: String) -> String {
    let spelt = Parts::of(&text).map(|parts| parts.to_string());
    spelt.unwrap_or(text)
}

/// The same of an instant, in UTC.
pub(super) fn instant(text: String) -> String {
    let in_utc = Parts::of(&text).and_then(|parts| match parts.offset {
        0 => Some(parts.to_string()),
        minutes => parts.earlier_by(minutes),
    });
    in_utc.unwrap_or(text)
}

/// What a text says.
struct Parts<'a> {
    /// `2024-02-29`, if it is more than a time of day.
    date: Option<&'a str>,
    /// `13:37`
    minute: &'a str,
    /// `00`, if the text has no seconds.
    second: &'a str,
    /// What stands behind the point.
    fraction: &'a str,
    /// How many minutes it is ahead of UTC.
    offset: i64,
}

const NANOSECONDS: usize = 9;

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let is_dated = text.as_bytes().get(4) == Some(&b'-');
        let (date, time) = if is_dated {
            let date = text.get(..10).filter(|date| has_form(date, "0000-00-00"))?;
            (Some(date), text.get(10..)?.strip_prefix([' ', 'T'])?)
        } else {
            (None, text)
        };
        let minute = time.get(..5).filter(|minute| has_form(minute, "00:00"))?;
        let (second, rest) = match time.get(5..8).filter(|second| has_form(second, ":00")) {
            Some(second) => (&second[1..], &time[8..]),
            None => ("00", &time[5..]),
        };
        let digits = rest.strip_prefix('.').unwrap_or_default();
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let rest = if length > 0 { &digits[length..] } else { rest };
        Some(Self { date, minute, second, fraction: &digits[..length], offset: offset(rest)? })
    }

    fn earlier_by(&self, minutes: i64) -> Option<String> {
        let there = NaiveDateTime::parse_from_str(&self.to_string(), "%F %T%.f").ok()?;
        let here = there.checked_sub_signed(TimeDelta::try_minutes(minutes)?)?;
        Some(here.format("%F %T%.9f").to_string())
    }
}

impl std::fmt::Display for Parts<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { date, minute, second, fraction, .. } = self;
        if let Some(date) = date {
            write!(formatter, "{date} ")?;
        }
        let fraction = &fraction[..fraction.len().min(NANOSECONDS)];
        write!(formatter, "{minute}:{second}.{fraction:0<NANOSECONDS$}")
    }
}

/// The minutes of `Z`, `+01:00` or nothing.
fn offset(text: &str) -> Option<i64> {
    match text {
        "" | "Z" => Some(0),
        _ => text.parse::<FixedOffset>().ok().map(|offset| i64::from(offset.local_minus_utc()) / 60),
    }
}

/// Whether a text has digits and other letters where the form has them.
fn has_form(text: &str, form: &str) -> bool {
    text.bytes().zip(form.bytes()).all(|(found, wanted)| match wanted {
        b'0' => found.is_ascii_digit(),
        other => found == other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_spelt_in_one_way() {
        for text in [
            "2024-01-02 10:00:00",
            "2024-01-02 10:00",
            "2024-01-02T10:00:00.000",
            "2024-01-02 10:00:00.000000",
            "2024-01-02T10:00:00Z",
            "2024-01-02 10:00:00.000000000+00:00",
            "2024-01-02 10:00:00+02:00",
        ] {
            assert_eq!(local(text.to_owned()), "2024-01-02 10:00:00.000000000", "{text}");
        }
        for text in ["07:30", "07:30:00", "07:30:00.000000", "07:30Z"] {
            assert_eq!(local(text.to_owned()), "07:30:00.000000000", "{text}");
        }
        assert_eq!(local("2024-01-02 10:00:00.5".to_owned()), "2024-01-02 10:00:00.500000000");
        assert_eq!(local("2024-01-02 10:00:00.1234567891".to_owned()), "2024-01-02 10:00:00.123456789");
    }

    #[test]
    fn of_an_instant_is_in_utc() {
        for text in ["2024-01-01 23:30:00", "2024-01-02T01:30:00.0+02:00", "2024-01-01 18:30-05:00"] {
            assert_eq!(instant(text.to_owned()), "2024-01-01 23:30:00.000000000", "{text}");
        }
    }

    #[test]
    fn that_is_none_stays() {
        for text in ["", "soon", "2460311.9", "2024-01-02", "2024-01-02 1:00", "2024-01-02 10:00 noon", "äöü:ß"] {
            assert_eq!((local(text.to_owned()), instant(text.to_owned())), (text.to_owned(), text.to_owned()));
        }
    }
}
