//! Functions that SQLite has not, and restless needs in its statements.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteValue};

use super::bound::goes_on;
use crate::error::Error;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Small letters of every alphabet; SQLite's own `lower` knows ASCII alone.
    fn restless_lower(text: Nullable<Text>) -> Nullable<Text>;

    /// True; an error once a statement has taken longer than it may.
    fn restless_goes_on() -> diesel::sql_types::Bool;

    /// The same, in the loop in which the column is known.
    #[sql_name = "restless_goes_on"]
    fn restless_goes_on_with(column: Nullable<Text>) -> diesel::sql_types::Bool;
}

/// A value of any type that nobody looks at.
#[derive(FromSqlRow)]
struct Ignored;

impl FromSql<Nullable<Text>, Sqlite> for Ignored {
    fn from_sql(_: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self)
    }

    fn from_nullable_sql(_: Option<SqliteValue<'_, '_, '_>>) -> deserialize::Result<Self> {
        Ok(Self)
    }
}

/// Makes the functions known to a connection.
pub(super) fn register(connection: &mut SqliteConnection) -> Result<(), Error> {
    restless_lower_utils::register_impl(connection, |text: Option<String>| text.map(|text| lower(&text)))
        .and_then(|()| restless_goes_on_utils::register_nondeterministic_impl(connection, goes_on))
        .and_then(|()| restless_goes_on_with_utils::register_nondeterministic_impl(connection, |_: Ignored| goes_on()))
        .map_err(Error::unreachable_database)
}

/// Each letter by itself and as one letter, as the other databases have it: a sigma is the same at the end of a word, and
/// `_` stands for every letter.
fn lower(text: &str) -> String {
    text.chars().filter_map(|letter| letter.to_lowercase().next()).collect()
}
