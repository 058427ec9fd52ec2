//! One write among those that share a transaction.

use std::num::NonZeroU32;

use diesel::QueryResult;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::sqlite::SqliteConnection;

type Transactions = AnsiTransactionManager;

/// Makes what follows one with what else the write does.
pub(super) fn open(connection: &mut SqliteConnection) -> QueryResult<()> {
    if is_open(connection) { Ok(()) } else { Transactions::begin_transaction(connection) }
}

/// Keeps what was done since the savepoint, if there is one.
pub(super) fn keep(connection: &mut SqliteConnection) -> QueryResult<()> {
    if is_open(connection) { Transactions::commit_transaction(connection) } else { Ok(()) }
}

/// Takes back what was done since the savepoint, if there is one.
pub(super) fn take_back(connection: &mut SqliteConnection) -> QueryResult<()> {
    if is_open(connection) { Transactions::rollback_transaction(connection) } else { Ok(()) }
}

/// Whether there is more than the transaction itself.
pub(super) fn is_open(connection: &mut SqliteConnection) -> bool {
    let depth = Transactions::transaction_manager_status_mut(connection).transaction_depth();
    depth.ok().flatten().map_or(0, NonZeroU32::get) > 1
}
