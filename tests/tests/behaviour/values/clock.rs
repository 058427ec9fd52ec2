//! `CURRENT_TIMESTAMP` and its kin: the database's own clock.

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::{create, has, matching, server};
use crate::server::Server;

fn shown(server: &Server, name: &str, word: &str) -> String {
    let answer = create(server, name, &format!("\"{word}\""));
    assert_eq!(answer.status, 201, "{name} {word}: {answer:#?}");
    answer.attributes()[name].as_str().expect("a text").to_owned()
}

fn is_near(found: NaiveDateTime, expected: NaiveDateTime) -> bool {
    (found - expected).abs() < TimeDelta::seconds(20)
}

#[test]
fn sets_timestamps() {
    let server = server();
    let found: NaiveDateTime = shown(&server, "moment", "CURRENT_TIMESTAMP").parse().expect("a timestamp");
    assert!(is_near(found, Utc::now().naive_utc()), "{found}");
    let found: NaiveDateTime = shown(&server, "moment", "LOCALTIMESTAMP").parse().expect("a timestamp");
    assert!(is_near(found, Local::now().naive_local()), "{found}");
    if has("instant") {
        let found: DateTime<Utc> = shown(&server, "instant", "CURRENT_TIMESTAMP").parse().expect("an instant");
        assert!(is_near(found.naive_utc(), Utc::now().naive_utc()), "{found}");
    }
}

#[test]
fn sets_dates() {
    let server = server();
    for (word, today) in [
        ("CURRENT_DATE", Utc::now().date_naive()),
        ("CURRENT_TIMESTAMP", Utc::now().date_naive()),
        ("LOCALTIMESTAMP", Local::now().date_naive()),
    ] {
        let found: NaiveDate = shown(&server, "day", word).parse().expect("a date");
        assert!((found - today).abs() <= TimeDelta::days(1), "{word}: {found}");
    }
    let midnight = shown(&server, "moment", "CURRENT_DATE");
    assert!(midnight.ends_with("T00:00:00"), "{midnight}");
}

#[test]
fn sets_times() {
    let server = server();
    for (word, now) in [("CURRENT_TIMESTAMP", Utc::now().time()), ("LOCALTIMESTAMP", Local::now().time())] {
        let found: NaiveTime = shown(&server, "hour", word).parse().expect("a time");
        let apart = (found - now).abs();
        assert!(apart < TimeDelta::seconds(20) || apart > TimeDelta::hours(23), "{word}: {found}");
    }
}

#[test]
fn sets_columns_in_updates_too() {
    let server = server();
    create(&server, "moment", "null");
    let sent =
        serde_json::json!({"data": {"type": "sample", "id": "1", "attributes": {"moment": "CURRENT_TIMESTAMP"}}});
    server.patch("/api/sample/1", &sent).tells_what_is_read_from(&server);
    let moment = server.get("/api/sample/1").attributes()["moment"].as_str().expect("a text").to_owned();
    assert!(is_near(moment.parse().expect("a timestamp"), Utc::now().naive_utc()), "{moment}");
}

#[test]
fn is_what_filters_compare_with() {
    let server = server();
    create(&server, "day", "\"CURRENT_DATE\"");
    create(&server, "day", "\"2024-02-29\"");
    assert_eq!(matching(&server, "filter[day]=CURRENT_DATE"), "1");
}

#[test]
fn has_only_these_names() {
    let server = server();
    for word in ["current_timestamp", "CURRENT_TIME", "NOW()", "LOCALTIME"] {
        let answer = create(&server, "moment", &format!("\"{word}\""));
        assert_eq!(answer.status, 400, "{word}");
    }
}
