//! Connections that belong to the threads that serve HTTP, for reads of bounded cost.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use diesel::sqlite::SqliteConnection;

use super::connect::{self, Purpose, SqliteUrl};

/// The identity of a pool, for as long as it lives.
#[derive(Debug, Clone, Default)]
pub(super) struct PoolId(Arc<()>);

struct Local {
    pool: Weak<()>,
    connection: SqliteConnection,
}

thread_local! {
    static CONNECTIONS: RefCell<HashMap<usize, Local>> = RefCell::default();
}

/// Lends this thread's connection of the pool; `None` if there is none to be had just now.
pub(super) fn with<T>(pool: &PoolId, url: &SqliteUrl, work: impl FnOnce(&mut SqliteConnection) -> T) -> Option<T> {
    let mut connection = take(pool, url)?;
    let outcome = work(&mut connection);
    put_back(pool, connection);
    Some(outcome)
}

fn take(pool: &PoolId, url: &SqliteUrl) -> Option<SqliteConnection> {
    let local = CONNECTIONS.with_borrow_mut(|connections| {
        let key = Arc::as_ptr(&pool.0) as usize;
        let local = connections.remove(&key)?;
        local.pool.upgrade().map(|_| local.connection)
    });
    local.or_else(|| connect::open(url, Purpose::Inline, Duration::ZERO).ok())
}

fn put_back(pool: &PoolId, connection: SqliteConnection) {
    CONNECTIONS.with_borrow_mut(|connections| {
        connections.retain(|_, local| local.pool.strong_count() > 0);
        let pool_pointer = Arc::downgrade(&pool.0);
        let local = Local { pool: pool_pointer, connection };
        connections.insert(Arc::as_ptr(&pool.0) as usize, local);
    });
}
