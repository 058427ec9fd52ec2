//! Integers and truth values.

use super::{create, keeps, matching, refuses, server};

/// Names, and the ends of their ranges.
const RANGES: [(&str, &str, &str); 3] = [
    ("small", "-32768", "32767"),
    ("medium", "-2147483648", "2147483647"),
    ("large", "-9223372036854775808", "9223372036854775807"),
];

#[test]
fn are_numbers_up_to_both_ends() {
    let server = server();
    for (name, least, greatest) in RANGES {
        for number in [least, "-1", "0", "1", greatest] {
            keeps(&server, name, number);
            assert_eq!(server.line(&format!("SELECT {name} AS value FROM sample ORDER BY id DESC LIMIT 1")), number);
        }
    }
}

#[test]
fn are_written_out_in_full() {
    let server = server();
    let answer = create(&server, "large", "9007199254740993");
    assert!(answer.body.contains("\"large\":9007199254740993"), "{}", answer.body);
}

#[test]
fn are_refused_one_beyond_the_ends() {
    let server = server();
    let beyond = [
        ("small", "-32769", "32768"),
        ("medium", "-2147483649", "2147483648"),
        ("large", "-9223372036854775809", "9223372036854775808"),
        ("large", "-18446744073709551617", "18446744073709551616"),
        ("small", "-9223372036854775809", "18446744073709551615"),
    ];
    for (name, below, above) in beyond {
        let (_, least, greatest) = RANGES.iter().find(|range| range.0 == name).expect("a range");
        for number in [below, above] {
            refuses(
                &server,
                name,
                number,
                &format!("expected an integer between {least} and {greatest}, found {number}"),
            );
        }
    }
}

#[test]
fn are_refused_when_they_are_something_else() {
    let server = server();
    let cases = [
        ("\"abc\"", "\"abc\""),
        ("\"5\"", "\"5\""),
        ("\"\"", "\"\""),
        ("1.5", "1.5"),
        ("1.0", "1.0"),
        ("1e2", "1e2"),
        ("true", "true"),
    ];
    for (name, ..) in RANGES {
        for (json, found) in cases {
            refuses(&server, name, json, &format!("expected an integer, found {found}"));
        }
    }
}

#[test]
fn that_are_long_are_not_repeated_in_full() {
    let found = format!("\"{}", "x".repeat(59));
    let json = format!("\"{}\"", "x".repeat(5000));
    refuses(&server(), "medium", &json, &format!("expected an integer, found {found}…"));
}

#[test]
fn are_filtered_up_to_both_ends() {
    let server = server();
    for (name, least, greatest) in RANGES {
        create(&server, name, least);
        create(&server, name, greatest);
    }
    for (at, (name, least, greatest)) in RANGES.iter().enumerate() {
        let (low, high) = (2 * at + 1, 2 * at + 2);
        assert_eq!(matching(&server, &format!("filter[{name}]={least}")), low.to_string());
        assert_eq!(matching(&server, &format!("filter[{name}]={least},{greatest}")), format!("{low} {high}"));
    }
}

#[test]
fn truth_values_are_true_and_false() {
    let server = server();
    keeps(&server, "flag", "true");
    keeps(&server, "flag", "false");
    for json in ["1", "0", "\"true\"", "\"\"", "1.5"] {
        refuses(&server, "flag", json, &format!("expected true or false, found {json}"));
    }
    for (filter, ids) in [("true", "1"), ("false", "2"), ("1", "1"), ("0", "2"), ("true,false", "1 2")] {
        assert_eq!(matching(&server, &format!("filter[flag]={filter}")), ids, "{filter}");
    }
}
