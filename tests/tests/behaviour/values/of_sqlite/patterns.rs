//! Patterns and texts with the character U+0000, at which SQLite's `LIKE` ends.

use restless_actix::prelude::*;

use crate::server::Server;

diesel::table! {
    note (id) {
        id -> Integer,
        text -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET))]
struct Note {
    id: i32,
    text: Option<String>,
}

#[test]
fn go_on_behind_the_character() {
    let schema = "
        CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);
        INSERT INTO note VALUES (1, 'a' || char(0) || 'b'), (2, 'a'), (3, 'ab'), (4, 'A' || char(0) || 'Ü50%'), (5, NULL);
    ";
    let server = Server::start(schema, |services| {
        services.service(Note::api_scope());
    });
    let cases = [
        ("contains", "b", "1 3"),
        ("contains", "%00", "1 4"),
        ("contains", "A%00B", "1"),
        ("contains", "50%25", "4"),
        ("starts_with", "a%00", "1 4"),
        ("starts_with", "ab", "3"),
        ("ends_with", "a", "2"),
        ("ends_with", "%00b", "1"),
        ("ends_with", "b", "1 3"),
        ("like", "a_b", "1"),
        ("like", "a", "2"),
        ("like", "a%25", "1 2 3 4"),
        ("not_like", "%25b", "2 4"),
        ("ilike", "a%00%C3%BC50%5C%25", "4"),
    ];
    for (operator, value, ids) in cases {
        let path = format!("/api/note?filter[text][{operator}]={value}");
        assert_eq!(server.get(&path).ids(), ids, "{operator} {value}");
    }
}
