//! How long a statement may run. SQLite has no such limit, and Diesel gives no handle to interrupt it, so that statements
//! which may be long call a function of ours with each row: it fails once there is a reason to.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Bool;
use diesel::sqlite::Sqlite;

use super::job::Turn;

/// What SQLite says of a statement that has been stopped.
pub(super) const STOPPED: &str = "the statement has been stopped";

/// With every so many calls it is asked for the reasons; to tell the time costs as much as a call.
const INTERVAL: u32 = 16;

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
    static TURN: RefCell<Option<Turn>> = const { RefCell::new(None) };
}

/// What ends a statement before it has come to its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    /// How long it may run.
    pub(super) timeout: Option<Duration>,
    /// The job that it is part of: when nobody waits for that any more, it is in vain.
    pub(super) turn: Option<Turn>,
}

impl Bound {
    /// Holds for the statements that this thread runs, until the value that it gives is dropped.
    pub(super) fn begin(&self) -> Running {
        DEADLINE.set(self.timeout.and_then(|timeout| Instant::now().checked_add(timeout)));
        TURN.set(self.turn.clone());
        Running
    }
}

/// The time while a statement runs.
pub(super) struct Running;

impl Drop for Running {
    fn drop(&mut self) {
        DEADLINE.set(None);
        TURN.set(None);
    }
}

/// Whether the statement that this thread runs goes on: true or an error.
#[derive(Debug)]
pub(super) struct GoesOn(bool);

impl ToSql<Bool, Sqlite> for GoesOn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        if !self.0 {
            return Err(STOPPED.into());
        }
        out.set_value(1);
        Ok(IsNull::No)
    }
}

pub(super) fn goes_on() -> GoesOn {
    let calls = CALLS.get().wrapping_add(1);
    CALLS.set(calls);
    GoesOn(!calls.is_multiple_of(INTERVAL) || !is_over())
}

fn is_over() -> bool {
    DEADLINE.get().is_some_and(|deadline| Instant::now() >= deadline)
        || TURN.with_borrow(|turn| turn.as_ref().is_some_and(Turn::is_abandoned))
}
