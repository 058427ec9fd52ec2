//! What the information schema of MySQL says of the tables.

use diesel::mysql::{Mysql, MysqlQueryBuilder};
use diesel::query_builder::{QueryBuilder as _, QueryFragment};

use super::client::MysqlClient;
use crate::backend::Uniqueness;
use crate::backend::server::Constraint;
use crate::dialect::TableName;

/// A foreign key of this column alone; MySQL checks it with the statement.
const CHECKS: &str = "SELECT COUNT(*) AS number FROM information_schema.KEY_COLUMN_USAGE u \
    WHERE u.TABLE_SCHEMA = DATABASE() AND u.TABLE_NAME = ? AND u.COLUMN_NAME = ? \
    AND u.REFERENCED_TABLE_NAME IS NOT NULL AND NOT EXISTS (SELECT 1 FROM information_schema.KEY_COLUMN_USAGE o \
    WHERE o.CONSTRAINT_SCHEMA = u.CONSTRAINT_SCHEMA AND o.TABLE_NAME = u.TABLE_NAME \
    AND o.CONSTRAINT_NAME = u.CONSTRAINT_NAME AND o.ORDINAL_POSITION > 1)";

/// An index over this column alone. One over the beginnings of the values lets even fewer of them be equal.
const UNIQUENESS: &str = "SELECT CASE \
    WHEN NOT EXISTS (SELECT 1 FROM information_schema.TABLES t \
    WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME = ?) THEN 0 \
    WHEN EXISTS (SELECT 1 FROM information_schema.STATISTICS s \
    WHERE s.TABLE_SCHEMA = DATABASE() AND s.TABLE_NAME = ? AND s.COLUMN_NAME = ? AND s.NON_UNIQUE = 0 \
    AND NOT EXISTS (SELECT 1 FROM information_schema.STATISTICS o WHERE o.TABLE_SCHEMA = s.TABLE_SCHEMA \
    AND o.TABLE_NAME = s.TABLE_NAME AND o.INDEX_NAME = s.INDEX_NAME AND o.SEQ_IN_INDEX > 1)) THEN 3 \
    WHEN EXISTS (SELECT 1 FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME = ? \
    AND t.TABLE_TYPE = 'BASE TABLE') THEN 2 ELSE 1 END AS number";

/// Whether the database lets no two rows have the same value in the column.
pub(super) async fn uniqueness(client: &mut MysqlClient, table: TableName, column: &str) -> Uniqueness {
    let table = name(table);
    let found = number(client, UNIQUENESS, &[&table, &table, column, &table]).await;
    found.map_or(Uniqueness::Unknown, Uniqueness::of)
}

const SETTLES: &str = "SELECT COUNT(*) AS number FROM information_schema.KEY_COLUMN_USAGE u \
    JOIN information_schema.REFERENTIAL_CONSTRAINTS r \
    ON r.CONSTRAINT_SCHEMA = u.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = u.CONSTRAINT_NAME \
    AND r.TABLE_NAME = u.TABLE_NAME \
    WHERE u.TABLE_SCHEMA = DATABASE() AND u.TABLE_NAME = ? AND u.COLUMN_NAME = ? \
    AND r.DELETE_RULE IN ('CASCADE', 'SET NULL', 'SET DEFAULT')";

/// The columns of an index by its name, and the text of a check. The check of a column is called `table.column` by some
/// versions, and by the column alone in the information schema.
const CONSTRAINED: &str = "SELECT COLUMN_NAME AS text FROM information_schema.STATISTICS \
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND INDEX_NAME = ? \
    UNION ALL SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS \
    WHERE CONSTRAINT_SCHEMA = DATABASE() AND CONSTRAINT_NAME = ?";

/// The columns of a constraint, and other words of what it checks.
pub(super) async fn columns(
    client: &mut MysqlClient,
    table: TableName,
    Constraint { name: own, .. }: &Constraint,
) -> Vec<String> {
    let texts = client.ask::<String>(CONSTRAINED, &[&name(table), own, own]).await.unwrap_or_default();
    texts.iter().flat_map(|text| words(text)).map(str::to_owned).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty())
}

/// Whether a value of the column that refers to no row is refused at once.
pub(super) async fn checks_foreign_key(client: &mut MysqlClient, table: TableName, column: &str) -> bool {
    number(client, CHECKS, &[&name(table), column]).await.is_some_and(|number| number > 0)
}

/// Whether the foreign key in a column says what becomes of its rows when the one that they refer to is deleted.
pub(super) async fn settles_on_delete(client: &mut MysqlClient, table: TableName, column: &str) -> bool {
    number(client, SETTLES, &[&name(table), column]).await.is_some_and(|number| number > 0)
}

async fn number(client: &mut MysqlClient, question: &str, values: &[&str]) -> Option<i64> {
    client.ask(question, values).await.ok()?.into_iter().next()
}

/// The table's name, without quotes and without its schema.
fn name(table: TableName) -> String {
    let mut name = MysqlQueryBuilder::default();
    // A table's name has nothing that could fail to be written.
    let _ = QueryFragment::<Mysql>::to_sql(table.on::<Mysql>(), &mut name, &Mysql);
    let name = name.finish();
    name.rsplit("`.`").next().unwrap_or_default().trim_matches('`').to_owned()
}
