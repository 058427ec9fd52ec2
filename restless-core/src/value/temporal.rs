//! Dates and times in the forms that clients write them, and the database's own clock.

use std::borrow::Cow;

use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Timelike as _, Utc,
};

use crate::dialect::Kind;

const DATES: [&str; 12] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d-%b-%Y",
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%a %d %b %Y",
    "%A %d %B %Y",
];

const TIMES: [&str; 6] = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M%p", "%I %p"];

/// The canonical text of a date or time that is written in another form; `None` when it is no such thing.
pub(super) fn normalise(kind: Kind, text: &str) -> Option<Cow<'static, str>> {
    let text = plain(text);
    let moment = moment(&text);
    let canonical = match kind {
        Kind::Date => moment?.date()?.format("%Y-%m-%d").to_string(),
        Kind::Time => moment?.time()?.format("%H:%M:%S%.f").to_string(),
        Kind::Timestamp => moment?.in_utc()?.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
        Kind::Timestamptz => moment?.in_utc()?.and_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true),
        _ => return None,
    };
    Some(Cow::Owned(canonical))
}

/// The year that a text says, of a kind that has years; in UTC where an offset is known.
pub(super) fn year(kind: Kind, text: &str) -> Option<i32> {
    let moment = moment(&plain(text))?;
    match kind {
        Kind::Date => moment.date().map(|date| date.year()),
        Kind::Timestamp | Kind::Timestamptz => moment.in_utc().map(|moment| moment.year()),
        _ => None,
    }
}

/// Whether a text names a leap second.
pub(super) fn has_leap_second(text: &str) -> bool {
    const SECOND: u32 = 1_000_000_000;
    let time = moment(&plain(text)).and_then(|moment| moment.time());
    time.is_some_and(|time| time.nanosecond() >= SECOND)
}

/// What a client's text says, as far as it says it.
enum WrittenTime {
    Instant(DateTime<FixedOffset>),
    Local(NaiveDateTime),
    Day(NaiveDate),
    TimeOfDay(NaiveTime),
}

impl WrittenTime {
    fn date(&self) -> Option<NaiveDate> {
        match self {
            WrittenTime::Instant(instant) => Some(instant.date_naive()),
            WrittenTime::Local(local) => Some(local.date()),
            WrittenTime::Day(day) => Some(*day),
            WrittenTime::TimeOfDay(_) => None,
        }
    }

    fn time(&self) -> Option<NaiveTime> {
        match self {
            WrittenTime::Instant(instant) => Some(instant.time()),
            WrittenTime::Local(local) => Some(local.time()),
            WrittenTime::TimeOfDay(time) => Some(*time),
            WrittenTime::Day(_) => None,
        }
    }

    /// The date and time, in UTC where an offset is known.
    fn in_utc(&self) -> Option<NaiveDateTime> {
        match self {
            WrittenTime::Instant(instant) => Some(instant.naive_utc()),
            WrittenTime::Local(local) => Some(*local),
            WrittenTime::Day(day) => Some(day.and_time(NaiveTime::MIN)),
            WrittenTime::TimeOfDay(_) => None,
        }
    }
}

/// Without what carries no meaning: commas, `2nd`, runs of spaces.
fn plain(text: &str) -> String {
    let words = text.split([' ', ',', '\t']).filter(|word| !word.is_empty());
    words.map(cardinal).collect::<Vec<_>>().join(" ")
}

fn cardinal(word: &str) -> &str {
    let suffixes = ["st", "nd", "rd", "th"];
    let number = suffixes.iter().find_map(|suffix| word.strip_suffix(suffix));
    match number {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => digits,
        _ => word,
    }
}

fn moment(text: &str) -> Option<WrittenTime> {
    if let Some(moment) = canonical(text) {
        return Some(moment);
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)) {
        return Some(WrittenTime::Instant(instant));
    }
    let formats =
        ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z", "%Y-%m-%dT%H:%M%#z"];
    let with_offset = formats.iter().find_map(|format| DateTime::parse_from_str(text, format).ok());
    with_offset.map(WrittenTime::Instant).or_else(|| without_offset(text))
}

/// The forms that nearly every client writes, `2024-02-29` and `2024-02-29T13:37:00`: to try all others before them would
/// take longer than everything else that is done with a value.
fn canonical(text: &str) -> Option<WrittenTime> {
    match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => text.parse().ok().map(WrittenTime::Day),
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T', ..] => text.parse().ok().map(WrittenTime::Local),
        _ => None,
    }
}

fn without_offset(text: &str) -> Option<WrittenTime> {
    if let Some(day) = day(text) {
        return Some(WrittenTime::Day(day));
    }
    if let Some(time) = time_of_day(text) {
        return Some(WrittenTime::TimeOfDay(time));
    }
    let mut splits = text.match_indices(['T', ' ']);
    let local = splits.find_map(|(at, _)| local(&text[..at], &text[at + 1..]));
    local.map(WrittenTime::Local)
}

fn local(date: &str, time: &str) -> Option<NaiveDateTime> {
    Some(day(date)?.and_time(time_of_day(time)?))
}

fn day(text: &str) -> Option<NaiveDate> {
    DATES.iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok())
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    if let Ok(whole) = NaiveTime::parse_from_str(text, "%H:%M:%S%.f") {
        return Some(whole);
    }
    TIMES.iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// Turns the JSON string from `start` on into UTC, if it is an instant in another zone.
pub(super) fn rewrite_in_utc(out: &mut Vec<u8>, start: usize) {
    let text = std::str::from_utf8(&out[start..]).unwrap_or_default().trim_matches('"');
    if text.ends_with('Z') {
        return;
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        let utc = instant.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::AutoSi, true);
        out.truncate(start);
        out.push(b'"');
        out.extend_from_slice(utc.as_bytes());
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_flask_restless_reads() {
        let cases = [
            (Kind::Date, "1999-12-31", "1999-12-31"),
            (Kind::Date, "2nd Jan 1900 14:35", "1900-01-02"),
            (Kind::Date, "Jan 2, 1900", "1900-01-02"),
            (Kind::Date, "2012-03-04T05:06:07", "2012-03-04"),
            (Kind::Time, "13:37", "13:37:00"),
            (Kind::Time, "1:37 pm", "13:37:00"),
            (Kind::Timestamp, "2nd Jan 1900 14:35", "1900-01-02T14:35:00"),
            (Kind::Timestamp, "2012-03-04 05:06:07.25", "2012-03-04T05:06:07.250"),
            (Kind::Timestamp, "2012-03-04", "2012-03-04T00:00:00"),
            (Kind::Timestamp, "2012-03-04T05:06:07+02:00", "2012-03-04T03:06:07"),
            (Kind::Timestamptz, "2012-03-04T05:06:07+02:00", "2012-03-04T03:06:07Z"),
            (Kind::Timestamptz, "2012-03-04 05:06:07", "2012-03-04T05:06:07Z"),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(normalise(kind, text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "abc", "2023-02-29", "32 Jan 2020", "25:00", "2024", "-", "T", "ééé 12:00"] {
            assert_eq!(normalise(Kind::Timestamp, text), None, "{text}");
        }
    }
}
