//! The one thread that writes: it takes all waiting writes into one transaction, those of several statements under
//! savepoints of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::Receiver;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager, TransactionManagerStatus};
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sqlite::SqliteConnection;
use tokio::sync::oneshot;

use super::borrowed_connection::{self, BorrowedConnection, Returned};
use super::checkpoints::Checkpoints;
use super::job::Turn;
use super::{message, savepoint, schema};
use crate::backend::Refused;
use crate::backend::facts::Facts;
use crate::dialect::Violation;
use crate::error::{Error, Errors};

type Transactions = AnsiTransactionManager;

/// How many writes share a transaction at most, so that none waits long for its commit.
const GROUP: usize = 64;

/// Tells the one who waits what came of a write, once its transaction is committed or has failed.
pub(super) type Acknowledge = Box<dyn FnOnce(Result<(), Errors>) + Send>;

/// A write of one request.
pub(super) trait Write: Send {
    /// Given a connection it does its work, from the beginning; given errors it passes them on. It tells whether its
    /// changes stay; `None` if nobody waits any more.
    fn run(&mut self, writing: Result<Writing<'_>, Errors>) -> Option<Disposition>;

    /// Tells the one who waits what came of it, once its transaction is committed or has failed.
    fn acknowledge(self: Box<Self>, committed: Result<(), Errors>);
}

/// A write that waits for the commit, and whether it is to be done again if the transaction is lost.
type Waiting = (Box<dyn Write>, Disposition);

/// The writing connection, and what is known of its tables.
pub(super) struct Writing<'a> {
    pub(super) connection: &'a mut SqliteConnection,
    pub(super) facts: &'a Facts,
}

/// A job for the writer.
pub(super) enum WriteJob {
    /// A write that may share a transaction.
    Grouped(Box<dyn Write>),
    /// A write that the thread which serves its request does itself.
    Lent(Turn, oneshot::Sender<Result<BorrowedConnection, Errors>>),
    /// The application's own code, with the connection to itself.
    Exclusive(Box<dyn FnOnce(&mut SqliteConnection) + Send>),
}

/// Whether a write's changes stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    Keep,
    TakeBack,
    /// The database itself has failed: nobody knows what it has taken back, the whole transaction perhaps.
    Lost,
}

/// The writing connection and what it knows of its database.
pub(super) struct Writer {
    connection: SqliteConnection,
    /// A database in memory has no log.
    checkpoints: Option<Checkpoints>,
    /// The greatest size of a group.
    group: usize,
    /// Whether a statement that fails may leave something behind.
    keeps_failures: bool,
    facts: Facts,
    /// The version of the schema that this holds for.
    version: Option<i64>,
}

impl Writer {
    pub(super) fn new(connection: SqliteConnection, checkpoints: Option<Checkpoints>) -> Self {
        Self { connection, checkpoints, group: 1, keeps_failures: true, facts: Facts::default(), version: None }
    }

    /// Serves jobs until the pool is gone.
    pub(super) fn serve(mut self, jobs: &Receiver<WriteJob>) {
        let mut next = jobs.recv().ok();
        while let Some(job) = next.take() {
            match job {
                WriteJob::Exclusive(work) => self.run_alone(work),
                WriteJob::Lent(turn, borrower) => self.lend(&turn, borrower),
                WriteJob::Grouped(first) => next = self.run_group(first, jobs),
            }
            next = next.or_else(|| jobs.recv().ok());
        }
    }

    fn run_alone(&mut self, work: Box<dyn FnOnce(&mut SqliteConnection) + Send>) {
        let connection = &mut self.connection;
        if catch_unwind(AssertUnwindSafe(|| work(connection))).is_err() {
            log::error!("code given to `Database::run` panicked");
        }
        self.roll_back();
    }

    /// Lends the connection within a transaction of its own.
    fn lend(&mut self, turn: &Turn, borrower: oneshot::Sender<Result<BorrowedConnection, Errors>>) {
        if !turn.start() {
            return;
        }
        match self.begin_loan() {
            Ok((borrowed, returned)) => {
                // Whoever does not take it any more gives it back by dropping it.
                let _ = borrower.send(Ok(borrowed));
                if let Ok(returned) = returned.recv() {
                    self.end_loan(returned);
                }
            }
            Err(errors) => {
                let _ = borrower.send(Err(errors));
            }
        }
        self.clean();
    }

    fn begin_loan(&mut self) -> Result<(BorrowedConnection, Receiver<Returned>), Errors> {
        Transactions::begin_transaction_sql(&mut self.connection, "BEGIN IMMEDIATE").map_err(refusal)?;
        self.learn();
        let connection = std::mem::replace(&mut self.connection, borrowed_connection::stand_in()?);
        Ok(BorrowedConnection::new(connection, std::mem::take(&mut self.facts)))
    }

    fn end_loan(&mut self, Returned { connection, facts, disposition, acknowledge }: Returned) {
        self.connection = connection;
        self.facts = facts;
        let ended = match disposition {
            Disposition::Keep => self.commit(),
            Disposition::TakeBack | Disposition::Lost => {
                Transactions::rollback_transaction(&mut self.connection).map_err(refusal)
            }
        };
        self.clean();
        if let Some(acknowledge) = acknowledge {
            acknowledge(ended);
        }
    }

    /// Runs the first write and those that wait behind it in one transaction. Gives back a job that needs another one.
    fn run_group(&mut self, mut first: Box<dyn Write>, jobs: &Receiver<WriteJob>) -> Option<WriteJob> {
        if let Err(errors) = self.begin_group() {
            if first.run(Err(errors)).is_some() {
                first.acknowledge(Ok(()));
            }
            self.clean();
            return None;
        }
        let mut left_over = None;
        let mut waiting = Vec::new();
        let mut settled = self.run_next(first, &mut waiting);
        while settled.is_ok() && waiting.len() < self.group {
            match jobs.try_recv() {
                Ok(WriteJob::Grouped(write)) => settled = self.run_next(write, &mut waiting),
                other => {
                    left_over = other.ok();
                    break;
                }
            }
        }
        let outcome = match settled {
            Ok(()) => self.commit(),
            Err(_) => self.repeat(&mut waiting),
        };
        self.end_group(waiting, &outcome);
        left_over
    }

    fn begin_group(&mut self) -> Result<(), Errors> {
        Transactions::begin_transaction_sql(&mut self.connection, "BEGIN IMMEDIATE").map_err(refusal)?;
        self.learn();
        Ok(())
    }

    fn end_group(&mut self, waiting: Vec<Waiting>, outcome: &Result<(), Errors>) {
        self.clean();
        let writes = waiting.len();
        for (write, _) in waiting {
            write.acknowledge(outcome.clone());
        }
        if let Some(checkpoints) = &mut self.checkpoints {
            checkpoints.count(writes, &mut self.connection);
        }
    }

    fn commit(&mut self) -> Result<(), Errors> {
        Transactions::commit_transaction(&mut self.connection).map_err(unkept)
    }

    /// Runs one write. An error means that the whole transaction is lost.
    fn run_next(&mut self, mut write: Box<dyn Write>, waiting: &mut Vec<Waiting>) -> QueryResult<()> {
        if self.keeps_failures {
            savepoint::open(&mut self.connection)?;
        }
        let disposition = self.run_one(&mut *write);
        waiting.extend(disposition.map(|disposition| (write, disposition)));
        self.finish(disposition.unwrap_or(Disposition::TakeBack))
    }

    fn run_one(&mut self, write: &mut dyn Write) -> Option<Disposition> {
        let writing = Writing { connection: &mut self.connection, facts: &self.facts };
        let outcome = catch_unwind(AssertUnwindSafe(|| write.run(Ok(writing))));
        outcome.unwrap_or_else(|_| {
            log::error!("a write panicked; its changes are taken back");
            None
        })
    }

    fn finish(&mut self, disposition: Disposition) -> QueryResult<()> {
        match disposition {
            Disposition::Keep => savepoint::keep(&mut self.connection),
            Disposition::Lost if !savepoint::is_open(&mut self.connection) => Err(DieselError::RollbackTransaction),
            Disposition::TakeBack | Disposition::Lost => savepoint::take_back(&mut self.connection),
        }
    }

    /// Does the writes of a lost transaction again, each under a savepoint of its own, so that the one that failed takes
    /// none of the others with it.
    fn repeat(&mut self, waiting: &mut [Waiting]) -> Result<(), Errors> {
        self.clean();
        self.begin_group()?;
        for (write, disposition) in waiting.iter_mut().filter(|(_, disposition)| *disposition != Disposition::TakeBack)
        {
            savepoint::open(&mut self.connection).map_err(refusal)?;
            *disposition = self.run_one(&mut **write).unwrap_or(Disposition::TakeBack);
            self.finish(*disposition).map_err(refusal)?;
        }
        self.commit()
    }

    /// Looks at the schema if it has changed. Constraints that are checked at the commit would let one bad write take
    /// its whole group with it.
    fn learn(&mut self) {
        let version = schema::version(&mut self.connection);
        if version.is_some() && version == self.version {
            return;
        }
        let is_deferred = schema::has_deferred_constraints(&mut self.connection);
        self.group = if is_deferred { 1 } else { GROUP };
        self.keeps_failures = schema::keeps_failures(&mut self.connection);
        self.facts = Facts::default();
        self.version = version;
    }

    /// Rolls back whatever is still open, so that the next job finds the connection clean.
    fn clean(&mut self) {
        let status = Transactions::transaction_manager_status_mut(&mut self.connection);
        if matches!(status.transaction_depth(), Ok(None)) {
            return;
        }
        self.roll_back();
    }

    /// Ends whatever transaction there is, one that Diesel does not know of too.
    fn roll_back(&mut self) {
        *Transactions::transaction_manager_status_mut(&mut self.connection) = TransactionManagerStatus::default();
        // It fails when there is none, or the database has rolled back already, which is as good.
        let _ = self.connection.batch_execute("ROLLBACK");
    }
}

/// What it means that a transaction cannot begin or go on; nothing of it is kept.
fn refusal(error: DieselError) -> Errors {
    let Refused { violation, cause } = message::refused(error);
    let refusal = match violation {
        Violation::Busy => Error::contended().with_cause(cause),
        Violation::ForeignKey => Error::conflict("a resource that others refer to would be missing").with_cause(cause),
        Violation::ReadOnly => Error::read_only_database().with_cause(cause),
        _ => Error::unreachable_database(cause),
    };
    refusal.into()
}

/// What it means that a transaction cannot be committed. SQLite itself takes back what it has refused, or had no room
/// for; of what the disk has made of the rest nobody knows.
fn unkept(error: DieselError) -> Errors {
    let is_unknown = matches!(&error, DieselError::DatabaseError(_, said) if message::is_of_the_disk(said.message()));
    if is_unknown { Error::outcome_unknown(error).into() } else { refusal(error) }
}

#[cfg(test)]
mod tests {
    use diesel::result::DatabaseErrorKind;

    use super::*;

    #[test]
    fn tells_a_commit_that_was_refused_from_one_of_which_nobody_knows() {
        let told = |kind, message: &str| unkept(DieselError::DatabaseError(kind, Box::new(message.to_owned())));
        let unknown = told(DatabaseErrorKind::Unknown, "disk I/O error");
        assert_eq!(unknown.iter().next().and_then(Error::code), Some("outcome_unknown"));
        assert!(!unknown.is_temporary());
        assert!(told(DatabaseErrorKind::Unknown, "database or disk is full").is_temporary());
        assert_eq!(told(DatabaseErrorKind::Unknown, "database is locked").status().code(), 409);
        assert_eq!(told(DatabaseErrorKind::ForeignKeyViolation, "FOREIGN KEY constraint failed").status().code(), 409);
    }
}
