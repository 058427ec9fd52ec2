//! Numbers with more digits than the type of their field has.

use restless_actix::prelude::*;
use serde_json::json;

use crate::backends::Backend;
use crate::expected::error;
use crate::server::Server;

diesel::table! {
    measure (id) {
        id -> Integer,
        whole -> Nullable<Integer>,
        single -> Nullable<Float>,
    }
}

#[derive(Restless)]
#[diesel(table_name = measure)]
struct Measure {
    id: i32,
    whole: Option<i32>,
    single: Option<f32>,
}

#[test]
fn are_never_cut_off() {
    if Backend::current() != Backend::Mysql {
        return;
    }
    let cases = [
        ("whole", "DECIMAL(12, 3)", "1.500", None),
        ("whole", "DECIMAL(12, 3)", "12.000", Some(json!(12))),
        ("whole", "DOUBLE", "2.25", None),
        ("whole", "DOUBLE", "3", Some(json!(3))),
        ("whole", "BIGINT", "4294967297", None),
        ("whole", "BIGINT UNSIGNED", "18446744073709551615", None),
        ("single", "DOUBLE", "1e300", None),
        ("single", "DOUBLE", "0.5", Some(json!(0.5))),
    ];
    for (column, sql_type, value, shown) in cases {
        let server =
            Server::start("CREATE TABLE measure (id INTEGER PRIMARY KEY, whole INTEGER, single FLOAT);", |services| {
                services.service(Measure::api_scope());
            });
        server.execute(&format!("ALTER TABLE measure MODIFY {column} {sql_type}"));
        server.execute(&format!("INSERT INTO measure (id, {column}) VALUES (1, {value})"));
        let answer = server.get("/api/measure/1");
        if let Some(shown) = shown {
            assert_eq!(answer.attributes()[column], shown, "{sql_type} {value}");
            continue;
        }
        let expected = if column == "whole" { "an integer between -2147483648 and 2147483647" } else { "a number" };
        let reason = format!("{column}: the database holds a value that is not {expected}");
        let detail = format!("the resource of type \"measure\" with the id \"1\" cannot be shown: {reason}");
        let mut unreadable = error(500, "Unreadable value", &detail);
        unreadable["code"] = json!("unreadable_value");
        answer.refuses(500, &[unreadable]);
    }
}
