//! Values of the types that MySQL and MariaDB have: what is sent, what is stored, what is shown, and what is refused.

mod functions;
mod narrowed;

use bigdecimal::BigDecimal;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{create, matching, refuses, shows};
use crate::backends::Backend;
use crate::server::Server;

diesel::table! {
    use diesel::sql_types::*;

    sample (id) {
        id -> Integer,
        amount -> Nullable<Numeric>,
        price -> Nullable<Numeric>,
        json -> Nullable<Json>,
        moment -> Nullable<Datetime>,
        instant -> Nullable<Timestamp>,
        hour -> Nullable<Time>,
        day -> Nullable<Date>,
        year -> Nullable<SmallInt>,
        wide_year -> Nullable<Integer>,
        bytes -> Nullable<Binary>,
        tiny -> Nullable<TinyInt>,
        unsigned_tiny -> Nullable<Unsigned<TinyInt>>,
        unsigned_small -> Nullable<Unsigned<SmallInt>>,
        unsigned -> Nullable<Unsigned<Integer>>,
        unsigned_large -> Nullable<Unsigned<BigInt>>,
        large -> Nullable<BigInt>,
        flag -> Nullable<Bool>,
        short -> Nullable<Text>,
        text -> Nullable<Text>,
        colour -> Nullable<Text>,
        single -> Nullable<Float>,
        double -> Nullable<Double>,
    }
}

/// One value of each type, or null.
#[derive(Restless)]
#[diesel(table_name = sample, check_for_backend(diesel::mysql::Mysql))]
#[restless(methods(GET, POST, PATCH))]
struct Sample {
    id: i32,
    amount: Option<BigDecimal>,
    price: Option<BigDecimal>,
    json: Option<Value>,
    moment: Option<NaiveDateTime>,
    instant: Option<NaiveDateTime>,
    hour: Option<NaiveTime>,
    day: Option<NaiveDate>,
    year: Option<i16>,
    wide_year: Option<i32>,
    bytes: Option<Vec<u8>>,
    tiny: Option<i8>,
    unsigned_tiny: Option<u8>,
    unsigned_small: Option<u16>,
    unsigned: Option<u32>,
    unsigned_large: Option<u64>,
    large: Option<i64>,
    flag: Option<bool>,
    short: Option<String>,
    text: Option<String>,
    colour: Option<String>,
    single: Option<f32>,
    double: Option<f64>,
}

const SCHEMA: &str = "
    CREATE TABLE sample (
        id int PRIMARY KEY AUTO_INCREMENT, amount decimal(65, 30), price decimal(10, 2), json json, moment datetime(6),
        instant timestamp(6) NULL, hour time(6), day date, year year, wide_year year, bytes blob, tiny tinyint,
        unsigned_tiny tinyint unsigned, unsigned_small smallint unsigned, \"unsigned\" int unsigned,
        unsigned_large bigint unsigned, large bigint, flag tinyint(1), short varchar(5), text text,
        colour enum('red', 'green'), single float, \"double\" double
    ) DEFAULT CHARSET utf8mb4
";

/// A server on MySQL or MariaDB; `None` where the suite runs on another.
fn server() -> Option<Server> {
    if Backend::current() != Backend::Mysql {
        return None;
    }
    let server = Server::start("CREATE TABLE unused (id INTEGER PRIMARY KEY)", |services| {
        services.service(Sample::api().allow_functions().scope());
    });
    server.connection().batch_execute(SCHEMA).expect("a valid schema");
    Some(server)
}

/// What stands in the newest row.
fn stored(server: &Server, name: &str) -> String {
    let value = if name == "bytes" { "hex(bytes)".to_owned() } else { format!("\"{name}\"") };
    server.line(&format!("SELECT {value} AS value FROM sample ORDER BY id DESC LIMIT 1"))
}

#[test]
fn are_stored_and_shown() {
    let Some(server) = server() else { return };
    let great = format!("{}.{}", "9".repeat(35), "9".repeat(30));
    let least = format!("0.{}1", "0".repeat(29));
    let cases = [
        ("amount", json!(great), great.as_str(), json!(great)),
        ("amount", json!("1e-30"), &least, json!(least)),
        ("price", json!(12.5), "12.50", json!("12.50")),
        ("price", json!("12.505"), "12.51", json!("12.51")),
        ("json", json!({"a": [1, null]}), "{\"a\":[1,null]}", json!({"a": [1, null]})),
        ("json", json!("é\u{1f600}"), "\"é\u{1f600}\"", json!("é\u{1f600}")),
        (
            "moment",
            json!("2024-02-29T13:37:00.123456"),
            "2024-02-29 13:37:00.123456",
            json!("2024-02-29T13:37:00.123456"),
        ),
        ("moment", json!("9999-12-31T23:59:59"), "9999-12-31 23:59:59.000000", json!("9999-12-31T23:59:59")),
        ("instant", json!("2024-02-29T13:37:00.5"), "2024-02-29 13:37:00.500000", json!("2024-02-29T13:37:00.500")),
        ("hour", json!("23:59:59.999999"), "23:59:59.999999", json!("23:59:59.999999")),
        ("day", json!("0001-01-01"), "0001-01-01", json!("0001-01-01")),
        ("year", json!(2024), "2024", json!(2024)),
        ("wide_year", json!(2155), "2155", json!(2155)),
        ("bytes", json!("AP8="), "00FF", json!("AP8=")),
        ("tiny", json!(-128), "-128", json!(-128)),
        ("unsigned_tiny", json!(255), "255", json!(255)),
        ("unsigned_small", json!(65_535), "65535", json!(65_535)),
        ("unsigned", json!(u32::MAX), "4294967295", json!(u32::MAX)),
        ("unsigned_large", json!(u64::MAX), "18446744073709551615", json!(u64::MAX)),
        ("large", json!(i64::MIN), "-9223372036854775808", json!(i64::MIN)),
        ("flag", json!(true), "1", json!(true)),
        ("short", json!("\u{1f600}漢字"), "\u{1f600}漢字", json!("\u{1f600}漢字")),
        ("text", json!("a\0b"), "a\0b", json!("a\0b")),
        ("colour", json!("green"), "green", json!("green")),
        ("double", json!(f64::MAX), "1.7976931348623157e308", json!(f64::MAX)),
    ];
    for (name, sent, expected, shown) in cases {
        shows(&server, name, &sent.to_string(), &shown);
        assert_eq!(stored(&server, name), expected, "{name}");
    }
}

#[test]
fn are_refused_when_they_are_nonsense() {
    let Some(server) = server() else { return };
    let digits = "expected a decimal number of at most 65 digits before its point and 38 behind it, found";
    let year = "with a year between 1 and 9999, found";
    let cases = [
        ("amount", "\"1e1000000000\"", format!("{digits} \"1e1000000000\"")),
        ("amount", "\"1e-39\"", format!("{digits} \"1e-39\"")),
        ("amount", "\"NaN\"", "expected a decimal number such as \"12.50\", found \"NaN\"".to_owned()),
        ("moment", "\"+70000-01-01T00:00:00\"", format!("expected a timestamp {year} \"+70000-01-01T00:00:00\"")),
        ("moment", "\"-0001-01-01T00:00:00\"", format!("expected a timestamp {year} \"-0001-01-01T00:00:00\"")),
        (
            "moment",
            "\"2024-02-29T23:59:60\"",
            "expected a timestamp without a leap second, found \"2024-02-29T23:59:60\"".to_owned(),
        ),
        ("day", "\"0000-01-01\"", format!("expected a date {year} \"0000-01-01\"")),
        ("hour", "\"25:00:00\"", "expected a time such as \"13:37:00\", found \"25:00:00\"".to_owned()),
        ("hour", "\"-01:00:00\"", "expected a time such as \"13:37:00\", found \"-01:00:00\"".to_owned()),
        ("tiny", "128", "expected an integer between -128 and 127, found 128".to_owned()),
        ("unsigned_tiny", "-1", "expected an integer between 0 and 255, found -1".to_owned()),
        ("unsigned_large", "-1", "expected an integer between 0 and 18446744073709551615, found -1".to_owned()),
        ("flag", "2", "expected true or false, found 2".to_owned()),
        ("bytes", "\"***\"", "expected a string in base64, found \"***\"".to_owned()),
    ];
    for (name, json, words) in cases {
        refuses(&server, name, json, &words);
    }
    assert_eq!(server.line("SELECT count(*) AS value FROM sample"), "0");
}

#[test]
fn that_the_column_alone_refuses_are_the_clients_mistake() {
    let Some(server) = server() else { return };
    let cases = [
        ("price", "123456789"),
        ("instant", "\"1969-12-31T00:00:00\""),
        ("instant", "\"2100-01-01T00:00:00\""),
        ("year", "1900"),
        ("wide_year", "99999"),
        ("short", "\"abcdef\""),
        ("colour", "\"blue\""),
    ];
    for (name, json) in cases {
        refuses_in_the_end(&server, name, json);
    }
    assert_eq!(server.line("SELECT count(*) AS value FROM sample"), "0");
}

#[track_caller]
fn refuses_in_the_end(server: &Server, name: &str, json: &str) {
    let detail = format!("{name}: has a value that the database cannot hold");
    create(server, name, json).refuses(400, &[crate::expected::invalid_value(name, &detail)]);
}

#[test]
fn are_filtered_and_sorted() {
    let Some(server) = server() else { return };
    let great = "9".repeat(35);
    let rows = [
        ("amount", format!("\"{great}.5\"")),
        ("amount", "\"12.5\"".to_owned()),
        ("moment", "\"2024-02-29T13:37:00.25\"".to_owned()),
        ("unsigned_large", u64::MAX.to_string()),
        ("colour", "\"red\"".to_owned()),
        ("single", "0.1".to_owned()),
        ("bytes", "\"AP8=\"".to_owned()),
    ];
    for (name, json) in rows {
        assert_eq!(create(&server, name, &json).status, 201, "{name}");
    }
    let cases = [
        (format!("filter[amount]={great}.5"), "1"),
        (format!("filter[amount]={great}.5,12.50"), "1 2"),
        // Doubles would not tell them apart.
        (format!("filter[amount]={great}.4"), ""),
        (format!("filter[amount]={great}.4,12.50"), "2"),
        ("filter[moment]=2024-02-29T13:37:00.25".to_owned(), "3"),
        (format!("filter[unsigned_large]={},1", u64::MAX), "4"),
        ("filter[colour]=red,green".to_owned(), "5"),
        ("filter[single][eq]=0.1".to_owned(), "6"),
        ("filter[bytes]=AP8=".to_owned(), "7"),
        ("filter[instant]=2100-01-01".to_owned(), ""),
        ("sort=-amount&page[size]=2".to_owned(), "1 2"),
    ];
    for (query, ids) in cases {
        assert_eq!(matching(&server, &query), ids, "{query}");
    }
}

#[test]
fn that_no_client_can_send_are_shown_as_what_they_are() {
    let Some(server) = server() else { return };
    let cases = [
        ("day", "'0000-00-00'", json!("0000-00-00")),
        ("moment", "'2024-01-00 10:00:00.5'", json!("2024-01-00T10:00:00.500")),
        ("hour", "'25:00:00'", json!("25:00:00")),
        ("hour", "'-01:30:00.5'", json!("-01:30:00.500")),
        ("hour", "'838:59:59'", json!("838:59:59")),
    ];
    for (place, (name, literal, shown)) in (1..).zip(cases) {
        let insert = format!("SET sql_mode = ''; INSERT INTO sample ({name}) VALUES ({literal})");
        server.connection().batch_execute(&insert).expect("a row");
        let answer = server.get(&format!("/api/sample/{place}?fields[sample]={name}"));
        assert_eq!((answer.status, answer.attributes()), (200, json!({name: shown})), "{name} {literal}");
    }
}
