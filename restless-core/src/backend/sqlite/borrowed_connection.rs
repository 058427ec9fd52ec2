//! The writing connection in other hands: those of the thread that serves a request, or of the application's own code.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::connection::Connection as _;
use diesel::sqlite::{Sqlite, SqliteConnection};
use tokio::sync::oneshot;

use super::bound::Bound;
use super::session::SqliteSession;
use super::writer::{Acknowledge, Disposition};
use crate::backend::connection::OneOf as _;
use crate::backend::facts::Facts;
use crate::backend::{DatabaseConnection, Operation};
use crate::error::{Error, Errors};

/// The writing connection within a transaction of its own. The writer waits until it comes back; if nothing is said
/// about it by then, the transaction is taken back.
pub(super) struct BorrowedConnection(Option<Lent>);

/// What goes to and fro.
struct Lent {
    connection: SqliteConnection,
    facts: Facts,
    home: Sender<Returned>,
}

/// What comes back to the writer.
pub(super) struct Returned {
    pub(super) connection: SqliteConnection,
    pub(super) facts: Facts,
    pub(super) disposition: Disposition,
    pub(super) acknowledge: Option<Acknowledge>,
}

impl BorrowedConnection {
    pub(super) fn new(connection: SqliteConnection, facts: Facts) -> (Self, Receiver<Returned>) {
        let (home, returned) = bounded(1);
        (Self(Some(Lent { connection, facts, home })), returned)
    }

    /// Does something in the transaction, and waits until it is committed.
    pub(super) async fn write<O>(mut self, operation: &O, bound: Bound) -> Result<O::Output, Errors>
    where
        O: Operation<Sqlite>,
    {
        let Some(lent) = &mut self.0 else {
            return Err(Error::busy().into());
        };
        let output = {
            let session = SqliteSession::new(&mut lent.connection, &lent.facts).within(bound);
            operation.execute(&session).await?
        };
        let (sender, committed) = oneshot::channel();
        let acknowledge: Acknowledge = Box::new(move |outcome| {
            let _ = sender.send(outcome);
        });
        self.give_back(Disposition::Keep, Some(acknowledge));
        let outcome = committed.await;
        outcome.unwrap_or_else(|_| Err(Error::internal("the database thread is gone").into())).map(|()| output)
    }

    fn give_back(&mut self, disposition: Disposition, acknowledge: Option<Acknowledge>) {
        if let Some(Lent { connection, facts, home }) = self.0.take() {
            let _ = home.send(Returned { connection, facts, disposition, acknowledge });
        }
    }
}

impl Drop for BorrowedConnection {
    fn drop(&mut self) {
        self.give_back(Disposition::TakeBack, None);
    }
}

/// Lends a connection as the application's own code sees it. Another one stands in for it meanwhile.
pub(super) fn lend<T>(
    connection: &mut SqliteConnection,
    work: impl FnOnce(&mut DatabaseConnection) -> T,
) -> Result<T, Error> {
    let mut lent = std::mem::replace(connection, stand_in()?).into_any();
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut lent)));
    if let Some(returned) = SqliteConnection::of_any(lent) {
        *connection = returned;
    }
    outcome.map_err(|_| Error::internal("code that was given a connection panicked"))
}

/// A connection in the place of one that is in other hands.
pub(super) fn stand_in() -> Result<SqliteConnection, Error> {
    Ok(SqliteConnection::establish(":memory:")?)
}
