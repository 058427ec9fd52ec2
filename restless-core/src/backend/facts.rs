//! What is known of the tables, so that it is asked for once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Instant;

use crate::dialect::TableName;

/// Something that a table is, or that one of its columns is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fact {
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    ReturnsWhatItKeeps,
    ChecksForeignKey(&'static str),
    IsUnique(&'static str),
    #[cfg(feature = "sqlite")]
    MixesSpellings(&'static str),
}

/// How long something is taken for known that others may change with every row.
#[cfg(feature = "sqlite")]
const FRESH: std::time::Duration = std::time::Duration::from_secs(60);

/// What is known of tables, by their addresses: each table of a schema is one static.
#[derive(Debug, Default)]
pub(super) struct Facts(RefCell<HashMap<(usize, Fact), (bool, Instant)>>);

impl Facts {
    /// What is known, or what `ask` finds out.
    pub(super) async fn know(&self, table: TableName, fact: Fact, ask: impl Future<Output = bool>) -> bool {
        let key = (table.address(), fact);
        if let Some((known, _)) = self.0.borrow().get(&key) {
            return *known;
        }
        let found = ask.await;
        self.0.borrow_mut().insert(key, (found, Instant::now()));
        found
    }

    /// The same of what is asked for again after a while.
    #[cfg(feature = "sqlite")]
    pub(super) async fn know_for_now(&self, table: TableName, fact: Fact, ask: impl Future<Output = bool>) -> bool {
        self.0.borrow_mut().retain(|(_, known), (_, since)| *known != fact || since.elapsed() < FRESH);
        self.know(table, fact, ask).await
    }
}
