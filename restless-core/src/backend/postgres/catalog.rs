//! What PostgreSQL's catalog says of the tables.

use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{QueryBuilder as _, QueryFragment};

use super::client::PostgresClient;
use crate::backend::Uniqueness;
use crate::backend::server::Constraint;
use crate::dialect::TableName;

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

/// The columns that a check is about, and the words of what an index has in their place.
const COLUMNS: &str = "WITH r AS (SELECT to_regclass(coalesce(quote_ident($1) || '.' || quote_ident($2), $3)) AS oid) \
    (SELECT a.attname::text FROM r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'c' \
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) WHERE k.conname = $4 ORDER BY a.attnum) \
    UNION ALL (SELECT pg_get_indexdef(i.indexrelid, n, true) FROM r JOIN pg_index i ON i.indrelid = r.oid \
    JOIN pg_class c ON c.oid = i.indexrelid CROSS JOIN generate_series(1, i.indnkeyatts) n \
    WHERE c.relname = $4 ORDER BY n)";

/// The columns of a constraint, and other words of what it checks. That of a partition or of the table behind a view is
/// told with the table that it belongs to.
pub(super) async fn columns(client: &PostgresClient, table: TableName, constraint: &Constraint) -> Vec<String> {
    let Constraint { schema, table: owner, name: own } = constraint;
    let values = [schema.as_deref(), owner.as_deref(), Some(&*name(table)), Some(own)];
    let rows = client.ask(COLUMNS, &values).await.unwrap_or_default();
    let texts = rows.iter().filter_map(|row| row.try_get::<_, &str>(0).ok());
    texts.flat_map(words).map(str::to_owned).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty())
}

/// Whether the database lets no two rows have the same value in the column.
pub(super) async fn uniqueness(client: &PostgresClient, table: TableName, column: &str) -> Uniqueness {
    let found = client.ask(UNIQUENESS, &[Some(&*name(table)), Some(column)]).await.unwrap_or_default();
    let number = found.first().and_then(|row| row.try_get(0).ok());
    number.map_or(Uniqueness::Unknown, Uniqueness::of)
}

/// Whether `RETURNING` shows a row as it stays.
pub(super) async fn returns_what_it_keeps(client: &PostgresClient, table: TableName) -> bool {
    is_found(client, KEEPS_ROWS, &[Some(&*name(table))]).await
}

/// Whether a value of the column that refers to no row is refused at once.
pub(super) async fn checks_foreign_key(client: &PostgresClient, table: TableName, column: &str) -> bool {
    is_found(client, CHECKS, &[Some(&*name(table)), Some(column)]).await
}

/// Whether the foreign key in a column says what becomes of its rows when the one that they refer to is deleted.
pub(super) async fn settles_on_delete(client: &PostgresClient, table: TableName, column: &str) -> bool {
    is_found(client, SETTLES, &[Some(&*name(table)), Some(column)]).await
}

async fn is_found(client: &PostgresClient, question: &str, values: &[Option<&str>]) -> bool {
    let found = client.ask(question, values).await.unwrap_or_default();
    found.first().and_then(|row| row.try_get(0).ok()).unwrap_or(false)
}

/// The table's name as it stands in SQL.
fn name(table: TableName) -> String {
    let mut name = PgQueryBuilder::default();
    // A table's name has nothing that could fail to be written.
    let _ = QueryFragment::<Pg>::to_sql(table.on::<Pg>(), &mut name, &Pg);
    name.finish()
}
