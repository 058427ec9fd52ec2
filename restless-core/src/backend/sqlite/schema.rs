//! What the writer must know of the tables.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::SqliteConnection;

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
