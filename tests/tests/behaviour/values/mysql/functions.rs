//! Functions of the types of MySQL and MariaDB.

use serde_json::{Value, json};

use super::super::{evaluate, evaluate_all};
use super::server;

const FIELDS: [&str; 23] = [
    "id",
    "amount",
    "price",
    "json",
    "moment",
    "instant",
    "hour",
    "day",
    "year",
    "wide_year",
    "bytes",
    "tiny",
    "unsigned_tiny",
    "unsigned_small",
    "unsigned",
    "unsigned_large",
    "large",
    "flag",
    "short",
    "text",
    "colour",
    "single",
    "double",
];

fn value(values: &[(String, Value)], name: &str) -> Value {
    let found = values.iter().find(|(found, _)| found == name);
    found.map_or_else(|| json!("refused"), |(_, value)| value.clone())
}

#[test]
fn are_evaluated_or_refused() {
    let Some(server) = server() else { return };
    evaluate_all(&server, &FIELDS);
    server.execute(
        "INSERT INTO sample (price, moment, instant, hour, year, wide_year, tiny, unsigned_tiny, unsigned_small, \"unsigned\",
            unsigned_large, large, short, colour, single, \"double\")
        VALUES (1.10, '2024-02-29 13:37:00.5', '2024-02-29 13:37:00', '13:37:00', 2024, 2000, -128, 255, 65535, 4294967295,
                18446744073709551615, 9223372036854775807, 'b', 'red', 0.25, 1.5),
            (2.30, '2024-03-01 00:00:00', '2024-03-01 00:00:00', '01:00:00', 1999, 1990, 127, 1, 1, 1, 1, 1, 'a', 'green', 0.5, 2.5)",
    );
    let values = evaluate_all(&server, &FIELDS);
    let cases = [
        ("sum__price", json!("3.40")),
        ("avg__price", json!("1.7")),
        ("max__price", json!("2.30")),
        ("variance__price", json!("0.72")),
        ("min__moment", json!("2024-02-29T13:37:00.500")),
        ("max__instant", json!("2024-03-01T00:00:00")),
        ("min__hour", json!("01:00:00")),
        ("max__year", json!(2024)),
        ("min__wide_year", json!(1990)),
        ("sum__tiny", json!(-1)),
        ("min__tiny", json!(-128)),
        ("max__unsigned_tiny", json!(255)),
        ("max__unsigned_small", json!(65_535)),
        ("max__unsigned", json!(4_294_967_295_u32)),
        ("max__unsigned_large", json!(u64::MAX)),
        ("sum__large", json!(9_223_372_036_854_775_808_u64)),
        ("max__short", json!("b")),
        ("max__single", json!(0.5)),
        ("min__double", json!(1.5)),
        ("avg__single", json!(0.375)),
    ];
    for (name, expected) in cases {
        assert_eq!(value(&values, name), expected, "{name}");
    }
    assert!(evaluate(&server, "sum", "unsigned_large", "").body.contains("18446744073709551616"));
    let groups = evaluate(&server, "sum", "tiny", "&group=colour&sort=-sum__tiny");
    assert_eq!(groups.data(), json!([{"colour": "green", "sum__tiny": 127}, {"colour": "red", "sum__tiny": -128}]));
}
