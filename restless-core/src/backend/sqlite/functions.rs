//! Functions that SQLite has not, and restless needs in its statements.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteValue};

use super::bound::goes_on;
use super::sum::{Mean, Sum};
use super::{moment, pattern};
use crate::error::Error;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Small letters of every alphabet; SQLite's own `lower` knows ASCII alone.
    fn restless_lower(text: Nullable<Text>) -> Nullable<Text>;

    /// Whether a text is like a pattern, in which the third letter takes the meaning from a wildcard.
    fn restless_like(
        text: Nullable<Text>,
        pattern: Nullable<Text>,
        escape: Nullable<Text>,
    ) -> Nullable<diesel::sql_types::Bool>;

    /// A time or a timestamp, spelt as all others are.
    fn restless_moment(text: Nullable<Text>) -> Nullable<Text>;

    /// An instant in UTC, spelt as all others are.
    fn restless_instant(text: Nullable<Text>) -> Nullable<Text>;

    /// The sum of decimals.
    #[aggregate]
    fn restless_sum(number: Nullable<Text>) -> Nullable<Text>;

    /// The mean of decimals.
    #[aggregate]
    fn restless_mean(number: Nullable<Text>) -> Nullable<Text>;

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
        .and_then(|()| restless_like_utils::register_impl(connection, like))
        .and_then(|()| restless_moment_utils::register_impl(connection, |text: Option<String>| text.map(moment::local)))
        .and_then(|()| {
            restless_instant_utils::register_impl(connection, |text: Option<String>| text.map(moment::instant))
        })
        .and_then(|()| restless_sum_utils::register_impl::<Sum, _>(connection))
        .and_then(|()| restless_mean_utils::register_impl::<Mean, _>(connection))
        .and_then(|()| restless_goes_on_utils::register_nondeterministic_impl(connection, goes_on))
        .and_then(|()| restless_goes_on_with_utils::register_nondeterministic_impl(connection, |_: Ignored| goes_on()))
        .map_err(Error::unreachable_database)
}

fn like(text: Option<String>, pattern: Option<String>, escape: Option<String>) -> Option<bool> {
    Some(pattern::is_like(&text?, &pattern?, &escape?))
}

/// Each letter by itself and as one letter, as the other databases have it: a sigma is the same at the end of a word, and
/// `_` stands for every letter.
fn lower(text: &str) -> String {
    text.chars().filter_map(|letter| letter.to_lowercase().next()).collect()
}
