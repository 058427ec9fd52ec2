//! What is known of the tables, so that it is asked for once.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::dialect::Dialect;
use crate::resource_type::TableName;

/// Something that a table is, or that one of its columns is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fact {
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    ReturnsWhatItKeeps,
    ChecksForeignKey(&'static str),
    IsUnique(&'static str),
}

/// What is known of tables, by their addresses: each table of a schema is one static.
#[derive(Debug, Default)]
pub(super) struct Facts(RefCell<HashMap<(usize, Fact), bool>>);

impl Facts {
    /// What is known, or what `ask` finds out.
    pub(super) async fn know<DB: Dialect>(
        &self,
        table: TableName<DB>,
        fact: Fact,
        ask: impl Future<Output = bool>,
    ) -> bool {
        let key = (std::ptr::from_ref(table).cast::<()>() as usize, fact);
        if let Some(known) = self.0.borrow().get(&key) {
            return *known;
        }
        let found = ask.await;
        self.0.borrow_mut().insert(key, found);
        found
    }
}
