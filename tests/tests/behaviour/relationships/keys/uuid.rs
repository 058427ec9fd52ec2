//! Keys that are UUIDs.

use restless_actix::prelude::*;

use super::Pair;
use crate::keys::uuid::Uuid;
use crate::server::Server;

diesel::table! {
    album (id) {
        id -> Text,
        name -> Text,
    }
}

diesel::table! {
    song (id) {
        id -> Integer,
        name -> Text,
        album_id -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = album)]
#[restless(methods(GET, POST, PATCH), has_many(children: Song, foreign_key = song::album_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
struct Album {
    id: Uuid,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = song)]
#[restless(methods(GET, POST, PATCH), belongs_to(parent: Album, foreign_key = album_id))]
struct Song {
    id: i32,
    name: String,
}

#[test]
fn of_uuids_lead_both_ways() {
    const IDS: [&str; 3] = [
        "0a000000-0000-4000-8000-000000000001",
        "0b000000-0000-4000-8000-000000000002",
        "0c000000-0000-4000-8000-000000000003",
    ];
    let schema = format!(
        "
        CREATE TABLE album (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE song (id INTEGER PRIMARY KEY, name TEXT NOT NULL, album_id TEXT REFERENCES album (id)) STRICT;
        INSERT INTO album VALUES ('{}', 'a'), ('{}', 'b'), ('{}', 'c');
        INSERT INTO song VALUES (1, 's', '{}'), (2, 't', '{}');
        ",
        IDS[0], IDS[1], IDS[2], IDS[0], IDS[1]
    );
    let server = Server::start(&schema, |services| {
        services.service(Api::new("/api").resource(Album::api()).resource(Song::api()).scope());
    });
    Pair { server, parents: "album", children: "song", ids: IDS }.check();
}
