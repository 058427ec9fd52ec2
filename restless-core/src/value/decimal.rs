//! Decimal numbers as text.

/// The numbers of digits that a decimal has before its point and behind it once it is written without an exponent. What
/// is no decimal is measured all the same; the parser of its type refuses it.
pub(super) fn size(text: &str) -> [u64; 2] {
    let (mantissa, exponent) = text.rsplit_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() as i128;
    let exponent = power(exponent);
    let before = digits(whole).saturating_add(exponent);
    let behind = digits(fraction).saturating_sub(exponent);
    [before, behind].map(|count| u64::try_from(count.max(0)).unwrap_or(u64::MAX))
}

/// An exponent, however great it is.
fn power(text: &str) -> i128 {
    let is_number = text.bytes().any(|byte| byte.is_ascii_digit());
    match text.parse::<i64>() {
        Ok(exponent) => exponent.into(),
        Err(_) if is_number && text.starts_with('-') => i64::MIN.into(),
        Err(_) if is_number => i64::MAX.into(),
        Err(_) => 0,
    }
}

/// Writes the JSON string from `start` on without an exponent.
pub(super) fn rewrite_plainly(out: &mut Vec<u8>, start: usize) {
    let text = std::str::from_utf8(&out[start..]).unwrap_or_default().trim_matches('"');
    if let Some(text) = plain(text) {
        out.truncate(start);
        out.extend_from_slice(format!("\"{text}\"").as_bytes());
    }
}

fn plain(text: &str) -> Option<String> {
    const MOST: i32 = 200_000;
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent = exponent.parse::<i32>().ok().filter(|exponent| exponent.abs() < MOST)?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let place = i32::try_from(whole.len()).ok()? + exponent;
    let plain = match usize::try_from(place) {
        Ok(place) if place >= digits.len() => format!("{digits:0<place$}"),
        Ok(0) => format!("0.{digits}"),
        Ok(place) => format!("{}.{}", &digits[..place], &digits[place..]),
        Err(_) => format!("0.{}{digits}", "0".repeat(place.unsigned_abs() as usize)),
    };
    Some(format!("{sign}{plain}"))
}

/// A database without decimals keeps doubles: the shortest decimal that means the same double is what was meant.
pub(super) fn shorten(out: &mut Vec<u8>, start: usize) {
    let text = std::str::from_utf8(&out[start..]).unwrap_or_default();
    let number = text.trim_matches('"').parse::<f64>();
    if let Ok(number) = number.map(|number| format!("\"{number}\"")) {
        out.truncate(start);
        out.extend_from_slice(number.as_bytes());
    }
}

/// Whether a database that keeps doubles gives another number back than a decimal.
pub(super) fn is_rounded(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|number| digits(&number.to_string()) != digits(text))
}

/// The sign of a decimal, its digits without zeros at either end, and where its point stands before or behind them.
fn digits(text: &str) -> (bool, String, i128) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let is_negative = mantissa.starts_with('-');
    let (whole, fraction) = mantissa.trim_start_matches(['-', '+']).split_once('.').unwrap_or((mantissa, ""));
    let whole = whole.trim_start_matches(['-', '+']);
    let all = format!("{whole}{fraction}");
    let found = all.trim_start_matches('0');
    let place = whole.len() as i128 - (all.len() - found.len()) as i128 + power(exponent);
    match found.trim_end_matches('0') {
        "" => (false, String::new(), 0),
        found => (is_negative, found.to_owned(), place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_digits_that_it_would_have_without_an_exponent() {
        let cases = [
            ("0", [1, 0]),
            ("-12.50", [2, 2]),
            ("1e3", [4, 0]),
            ("1.25E+1", [2, 1]),
            ("1e-3", [0, 3]),
            ("1e1000000000", [1_000_000_001, 0]),
            ("1e-1000000000", [0, 1_000_000_000]),
            ("0e99999999999999999999", [i64::MAX as u64 + 1, 0]),
            ("hello", [0, 0]),
        ];
        for (text, expected) in cases {
            assert_eq!(size(text), expected, "{text}");
        }
    }

    #[test]
    fn is_kept_by_doubles_up_to_some_digit() {
        for text in ["0", "-0.0", "0.1", "1.10", "-12.50", "1e3", "+5", "123456789.012345", "1e300", "0.000001", ".5"] {
            assert!(!is_rounded(text), "{text}");
        }
        for text in ["12345678901234.5678", "9007199254740993", "0.10000000000000000001", "1e-400", "1e400"] {
            assert!(is_rounded(text), "{text}");
        }
    }

    #[test]
    fn is_written_without_an_exponent() {
        let cases = [
            ("1E-7", "0.0000001"),
            ("-1.25E-10", "-0.000000000125"),
            ("1E+3", "1000"),
            ("1.5e3", "1500"),
            ("12.345e1", "123.45"),
            ("1.5e-1", "0.15"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(plain("12.5"), None);
    }
}
