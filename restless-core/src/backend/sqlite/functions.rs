//! Functions that SQLite has not, and restless needs in its statements.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use crate::error::Error;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Small letters of every alphabet; SQLite's own `lower` knows ASCII alone.
    fn restless_lower(text: Nullable<Text>) -> Nullable<Text>;
}

/// Makes the functions known to a connection.
pub(super) fn register(connection: &mut SqliteConnection) -> Result<(), Error> {
    restless_lower_utils::register_impl(connection, |text: Option<String>| text.map(|text| lower(&text)))
        .map_err(Error::unreachable_database)
}

/// Each letter by itself and as one letter, as the other databases have it: a sigma is the same at the end of a word, and
/// `_` stands for every letter.
fn lower(text: &str) -> String {
    text.chars().filter_map(|letter| letter.to_lowercase().next()).collect()
}
