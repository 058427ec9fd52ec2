//! Floating point numbers.

use serde_json::json;

use super::{create, keeps, matching, refuses, server, shows};
use crate::backends::by_backend;
use crate::expected::at_parameter;

#[test]
fn are_kept_exactly() {
    let server = server();
    for number in ["0.1", "-0.5", "3.4028234e38", "-3.4028234e38", "1e-45", "16777216.0", "0.0"] {
        let answer = create(&server, "single", number);
        assert_eq!(answer.status, 201, "{number}: {answer:#?}");
        let expected: f32 = number.parse().expect("a number");
        let found = answer.attributes()["single"].to_string();
        assert_eq!(found.parse::<f32>().expect("a number").to_bits(), expected.to_bits(), "{number}");
    }
    for number in
        ["0.1", "-0.5", "1.7976931348623157e308", "-1.7976931348623157e308", "5e-324", "9007199254740992.0", "1e100"]
    {
        keeps(&server, "double", number);
    }
}

#[test]
fn may_be_the_greatest_that_is_shown() {
    // What the server shows can be sent back.
    let server = server();
    let insert = "INSERT INTO sample (id, single) VALUES (1, 3.4028234663852886e38)";
    server.execute(insert);
    let shown = server.get("/api/sample/1?fields[sample]=single").body;
    let number = shown.split("\"single\":").nth(1).and_then(|rest| rest.split('}').next()).expect("a number");
    assert_eq!(create(&server, "single", number).status, 201, "{number}");
}

#[test]
fn are_not_widened() {
    let answer = create(&server(), "single", "0.1");
    assert!(answer.body.contains("\"single\":0.1}"), "{}", answer.body);
}

#[test]
fn may_be_sent_as_integers() {
    let server = server();
    for name in ["single", "double"] {
        shows(&server, name, "3", &json!(3.0));
        shows(&server, name, "-7", &json!(-7.0));
    }
    shows(&server, "double", "18446744073709551615", &json!(18_446_744_073_709_551_615.0));
}

#[test]
fn are_refused_beyond_their_range() {
    let server = server();
    let words = "expected a number between -3.4028235e38 and 3.4028235e38, found";
    for number in ["1e39", "-1e39", "3.5e38"] {
        refuses(&server, "single", number, &format!("{words} {number}"));
    }
    // No JSON number of this size can be told from infinity.
    let answer = server.request("POST", "/api/sample").header("Content-Type", crate::client::JSON_API);
    let answer = answer.body("{\"data\":{\"type\":\"sample\",\"attributes\":{\"double\":1e400}}}").send_to_anyone();
    assert_eq!((answer.status, server.line("SELECT id AS value FROM sample").as_str()), (400, ""));
}

#[test]
fn are_refused_when_they_are_something_else() {
    let server = server();
    let cases = [
        ("\"abc\"", "\"abc\""),
        ("\"NaN\"", "\"NaN\""),
        ("\"Infinity\"", "\"Infinity\""),
        ("\"1.5\"", "\"1.5\""),
        ("true", "true"),
    ];
    for name in ["single", "double"] {
        for (json, found) in cases {
            refuses(&server, name, json, &format!("expected a number, found {found}"));
        }
    }
}

#[test]
fn are_filtered() {
    let server = server();
    create(&server, "double", "0.25");
    create(&server, "double", "3");
    create(&server, "single", "0.5");
    for (filter, ids) in [
        ("double]=0.25", "1"),
        ("double]=3", "2"),
        ("double]=3.0,0.25", "1 2"),
        // `filter[single]` asks for one resource.
        ("single][eq]=0.5", "3"),
        ("single][eq]=5e-1", "3"),
    ] {
        assert_eq!(matching(&server, &format!("filter[{filter}")), ids, "{filter}");
    }
    for value in ["NaN", "inf", "-Infinity", ".", ""] {
        let detail = format!("filter[double]: expected a number, found {value:?}");
        server
            .get(&format!("/api/sample?filter[double]={value}"))
            .refuses(400, &[at_parameter("filter[double]", &detail)]);
    }
}

#[test]
fn that_json_cannot_write_are_null() {
    let server = server();
    let infinities = by_backend("9e999, -9e999", "'Infinity', '-Infinity'", "there are none");
    server.execute(&format!("INSERT INTO sample (id, \"double\", single) VALUES (1, {infinities})"));
    let answer = server.get("/api/sample/1?fields[sample]=double,single");
    assert_eq!((answer.status, answer.attributes()), (200, json!({"double": null, "single": null})));
}
