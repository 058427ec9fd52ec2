//! What the writer must know of the tables.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryBuilder as _, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::{Sqlite, SqliteConnection, SqliteQueryBuilder};

use super::message;
use crate::backend::Uniqueness;
use crate::dialect::TableName;

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// A number that changes with the schema, whoever changes it.
pub(super) fn version(connection: &mut SqliteConnection) -> Option<i64> {
    SchemaVersion.get_result(connection).ok()
}

/// It is asked for with every group of writes, so that it stays prepared, other than text given to Diesel.
#[derive(QueryId)]
struct SchemaVersion;

impl QueryFragment<Sqlite> for SchemaVersion {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        pass.push_sql("PRAGMA schema_version");
        Ok(())
    }
}

impl Query for SchemaVersion {
    type SqlType = BigInt;
}

impl RunQueryDsl<SqliteConnection> for SchemaVersion {}

/// Whether some table has a foreign key that is checked only when a transaction commits.
pub(super) fn has_deferred_constraints(connection: &mut SqliteConnection) -> bool {
    let query = "SELECT COUNT(*) AS number FROM sqlite_master WHERE sql LIKE '%DEFERRED%'";
    let found = diesel::sql_query(query).get_result::<CountRow>(connection);
    found.is_ok_and(|found| found.number > 0)
}

/// Whether some constraint or trigger says `FAIL`: then a statement that fails keeps what it has done before.
pub(super) fn keeps_failures(connection: &mut SqliteConnection) -> bool {
    let query = "SELECT COUNT(*) AS number FROM sqlite_master WHERE sql LIKE '%FAIL%'";
    let found = diesel::sql_query(query).get_result::<CountRow>(connection);
    found.map_or(true, |found| found.number > 0)
}

/// Whether a trigger may change a row after the statement that writes it. Views have triggers in place of statements,
/// which return nothing that is stored.
pub(super) fn has_after_triggers(connection: &mut SqliteConnection, table: TableName) -> bool {
    let query = "SELECT COUNT(*) AS number FROM sqlite_master WHERE (type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE \
                 AND sql NOT LIKE '%BEFORE%') OR (type = 'view' AND name = ?1 COLLATE NOCASE)";
    let query = diesel::sql_query(query).bind::<Text, _>(name(table));
    query.get_result::<CountRow>(connection).is_ok_and(|found| found.number > 0)
}

/// Whether a value of the column that refers to no row is refused at once.
pub(super) fn checks_foreign_key(connection: &mut SqliteConnection, table: TableName, column: &str) -> bool {
    let query = "SELECT COUNT(*) AS number FROM pragma_foreign_key_list(?1) k WHERE k.\"from\" = ?2 \
                 AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(?1) o WHERE o.id = k.id AND o.seq > 0)";
    let query = diesel::sql_query(query).bind::<Text, _>(name(table)).bind::<Text, _>(column);
    let is_checked = query.get_result::<CountRow>(connection).is_ok_and(|found| found.number > 0);
    is_checked && !has_deferred_constraints(connection)
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    sql: String,
}

/// The words of what a constraint checks, or of what an index is over, by its name.
pub(super) fn words_of_constraint(connection: &mut SqliteConnection, table: TableName, name_of: &str) -> Vec<String> {
    let query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (name = ?1 OR (type = 'table' AND name = ?2))";
    let query = diesel::sql_query(query).bind::<Text, _>(name_of).bind::<Text, _>(name(table));
    let found = query.load::<Definition>(connection).unwrap_or_default();
    let texts = found.iter().filter_map(|text| text.sql.split_once(name_of).map(|(_, rest)| in_parentheses(rest)));
    texts.flat_map(message::words).collect()
}

/// What stands in the first parentheses.
fn in_parentheses(text: &str) -> &str {
    let mut depth = 0;
    let start = text.find('(').unwrap_or(text.len());
    for (at, letter) in text[start..].char_indices() {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return &text[start..start + at];
        }
    }
    ""
}

/// Whether the foreign key in a column says what becomes of its rows when the one that they refer to is deleted.
pub(super) fn settles_on_delete(connection: &mut SqliteConnection, table: TableName, column: &str) -> bool {
    let query = "SELECT COUNT(*) AS number FROM pragma_foreign_key_list(?) \
                 WHERE \"from\" = ? AND on_delete NOT IN ('NO ACTION', 'RESTRICT')";
    let query = diesel::sql_query(query).bind::<Text, _>(name(table)).bind::<Text, _>(column);
    query.get_result::<CountRow>(connection).is_ok_and(|found| found.number > 0)
}

/// Whether rows of the table have a value of their own in the column: 3 if so, 2 if not. An index whose collation may be
/// finer than the column's tells nothing.
const UNIQUENESS: &str = "WITH kept AS (SELECT type, sql FROM sqlite_master WHERE name = ?1 COLLATE NOCASE \
    AND type IN ('table', 'view')), \
    keys AS (SELECT x.coll FROM pragma_index_list(?1) l JOIN pragma_index_xinfo(l.name) x \
    WHERE l.\"unique\" AND NOT l.partial AND x.seqno = 0 AND x.name = ?2 COLLATE NOCASE AND NOT EXISTS \
    (SELECT 1 FROM pragma_index_xinfo(l.name) o WHERE o.key AND o.seqno > 0)) \
    SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM kept) THEN 0 \
    WHEN EXISTS (SELECT 1 FROM kept WHERE type = 'view' OR sql LIKE 'CREATE VIRTUAL%') THEN 1 \
    WHEN EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE pk = 1 AND name = ?2 COLLATE NOCASE \
    AND type = 'INTEGER' COLLATE NOCASE) \
    AND NOT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE pk > 1) THEN 3 \
    WHEN NOT EXISTS (SELECT 1 FROM keys) THEN 2 \
    WHEN EXISTS (SELECT 1 FROM keys WHERE coll <> 'BINARY') \
    OR NOT EXISTS (SELECT 1 FROM kept WHERE sql LIKE '%COLLATE%') THEN 3 ELSE 1 END AS number";

/// Whether the database lets no two rows have the same value in the column.
pub(super) fn uniqueness(connection: &mut SqliteConnection, table: TableName, column: &str) -> Uniqueness {
    let query = diesel::sql_query(UNIQUENESS).bind::<Text, _>(name(table)).bind::<Text, _>(column);
    query.get_result::<CountRow>(connection).map_or(Uniqueness::Unknown, |found| Uniqueness::of(found.number))
}

/// Whether the texts of a column are spelt in ways that are in no order beside each other: with a blank or a `T` before the
/// time, with a `Z` behind fractions of other lengths, or with other offsets.
const SPELLINGS: &str = "SELECT COALESCE(MIN(form) <> MAX(form), 0) AS number FROM (SELECT typeof({column})     || CASE WHEN substr({column}, 5, 1) = '-' THEN substr({column}, 11, 1) ELSE '' END     || CASE WHEN substr({column}, -1) = 'Z' THEN 'Z' || length({column})     WHEN substr({column}, -6, 1) IN ('+', '-') THEN substr({column}, -6) ELSE '' END AS form     FROM {table} WHERE {column} IS NOT NULL AND restless_goes_on())";

/// Whether the points in time of a column have to be put in order by what their texts mean; what cannot be found out in time
/// is taken to be as usual.
pub(super) fn mixes_spellings(connection: &mut SqliteConnection, table: TableName, column: &str) -> bool {
    let quoted = |name: &str| format!("`{}`", name.replace('`', "``"));
    let query = SPELLINGS.replace("{column}", &quoted(column)).replace("{table}", &quoted(&name(table)));
    diesel::sql_query(query).get_result::<CountRow>(connection).is_ok_and(|found| found.number > 0)
}

/// The table's name, without quotes.
fn name(table: TableName) -> String {
    let mut name = SqliteQueryBuilder::new();
    // A table's name has nothing that could fail to be written.
    let _ = QueryFragment::<Sqlite>::to_sql(table.on::<Sqlite>(), &mut name, &Sqlite);
    name.finish().trim_matches('`').trim_matches('"').to_owned()
}
