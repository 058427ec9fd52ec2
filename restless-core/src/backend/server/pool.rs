//! The connections of every thread to one server.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use super::lane::{Lane, Lease, Traffic};
use super::session::{Fate, ServerSession};
use super::tally::Tallies;
use super::{Driver, ServerOptions};
use crate::backend::local::PoolId;
use crate::backend::start::wait_for;
use crate::backend::{Access, AskAtStart, DatabaseConnection, Operation, Pool, Refused, Session as _, Uniqueness};
use crate::dialect::Violation;
use crate::error::{Error, Errors};
use crate::resource_type::TableName;

/// How a transaction begins that is isolated as all others are.
const BEGIN: &str = "BEGIN";

/// A statement that changes nothing.
const NOTHING: &str = "SELECT 1";

/// How often an operation that others were in the way of is tried.
const ATTEMPTS: u32 = 4;

/// Connections to a server; each thread has its own.
pub(crate) struct ServerPool<C> {
    options: Arc<ServerOptions>,
    id: PoolId,
    driver: std::marker::PhantomData<fn() -> C>,
}

/// The connections of one thread, by what they are for.
struct Lanes<C: Driver> {
    /// Reads of single rows by their keys, which do not wait for others.
    rows: Rc<Lane<C>>,
    reads: Rc<Lane<C>>,
    writes: Rc<Lane<C>>,
    tallies: Tallies<C::Identity>,
}

impl<C: Driver> Lanes<C> {
    fn new(options: &ServerOptions) -> Self {
        let sum: usize = C::SHARES.iter().sum();
        let share = |index: usize| (options.connections * C::SHARES[index] / sum).max(1);
        let depth = C::DEPTH;
        let rows = Traffic { connections: share(0), depth, spread: depth.div_ceil(2) };
        let reads = Traffic { connections: share(1), depth, spread: depth.div_ceil(16) };
        let writes = Traffic { connections: share(2), depth: 1, spread: 1 };
        let lane = |traffic| Rc::new(Lane::new(traffic));
        Self { rows: lane(rows), reads: lane(reads), writes: lane(writes), tallies: Tallies::default() }
    }
}

impl<C: Driver> ServerPool<C> {
    /// Opens a connection, to see that the server is there.
    pub(crate) async fn open(options: ServerOptions) -> Result<Self, Error> {
        let opened = tokio::time::timeout(options.patience, C::open(&options)).await;
        opened.map_err(|_| Error::unreachable_database("it does not answer in time"))??;
        Ok(Self { options: Arc::new(options), id: PoolId::default(), driver: std::marker::PhantomData })
    }

    fn lanes(&self) -> Rc<Lanes<C>> {
        self.id.local(|| Lanes::new(&self.options))
    }

    /// Runs the application's own code on a writing connection, on a thread that may block.
    pub(crate) async fn exclusive<T, F>(&self, work: F) -> Result<T, Errors>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static,
    {
        let Some((connection, vacancy)) = self.living().await?.detach() else {
            return Err(Error::internal("a writing connection has two users").into());
        };
        let ran = tokio::task::spawn_blocking(move || connection.block_on(work)).await;
        let (connection, outcome) = ran.map_err(Error::internal)?;
        if let Some(connection) = connection {
            vacancy.fill(connection);
        }
        outcome.map_err(|_| Error::internal("code given to `Database::run` panicked").into())
    }

    /// A writing connection whose server is there: the application's own code cannot be run a second time.
    async fn living(&self) -> Result<Lease<C>, Error> {
        let lane = &self.lanes().writes;
        let mut attempt = 1;
        loop {
            let lease = lane.acquire(&self.options).await?;
            if C::KNOWS_ITS_STATE {
                return Ok(lease);
            }
            let Some(connection) = lease.slot().connection() else {
                return Err(Error::internal("a writing connection has two users"));
            };
            match connection.batch(NOTHING).await {
                Ok(()) => return Ok(lease),
                Err(error) if attempt > 1 => return Err(Error::unreachable_database(error)),
                Err(_) => lease.retire(),
            }
            lane.retire_idle();
            attempt += 1;
        }
    }
}

/// It is asked on a connection of its own, which ends with the answer.
impl<C: Driver> AskAtStart<C::Dialect> for ServerPool<C> {
    fn uniqueness(&self, table: TableName<C::Dialect>, column: &'static str) -> Uniqueness {
        let asked = wait_for(async || {
            let answer = async { C::open(&self.options).await.ok()?.uniqueness(table, column).await.into() };
            tokio::time::timeout(self.options.patience, answer).await.ok().flatten()
        });
        asked.flatten().unwrap_or(Uniqueness::Unknown)
    }
}

impl<C: Driver> Pool<C::Dialect> for ServerPool<C> {
    /// An operation that has begun is finished, though its client may be gone: the connection comes home clean.
    async fn run<O>(&self, operation: O) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect> + Send,
        O::Output: Send,
    {
        self.run_here(operation).await
    }

    async fn run_here<O: Operation<C::Dialect>>(&self, operation: O) -> Result<O::Output, Errors> {
        let job = Job { lanes: self.lanes(), options: Arc::clone(&self.options) };
        let ran = tokio::task::spawn_local(job.start(operation)).await;
        ran.unwrap_or_else(|_| Err(Error::internal("an operation panicked").into()))
    }
}

/// What an operation needs to run on its own.
struct Job<C: Driver> {
    lanes: Rc<Lanes<C>>,
    options: Arc<ServerOptions>,
}

impl<C: Driver> Job<C> {
    /// The operation as the work of one task: in a box, since it is large and a task is moved several times.
    fn start<O: Operation<C::Dialect>>(self, operation: O) -> LocalBoxFuture<'static, Result<O::Output, Errors>> {
        async move { self.run(&operation).await }.boxed_local()
    }

    async fn run<O: Operation<C::Dialect>>(&self, operation: &O) -> Result<O::Output, Errors> {
        match operation.access() {
            Access::ReadOne => self.read(operation, &self.lanes.rows).await,
            Access::Read if self.options.has_snapshots => self.write(operation, C::BEGIN_SNAPSHOT).await,
            Access::Read => self.read(operation, &self.lanes.reads).await,
            Access::Write => self.write(operation, BEGIN).await,
        }
    }

    /// Reads; again if others were in the way, or if the connection turns out to be dead.
    async fn read<O>(&self, operation: &O, lane: &Rc<Lane<C>>) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect>,
    {
        let mut attempt = 1;
        loop {
            let lease = lane.acquire(&self.options).await?;
            let session = ServerSession::new(lease.slot(), BEGIN).sharing(&self.lanes.tallies);
            let outcome = operation.execute(&session).await;
            // Whatever was sent has changed nothing.
            let fate = if session.fate() == Fate::Lost { Fate::LostBefore } else { session.fate() };
            if fate == Fate::LostBefore {
                lease.retire();
            }
            drop(lease);
            if outcome.is_ok() || !tries_again(lane, fate, attempt).await {
                return outcome;
            }
            attempt += 1;
        }
    }

    /// Does something in a transaction; again if others were in the way, or if the connection was dead before.
    async fn write<O>(&self, operation: &O, begin: &'static str) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect>,
    {
        let lane = &self.lanes.writes;
        let mut attempt = 1;
        loop {
            let lease = lane.acquire(&self.options).await?;
            let (outcome, fate) = Self::attempt(operation, &lease, begin).await;
            drop(lease);
            if outcome.is_ok() || !tries_again(lane, fate, attempt).await {
                return outcome;
            }
            attempt += 1;
        }
    }

    async fn attempt<O>(operation: &O, lease: &Lease<C>, begin: &'static str) -> (Result<O::Output, Errors>, Fate)
    where
        O: Operation<C::Dialect>,
    {
        let open = Open(lease);
        let session = ServerSession::new(lease.slot(), begin);
        let outcome = Self::transact(operation, &session).await;
        if outcome.is_err() {
            session.roll_back().await;
        }
        if session.is_clean() {
            open.close();
        }
        (outcome, session.fate())
    }

    async fn transact<O>(operation: &O, session: &ServerSession<'_, C>) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect>,
    {
        if !C::KNOWS_ITS_STATE || operation.access() == Access::Read {
            session.begin().await.map_err(refusal)?;
        }
        let output = operation.execute(session).await?;
        session.commit().await.map_err(refusal)?;
        Ok(output)
    }
}

/// A connection that is retired unless somebody says that it is clean, even if the operation panics.
struct Open<'a, C: Driver>(&'a Lease<C>);

impl<C: Driver> Open<'_, C> {
    fn close(self) {
        std::mem::forget(self);
    }
}

impl<C: Driver> Drop for Open<'_, C> {
    fn drop(&mut self) {
        self.0.retire();
    }
}

/// Whether an operation that has failed is worth another attempt, for which it waits if others were in the way.
async fn tries_again<C: Driver>(lane: &Lane<C>, fate: Fate, attempt: u32) -> bool {
    match fate {
        Fate::Fine => false,
        Fate::Contended if attempt == ATTEMPTS => false,
        Fate::Contended => {
            tokio::time::sleep(pause(attempt)).await;
            true
        }
        Fate::Lost | Fate::LostBefore => {
            lane.retire_idle();
            fate == Fate::LostBefore && attempt == 1
        }
    }
}

/// Longer after each attempt, and not the same for two that were in each other's way.
fn pause(attempt: u32) -> Duration {
    let nanoseconds = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |time| time.subsec_nanos());
    Duration::from_micros(u64::from(attempt * 2000 + nanoseconds / 1000 % 4000))
}

/// What it means that a transaction cannot begin or end.
fn refusal(Refused { violation, cause }: Refused) -> Errors {
    let refusal = match violation {
        Violation::ForeignKey => Error::conflict("a resource that others refer to would be missing").with_cause(cause),
        Violation::Unique(_) => Error::conflict("another resource has the same value already").with_cause(cause),
        Violation::Contended => Error::contended().with_cause(cause),
        Violation::Check(_) | Violation::Refused => Error::refused_by_database().with_cause(cause),
        _ => Error::unreachable_database(cause),
    };
    refusal.into()
}
