//! What PostgreSQL's catalog says of the tables.

use diesel::QueryableByName;
use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{QueryBuilder as _, QueryFragment};
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};

use crate::backend::Uniqueness;
use crate::dialect::TableName;

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    found: bool,
}

/// A table whose rows nothing changes after the statement that writes them: neither a rule nor a trigger that runs
/// `AFTER` it (neither bit 1, `BEFORE`, nor bit 6, `INSTEAD OF`).
const KEEPS_ROWS: &str = "SELECT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = to_regclass($1) \
    AND c.relkind = 'r' AND NOT c.relhasrules AND NOT EXISTS (SELECT 1 FROM pg_trigger t \
    WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 66 = 0)) AS found";

/// A foreign key of this column alone that is checked with the statement.
const CHECKS: &str = "SELECT EXISTS (SELECT 1 FROM pg_constraint k \
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum] \
    WHERE k.contype = 'f' AND NOT k.condeferred AND k.conrelid = to_regclass($1) AND a.attname = $2) AS found";

const SETTLES: &str = "SELECT EXISTS (SELECT 1 FROM pg_constraint k \
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) \
    WHERE k.contype = 'f' AND k.conrelid = to_regclass($1) AND a.attname = $2 \
    AND k.confdeltype IN ('c', 'n', 'd')) AS found";

/// An index over this column alone, over all rows, that compares as the column does. The rows of a table with others below
/// it are those of the others too, which the index does not know.
const UNIQUENESS: &str = "SELECT CASE WHEN c.oid IS NULL THEN 0 WHEN c.relkind NOT IN ('r', 'p') \
    OR c.relkind = 'r' AND c.relhassubclass THEN 1 \
    WHEN EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
    WHERE i.indrelid = c.oid AND a.attname = $2 AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1 \
    AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indcollation[0] = a.attcollation) \
    THEN 3 ELSE 2 END::bigint AS number FROM (SELECT to_regclass($1) AS oid) t LEFT JOIN pg_class c ON c.oid = t.oid";

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Whether the database lets no two rows have the same value in the column.
pub(super) async fn uniqueness(mut connection: &AsyncPgConnection, table: TableName, column: &str) -> Uniqueness {
    let query = diesel::sql_query(UNIQUENESS).bind::<Text, _>(name(table)).bind::<Text, _>(column);
    let found = query.get_result::<Number>(&mut connection).await;
    found.map_or(Uniqueness::Unknown, |found| Uniqueness::of(found.number))
}

const COLUMNS: &str = "SELECT a.attname::text AS name FROM pg_constraint k \
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) \
    WHERE k.conrelid = to_regclass($1) AND k.conname = $2 ORDER BY a.attnum";

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The columns of a constraint.
pub(super) async fn columns(mut connection: &AsyncPgConnection, table: TableName, constraint: &str) -> Vec<String> {
    let query = diesel::sql_query(COLUMNS).bind::<Text, _>(name(table)).bind::<Text, _>(constraint);
    let columns = query.load::<Column>(&mut connection).await.unwrap_or_default();
    columns.into_iter().map(|column| column.name).collect()
}

/// Whether `RETURNING` shows a row as it stays.
pub(super) async fn returns_what_it_keeps(mut connection: &AsyncPgConnection, table: TableName) -> bool {
    let query = diesel::sql_query(KEEPS_ROWS).bind::<Text, _>(name(table));
    query.get_result::<Answer>(&mut connection).await.is_ok_and(|answer| answer.found)
}

/// Whether a value of the column that refers to no row is refused at once.
pub(super) async fn checks_foreign_key(mut connection: &AsyncPgConnection, table: TableName, column: &str) -> bool {
    let query = diesel::sql_query(CHECKS).bind::<Text, _>(name(table)).bind::<Text, _>(column);
    query.get_result::<Answer>(&mut connection).await.is_ok_and(|answer| answer.found)
}

/// Whether the foreign key in a column says what becomes of its rows when the one that they refer to is deleted.
pub(super) async fn settles_on_delete(mut connection: &AsyncPgConnection, table: TableName, column: &str) -> bool {
    let query = diesel::sql_query(SETTLES).bind::<Text, _>(name(table)).bind::<Text, _>(column);
    query.get_result::<Answer>(&mut connection).await.is_ok_and(|answer| answer.found)
}

/// The table's name as it stands in SQL.
fn name(table: TableName) -> String {
    let mut name = PgQueryBuilder::default();
    // A table's name has nothing that could fail to be written.
    let _ = QueryFragment::<Pg>::to_sql(table.on::<Pg>(), &mut name, &Pg);
    name.finish()
}
