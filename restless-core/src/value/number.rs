//! Numbers that a database has computed, as JSON.

use super::decimal;

/// Appends the text of a whole number of any size.
pub(crate) fn write_digits(digits: Option<&str>, out: &mut Vec<u8>) {
    let is_number = |text: &&str| serde_json::from_str::<serde_json::Number>(text).is_ok();
    let text = digits.filter(is_number).unwrap_or("null");
    out.extend_from_slice(text.as_bytes());
}

/// Appends a floating point number; what JSON cannot write is null.
pub(crate) fn write_double(number: Option<f64>, out: &mut Vec<u8>) {
    let number = number.map_or(serde_json::Value::Null, serde_json::Value::from);
    out.extend_from_slice(number.to_string().as_bytes());
}

/// Appends a decimal number as a string, without an exponent.
pub(crate) fn write_decimal(text: Option<&str>, out: &mut Vec<u8>) {
    let Some(text) = text else {
        return out.extend_from_slice(b"null");
    };
    let start = out.len();
    out.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
    decimal::rewrite_plainly(out, start);
}

/// The text of a decimal number without the zeros that a division has left at its end.
pub(crate) fn trimmed(text: &str) -> &str {
    if text.contains('.') && !text.contains(['e', 'E']) {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn are_written_to_the_last_digit() {
        let digits = "170141183460469231731687303715884105727";
        assert_eq!(written(|out| write_digits(Some(digits), out)), digits);
        assert_eq!(written(|out| write_digits(Some("Inf"), out)), "null");
        assert_eq!(written(|out| write_double(Some(0.1), out)), "0.1");
        assert_eq!(written(|out| write_double(Some(f64::NAN), out)), "null");
        assert_eq!(written(|out| write_decimal(Some("1.5e3"), out)), "\"1500\"");
        assert_eq!(written(|out| write_decimal(None, out)), "null");
    }

    #[test]
    fn lose_only_zeros_behind_the_point() {
        for (text, expected) in
            [("16.2000", "16.2"), ("16.000", "16"), ("100", "100"), ("0.0", "0"), ("1.0e10", "1.0e10")]
        {
            assert_eq!(trimmed(text), expected);
        }
    }
}
