//! Databases in files.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use restless_actix::prelude::*;

use crate::models;

#[derive(QueryableByName)]
struct Journal {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

#[derive(QueryableByName)]
struct ForeignKeys {
    #[diesel(sql_type = BigInt)]
    foreign_keys: i64,
}

#[test]
fn are_in_wal_mode_with_foreign_keys() {
    let server = models::empty();
    let mode = server.run(|connection| diesel::sql_query("PRAGMA journal_mode").get_result::<Journal>(connection));
    let keys = server.run(|connection| diesel::sql_query("PRAGMA foreign_keys").get_result::<ForeignKeys>(connection));
    assert_eq!((mode.journal_mode.as_str(), keys.foreign_keys), ("wal", 1));
}

#[test]
fn are_made_where_there_are_none() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("new.db");
    let url = format!("sqlite://{}", path.display());
    let connected = actix_web::rt::System::new().block_on(Database::connect(&url));
    assert!(connected.is_ok() && path.exists());
}
