//! Decimal numbers.

use serde_json::json;

use super::{amount, create, matching, refuses, server, shows};

#[test]
fn are_strings() {
    let server = server();
    for text in ["12.5", "-0.25", "0", "1000000"] {
        shows(&server, "amount", &json!(text).to_string(), &amount(text));
    }
}

#[test]
fn keep_their_decimal_digits() {
    let server = server();
    for text in ["0.1", "19.99", "-123456.789"] {
        shows(&server, "amount", &json!(text).to_string(), &amount(text));
    }
}

#[test]
fn may_be_sent_as_numbers() {
    let server = server();
    shows(&server, "amount", "12.5", &amount("12.5"));
    shows(&server, "amount", "-7", &amount("-7"));
}

#[test]
fn are_refused_when_they_are_something_else() {
    let server = server();
    for json in ["\"abc\"", "\"\"", "\"NaN\"", "\"1,5\"", "\"1/2\""] {
        let words = format!("expected a decimal number such as \"12.50\", found {json}");
        refuses(&server, "amount", json, &words);
    }
}

#[test]
fn are_refused_when_they_are_truth_values() {
    let words = "expected a decimal number such as \"12.50\", found true";
    refuses(&server(), "amount", "true", words);
}

#[test]
fn are_filtered() {
    let server = server();
    create(&server, "amount", "\"12.5\"");
    create(&server, "amount", "\"3\"");
    for (value, ids) in [("12.5", "1"), ("12.50", "1"), ("3,12.5", "1 2"), ("4", "")] {
        assert_eq!(matching(&server, &format!("filter[amount]={value}")), ids, "{value}");
    }
}
