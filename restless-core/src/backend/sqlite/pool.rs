//! The threads and connections of one SQLite database.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::connection::SimpleConnection as _;
use diesel::sqlite::{Sqlite, SqliteConnection};
use tokio::sync::oneshot;

use super::borrowed_connection::{BorrowedConnection, lend};
use super::bound::Bound;
use super::checkpoints::Checkpoints;
use super::connect::{self, Purpose, SqliteUrl};
use super::inline::{self, PoolId};
use super::job::{Turn, await_result};
use super::reader::{self, ReadJob};
use super::schema;
use super::session::SqliteSession;
use super::writer::{Disposition, Write, WriteJob, Writer, Writing};
use crate::backend::facts::Facts;
use crate::backend::start::wait_for;
use crate::backend::timeouts::StatementTimeouts;
use crate::backend::transaction::refuse_within;
use crate::backend::{Access, AskAtStart, DatabaseConnection, Operation, Pool, Uniqueness};
use crate::dialect::TableName;
use crate::error::{Error, Errors};

/// How many jobs may wait for a thread before a request is turned away.
const QUEUE: usize = 4096;

/// How the pool is to be set up.
#[derive(Debug, Clone)]
pub(crate) struct SqliteOptions {
    pub(crate) url: SqliteUrl,
    /// Reading connections, besides the one that writes.
    pub(crate) readers: usize,
    /// How long a request waits for a connection.
    pub(crate) acquire_timeout: Duration,
    pub(crate) timeouts: StatementTimeouts,
    /// How long a write waits for another process that writes.
    pub(crate) lock_timeout: Duration,
    /// Whether everything that one request reads is of the same moment.
    pub(crate) has_snapshots: bool,
}

/// Readers and a writer; of a database in memory one connection for both, which is what its users share.
pub(crate) struct SqlitePool {
    options: SqliteOptions,
    id: PoolId,
    reads: Option<Sender<ReadJob>>,
    writes: Sender<WriteJob>,
}

impl SqlitePool {
    /// Opens the connections, the writing one first: it creates the file and puts it into WAL mode.
    pub(crate) fn open(options: SqliteOptions) -> Result<Self, Error> {
        let connection = connect::open(&options.url, Purpose::Write, options.lock_timeout)?;
        let (checkpoints, reads) = match options.url {
            SqliteUrl::Memory => (None, None),
            SqliteUrl::File(_) => (Some(open_checkpoints(&options)?), Some(open_readers(&options)?)),
        };
        let writer = Writer::new(connection, checkpoints);
        let (writes, jobs) = bounded(QUEUE);
        spawn("restless-sqlite-writer", move || writer.serve(&jobs))?;
        Ok(Self { options, id: PoolId::default(), reads, writes })
    }

    /// Runs the application's own code on the writing connection.
    pub(crate) async fn exclusive<T, F>(&self, work: F) -> Result<T, Errors>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static,
    {
        self.alone(|connection, _| lend(connection, work)).await?.map_err(Into::into)
    }

    /// Runs something that has the writing connection to itself.
    async fn alone<T, F>(&self, work: F) -> Result<T, Errors>
    where
        T: Send + 'static,
        F: FnOnce(&mut SqliteConnection, Turn) -> T + Send + 'static,
    {
        refuse_within(self)?;
        let (turn, sender, receiver) = ticket();
        let started = turn.clone();
        let job = WriteJob::Exclusive(Box::new(move |connection| {
            if started.start() {
                let _ = sender.send(Ok(work(connection, started)));
            }
        }));
        self.writes.try_send(job).map_err(|_| Error::busy())?;
        await_result(turn, receiver, self.options.acquire_timeout).await
    }

    /// Runs a read: on this thread if it is short, else on a reader's.
    async fn read<O>(&self, operation: O) -> Result<O::Output, Errors>
    where
        O: Operation<Sqlite> + Send,
        O::Output: Send,
    {
        let timeout = self.options.timeouts.read;
        let Some(reads) = &self.reads else {
            let bound = move |turn| Bound { timeout, turn: Some(turn) };
            return self.alone(move |connection, turn| read(&operation, connection, bound(turn))).await?;
        };
        let (turn, sender, receiver) = ticket();
        let (started, has_snapshots) = (turn.clone(), self.options.has_snapshots);
        let job: ReadJob = Box::new(move |connection| {
            if started.start() {
                let bound = Bound { timeout, turn: Some(started) };
                let _ = sender.send(if has_snapshots {
                    snapshot(&operation, connection, bound)
                } else {
                    read(&operation, connection, bound)
                });
            }
        });
        reads.try_send(job).map_err(|_| Error::busy())?;
        await_result(turn, receiver, self.options.acquire_timeout).await
    }

    fn read_inline<O: Operation<Sqlite>>(&self, operation: &O) -> Result<O::Output, Errors> {
        let bound = Bound { timeout: self.options.timeouts.read, turn: None };
        let outcome = inline::with(&self.id, &self.options.url, |connection| read(operation, connection, bound));
        outcome.unwrap_or_else(|| Err(Error::busy().into()))
    }

    /// What holds for a write, which is finished though nobody may wait for it.
    const fn bound_of_writes(&self) -> Bound {
        Bound { timeout: self.options.timeouts.write, turn: None }
    }

    /// Borrows the writing connection for something that this thread does.
    async fn borrow(&self) -> Result<BorrowedConnection, Errors> {
        let (turn, sender, receiver) = ticket();
        let job = WriteJob::Lent(turn.clone(), sender);
        self.writes.try_send(job).map_err(|_| Error::busy())?;
        await_result(turn, receiver, self.options.acquire_timeout).await
    }

    async fn write<O>(&self, operation: O) -> Result<O::Output, Errors>
    where
        O: Operation<Sqlite> + Send,
        O::Output: Send,
    {
        let (turn, sender, receiver) = ticket();
        let (bound, started) = (self.bound_of_writes(), Some(turn.clone()));
        let write = OperationWrite { operation, bound, turn: started, sender, outcome: None };
        self.writes.try_send(WriteJob::Grouped(Box::new(write))).map_err(|_| Error::busy())?;
        let (outcome, _) = await_result(turn, receiver, self.options.acquire_timeout).await?;
        outcome
    }
}

/// What comes back of a write: the operation too, since memory is best freed on the thread where it was taken.
type Answer<O> = Result<(Result<<O as Operation<Sqlite>>::Output, Errors>, O), Errors>;

/// A write of one request that shares a transaction with others.
struct OperationWrite<O: Operation<Sqlite>> {
    operation: O,
    bound: Bound,
    /// Taken by the first run.
    turn: Option<Turn>,
    sender: oneshot::Sender<Answer<O>>,
    outcome: Option<Result<O::Output, Errors>>,
}

impl<O> Write for OperationWrite<O>
where
    O: Operation<Sqlite> + Send,
    O::Output: Send,
{
    fn run(&mut self, writing: Result<Writing<'_>, Errors>) -> Option<Disposition> {
        if self.turn.take().is_some_and(|turn| !turn.start()) {
            return None;
        }
        let outcome = writing.and_then(|writing| write(&self.operation, writing, self.bound.clone()));
        let disposition = match &outcome {
            Ok(_) => Disposition::Keep,
            Err(errors) if errors.status().is_server_error() => Disposition::Lost,
            Err(_) => Disposition::TakeBack,
        };
        self.outcome = Some(outcome);
        Some(disposition)
    }

    fn acknowledge(self: Box<Self>, committed: Result<(), Errors>) {
        let Self { operation, sender, outcome, .. } = *self;
        if let Some(outcome) = outcome {
            let _ = sender.send(Ok((outcome.and_then(|output| committed.map(|()| output)), operation)));
        }
    }
}

impl Pool<Sqlite> for SqlitePool {
    async fn run<O>(&self, operation: O) -> Result<O::Output, Errors>
    where
        O: Operation<Sqlite> + Send,
        O::Output: Send,
    {
        match operation.access() {
            Access::ReadOne if self.reads.is_some() => self.read_inline(&operation),
            Access::ReadOne | Access::Read => self.read(operation).await,
            Access::Write => self.write(operation).await,
        }
    }

    /// An operation that has begun is finished, though its client may be gone.
    async fn run_here<O: Operation<Sqlite>>(&self, operation: O) -> Result<O::Output, Errors> {
        let (borrowed, bound) = (self.borrow().await?, self.bound_of_writes());
        let ran = tokio::task::spawn_local(async move { borrowed.write(&operation, bound).await }).await;
        ran.unwrap_or_else(|_| Err(Error::internal("an operation panicked").into()))
    }
}

impl AskAtStart<Sqlite> for SqlitePool {
    fn uniqueness(&self, table: TableName, column: &'static str) -> Uniqueness {
        let asked =
            wait_for(async || self.alone(move |connection, _| schema::uniqueness(connection, table, column)).await);
        asked.and_then(Result::ok).unwrap_or(Uniqueness::Unknown)
    }
}

type Ticket<T> = (Turn, oneshot::Sender<Result<T, Errors>>, oneshot::Receiver<Result<T, Errors>>);

fn ticket<T>() -> Ticket<T> {
    let (sender, receiver) = oneshot::channel();
    (Turn::default(), sender, receiver)
}

/// Runs a write to its end on this thread: with SQLite nothing that it awaits is ever pending.
fn write<O>(operation: &O, Writing { connection, facts }: Writing<'_>, bound: Bound) -> Result<O::Output, Errors>
where
    O: Operation<Sqlite>,
{
    pollster::block_on(operation.execute(&SqliteSession::grouped(connection, facts).within(bound)))
}

/// The same for an operation that only reads.
fn read<O>(operation: &O, connection: &mut SqliteConnection, bound: Bound) -> Result<O::Output, Errors>
where
    O: Operation<Sqlite>,
{
    pollster::block_on(operation.execute(&SqliteSession::new(connection, &Facts::default()).within(bound)))
}

/// The same, with everything that it reads from one moment.
fn snapshot<O>(operation: &O, connection: &mut SqliteConnection, bound: Bound) -> Result<O::Output, Errors>
where
    O: Operation<Sqlite>,
{
    connection.batch_execute("BEGIN").map_err(Error::unreachable_database)?;
    let outcome = read(operation, connection, bound);
    connection.batch_execute("COMMIT").map_err(Error::unreachable_database)?;
    outcome
}

fn open_checkpoints(options: &SqliteOptions) -> Result<Checkpoints, Error> {
    Checkpoints::start(connect::open(&options.url, Purpose::Read, options.acquire_timeout)?)
}

fn open_readers(options: &SqliteOptions) -> Result<Sender<ReadJob>, Error> {
    let (reads, jobs): (_, Receiver<ReadJob>) = bounded(QUEUE);
    for number in 0..options.readers {
        let (jobs, url, acquire_timeout) = (jobs.clone(), options.url.clone(), options.acquire_timeout);
        let open = move || connect::open(&url, Purpose::Read, acquire_timeout);
        let connection = open()?;
        let again = move || open().inspect_err(|error| log::error!("a reader ends: {error}")).ok();
        spawn(&format!("restless-sqlite-reader-{number}"), move || reader::serve(connection, &jobs, again))?;
    }
    Ok(reads)
}

pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map(drop).map_err(Error::internal)
}
