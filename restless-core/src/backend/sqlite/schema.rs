//! What the writer must know of the tables.

use diesel::prelude::*;
use diesel::query_builder::{QueryBuilder as _, QueryFragment};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::{Sqlite, SqliteConnection, SqliteQueryBuilder};

use crate::resource_type::TableName;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Whether some table has a foreign key that is checked only when a transaction commits.
pub(super) fn has_deferred_constraints(connection: &mut SqliteConnection) -> bool {
    let query = "SELECT COUNT(*) AS number FROM sqlite_master WHERE sql LIKE '%DEFERRED%'";
    let found = diesel::sql_query(query).get_result::<Found>(connection);
    found.is_ok_and(|found| found.number > 0)
}

/// Whether the foreign key in a column says what becomes of its rows when the one that they refer to is deleted.
pub(super) fn settles_on_delete(connection: &mut SqliteConnection, table: TableName<Sqlite>, column: &str) -> bool {
    let mut name = SqliteQueryBuilder::new();
    if QueryFragment::<Sqlite>::to_sql(table, &mut name, &Sqlite).is_err() {
        return false;
    }
    let query = "SELECT COUNT(*) AS number FROM pragma_foreign_key_list(?) \
                 WHERE \"from\" = ? AND on_delete NOT IN ('NO ACTION', 'RESTRICT')";
    let name = name.finish().trim_matches('`').trim_matches('"').to_owned();
    let query = diesel::sql_query(query).bind::<Text, _>(name).bind::<Text, _>(column);
    query.get_result::<Found>(connection).is_ok_and(|found| found.number > 0)
}
