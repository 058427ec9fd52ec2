//! Results at the edges of what numbers can be.

use serde_json::{Value, json};

use super::{ask, q, value, with_rows};
use crate::backends::by_backend;
use crate::expected::at_parameter;

const GREATEST: &str = "INSERT INTO sale (id, large) VALUES (1, 9223372036854775807), (2, 9223372036854775807);";

#[test]
fn a_sum_of_integers_is_exact_whatever_its_size() {
    let server = with_rows("INSERT INTO sale (id, large) VALUES (1, 9223372036854775806), (2, 1);");
    assert!(ask(&server, &q(&["sum__large"])).body.contains("9223372036854775807"));
    let server = with_rows(GREATEST);
    if by_backend(false, true, true) {
        assert_eq!(ask(&server, &q(&["sum__large"])).body, "{\"sum__large\":18446744073709551614}");
    }
    assert_eq!(value(&server, "max__large"), json!(i64::MAX));
}

#[test]
fn a_sum_that_the_database_cannot_hold_is_refused() {
    let server = with_rows(GREATEST);
    let answer = server.request("GET", &format!("/api/eval/sale?{}", q(&["count__id", "sum__large"])));
    if by_backend(true, false, false) {
        let detail = "q: sum__large: the result is out of the range of what the database can compute";
        answer.send().refuses(400, &[at_parameter("q", detail)]);
    } else {
        assert_eq!(answer.send_to_anyone().status, 200);
    }
    let list = "functions=[{%22name%22:%22sum%22,%22field%22:%22large%22}]&group=vendor&sort=-sum__large";
    let status = ask(&server, list).status;
    assert_eq!(status, by_backend(400, 200, 200));
}

#[test]
fn a_floating_point_sum_may_leave_its_range() {
    let server = with_rows("INSERT INTO sale (id, \"double\") VALUES (1, 1.7e308), (2, 1.7e308);");
    for name in ["sum__double", "avg__double"] {
        let answer = ask(&server, &q(&[name]));
        assert!(matches!(answer.status, 200 | 400), "{answer:#?}");
        if answer.status == 200 {
            assert!(answer.json()[name].is_null() || answer.json()[name].is_f64(), "{answer:#?}");
        }
    }
}

#[test]
fn a_mean_of_integers_has_all_its_digits() {
    let server = with_rows("INSERT INTO sale (id, medium) VALUES (1, 1), (2, 2), (3, 2);");
    assert_eq!(value(&server, "avg__medium"), json!(5.0 / 3.0));
    let server = with_rows("INSERT INTO sale (id, \"double\") VALUES (1, 0.1), (2, 0.2);");
    assert_eq!(value(&server, "sum__double"), json!(0.1 + 0.2));
}

#[test]
fn decimals_keep_their_digits() {
    let rows = "INSERT INTO sale (id, amount) VALUES (1, 12345678901234567890.123456789), (2, 1);";
    let server = with_rows(rows);
    let expected = by_backend(None, Some("12345678901234567891.123456789"), Some("12345678901234567891.123456789"));
    let found = value(&server, "sum__amount");
    assert!(found.is_string(), "{found}");
    if let Some(expected) = expected {
        assert_eq!(found, Value::from(expected));
    }
}
