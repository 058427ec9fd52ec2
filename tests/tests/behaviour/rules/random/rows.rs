//! The rows of the whole database, and how they differ.

use std::collections::BTreeMap;

use restless_actix::DatabaseConnection;

use crate::server::Server;

/// A row: the values of its columns, by their names.
pub type Row = BTreeMap<&'static str, Option<String>>;

/// The tables and their columns, those of the key first.
pub const TABLES: [(&str, &[&str]); 5] = [
    ("agent", &["id", "name", "tenant"]),
    ("ticket", &["id", "name", "tenant", "reporter_id", "assignee_id"]),
    ("badge", &["id", "name", "tenant", "agent_id"]),
    ("team", &["id", "name", "tenant"]),
    ("team_agent", &["team_id", "agent_id"]),
];

/// Every row, by its table and key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows(BTreeMap<(&'static str, String), Row>);

/// What has become of a row.
#[derive(Debug)]
pub enum Difference {
    Inserted(&'static str, Row),
    Deleted(&'static str, Row),
    Updated { table: &'static str, before: Row, after: Row },
}

impl Rows {
    /// Reads all of them.
    pub fn read(server: &Server, connection: &mut DatabaseConnection) -> Self {
        let queries = TABLES.iter().map(|(table, columns)| {
            let columns: Vec<_> =
                columns.iter().map(|column| format!("COALESCE(CAST({column} AS TEXT), '')")).collect();
            format!("SELECT '{table}' || ',' || {} AS value FROM {table}", columns.join(" || ',' || "))
        });
        let query = queries.collect::<Vec<_>>().join(" UNION ALL ");
        let lines = server.values_by(connection, &query);
        Self(lines.iter().flatten().map(|line| row(line)).collect())
    }

    /// The row of a table with that key.
    pub fn get(&self, table: &'static str, key: &str) -> Option<&Row> {
        self.0.get(&(table, key.to_owned()))
    }

    /// What has changed since.
    pub fn until(&self, later: &Self) -> Vec<Difference> {
        let gone = self.0.iter().filter(|(key, _)| !later.0.contains_key(key));
        let gone = gone.map(|((table, _), row)| Difference::Deleted(table, row.clone()));
        let changed = later.0.iter().filter_map(|(key, row)| match self.0.get(key) {
            None => Some(Difference::Inserted(key.0, row.clone())),
            Some(before) if before == row => None,
            Some(before) => Some(Difference::Updated { table: key.0, before: before.clone(), after: row.clone() }),
        });
        gone.chain(changed).collect()
    }
}

/// A row as the query gives it.
fn row(line: &str) -> ((&'static str, String), Row) {
    let mut cells = line.split(',');
    let name = cells.next().unwrap_or_default();
    let (table, columns) = TABLES.iter().find(|(table, _)| *table == name).expect("a table of the desk");
    let cells = cells.map(|cell| (!cell.is_empty()).then(|| cell.to_owned()));
    let row: Row = columns.iter().copied().zip(cells).collect();
    let key = columns.iter().filter(|column| **column == "id" || *table == "team_agent");
    let key: Vec<_> = key.map(|column| row[column].clone().unwrap_or_default()).collect();
    ((table, key.join("-")), row)
}
