//! Lengths of time, numbers of seconds on the wire.
//!
//! chrono's serde form of one is a pair of whole seconds and nanoseconds. Columns of the kind are read and written so, and
//! the pair is a number on the wire, to the last digit.

/// The numbers of seconds whose microseconds 64 bits hold, in words.
pub(super) const RANGE: &str = "a number of seconds between -9223372036854.775807 and 9223372036854.775807";

/// The seconds and nanoseconds that a JSON number of seconds stands for, rounded to microseconds; `None` if it is none,
/// or if 64 bits do not hold its microseconds.
pub(super) fn parse(text: &str) -> Option<[i64; 2]> {
    let microseconds = microseconds(text)?;
    Some([microseconds.div_euclid(1_000_000), microseconds.rem_euclid(1_000_000) * 1000])
}

fn microseconds(text: &str) -> Option<i64> {
    let (sign, number) = text.strip_prefix('-').map_or((1, text), |number| (-1, number));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exponent = exponent.parse::<i32>().ok()?;
    let shift = i64::from(exponent) + 6 - i64::try_from(fraction.len()).ok()?;
    let amount = i64::try_from(shifted(digits.trim_start_matches('0'), shift)?).ok()?;
    Some(sign * amount)
}

/// The digits, moved so many places to the left, and rounded.
fn shifted(digits: &str, shift: i64) -> Option<i128> {
    const MOST: i64 = 20;
    let length = i64::try_from(digits.len()).ok()? + shift;
    if digits.is_empty() || length < 0 {
        return Some(0);
    }
    if length > MOST {
        return None;
    }
    let length = usize::try_from(length).ok()?;
    if length >= digits.len() {
        return format!("{digits:0<length$}").parse().ok();
    }
    let (kept, dropped) = digits.split_at(length);
    let kept: i128 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    Some(kept + i128::from(dropped.as_bytes()[0] >= b'5'))
}

/// So many nanoseconds as a JSON number of seconds.
pub(super) fn text(nanoseconds: i128) -> String {
    const SECOND: u128 = 1_000_000_000;
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let amount = nanoseconds.unsigned_abs();
    let text = format!("{sign}{}.{:09}", amount / SECOND, amount % SECOND);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Turns chrono's pair, from `start` on, into a number.
pub(super) fn rewrite(out: &mut Vec<u8>, start: usize) {
    if let Ok([seconds, nanoseconds]) = serde_json::from_slice::<[i64; 2]>(&out[start..]) {
        let number = text(i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds));
        out.truncate(start);
        out.extend_from_slice(number.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_to_the_last_digit() {
        let cases = [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("90", Some(90_000_000)),
            ("1.5", Some(1_500_000)),
            ("-0.000001", Some(-1)),
            ("0.0000005", Some(1)),
            ("0.00000049", Some(0)),
            ("1e3", Some(1_000_000_000)),
            ("15E-1", Some(1_500_000)),
            ("9223372036854.775807", Some(i64::MAX)),
            ("-9223372036854.775807", Some(-i64::MAX)),
            ("0e999999999", Some(0)),
            ("1e-999999999", Some(0)),
            ("9223372036854.775808", None),
            ("1e999999999", None),
            ("1e99999999999", None),
            ("", None),
            ("-", None),
            ("1.2.3", None),
            ("abc", None),
            ("+1", None),
        ];
        for (text, expected) in cases {
            assert_eq!(microseconds(text), expected, "{text}");
        }
    }

    #[test]
    fn is_written_to_the_last_digit() {
        let cases =
            [(0, "0"), (90_000_000_000, "90"), (-1_500_000_000, "-1.5"), (1000, "0.000001"), (10_000_000_000, "10")];
        for (nanoseconds, expected) in cases {
            assert_eq!(text(nanoseconds), expected);
        }
    }
}
