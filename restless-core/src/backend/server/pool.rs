//! The connections of every thread to one server.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use super::attendance::attended;
use super::clients::{Awaited, Clients};
use super::lane::{Lane, Lease, Traffic};
use super::session::{Fate, ServerSession};
use super::tally::Tallies;
use super::{Driver, ServerOptions};
use crate::backend::local::PoolId;
use crate::backend::timeouts::StatementTimeouts;
use crate::backend::{Access, DatabaseConnection, Operation, Pool, Refused, Session as _};
use crate::dialect::Violation;
use crate::error::{Error, Errors};

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
    clients: Rc<Clients>,
    /// Begins the transaction of a read that is of one moment.
    begin_snapshot: String,
}

impl<C: Driver> Lanes<C> {
    fn new(options: &ServerOptions) -> Self {
        let sum: usize = C::SHARES.iter().sum();
        let share = |index: usize| (options.connections * C::SHARES[index] / sum).max(1);
        let (depth, StatementTimeouts { read, write }) = (C::DEPTH, options.timeouts);
        let rows = Traffic { connections: share(0), depth, spread: depth.div_ceil(2), timeout: read };
        let reads = Traffic { connections: share(1), depth, spread: depth.div_ceil(16), timeout: read };
        let writes = Traffic { connections: share(2), depth: 1, spread: 1, timeout: write };
        let lane = |traffic| Rc::new(Lane::new(traffic));
        Self {
            rows: lane(rows),
            reads: lane(reads),
            writes: lane(writes),
            tallies: Tallies::default(),
            clients: Rc::default(),
            begin_snapshot: C::begin_snapshot(read),
        }
    }
}

impl<C: Driver> ServerPool<C> {
    /// Opens a connection, to see that the server is there.
    pub(crate) async fn open(options: ServerOptions) -> Result<Self, Error> {
        let opened = tokio::time::timeout(options.patience, C::open(&options, None)).await;
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

impl<C: Driver> Pool<C::Dialect> for ServerPool<C> {
    /// A write that has begun is finished, though its client may be gone: the connection comes home clean. A read is
    /// stopped.
    async fn run<O>(&self, operation: O) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect> + Send,
        O::Output: Send,
    {
        self.run_here(operation).await
    }

    async fn run_here<O: Operation<C::Dialect>>(&self, operation: O) -> Result<O::Output, Errors> {
        let lanes = self.lanes();
        let client = (operation.access() != Access::Write).then(|| lanes.clients.enter());
        let (_waiting, client) = client.unzip();
        let job = Job { lanes, options: Arc::clone(&self.options), client };
        let ran = tokio::task::spawn_local(job.start(operation)).await;
        ran.unwrap_or_else(|_| Err(Error::internal("an operation panicked").into()))
    }
}

/// What an operation needs to run on its own.
struct Job<C: Driver> {
    lanes: Rc<Lanes<C>>,
    options: Arc<ServerOptions>,
    /// Whoever waits for a read.
    client: Option<Awaited>,
}

impl<C: Driver> Job<C> {
    /// The operation as the work of one task: in a box, since it is large and a task is moved several times.
    fn start<O: Operation<C::Dialect>>(self, operation: O) -> LocalBoxFuture<'static, Result<O::Output, Errors>> {
        async move { self.run(&operation).await }.boxed_local()
    }

    async fn run<O: Operation<C::Dialect>>(&self, operation: &O) -> Result<O::Output, Errors> {
        match operation.access() {
            Access::ReadOne => self.read(operation, &self.lanes.rows).await,
            Access::Read if self.options.has_snapshots => {
                // A transaction has its connection to itself.
                let lane = if C::DEPTH == 1 { &self.lanes.reads } else { &self.lanes.writes };
                self.transact(operation, lane, &self.lanes.begin_snapshot).await
            }
            Access::Read => self.read(operation, &self.lanes.reads).await,
            Access::Write => self.transact(operation, &self.lanes.writes, BEGIN).await,
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
            let session = ServerSession::new(&lease, BEGIN).sharing(&self.lanes.tallies);
            let outcome = self.attended(operation.execute(&session), &lease).await;
            // Whatever was sent has changed nothing.
            let fate = if session.fate() == Fate::Lost { Fate::LostBefore } else { session.fate() };
            if matches!(fate, Fate::LostBefore | Fate::Cancelled) {
                lease.retire();
            }
            drop(lease);
            if outcome.is_ok() || self.is_in_vain() || !tries_again(lane, fate, attempt).await {
                return outcome;
            }
            attempt += 1;
        }
    }

    /// Whether nobody waits any more.
    fn is_in_vain(&self) -> bool {
        self.client.as_ref().is_some_and(Awaited::is_gone)
    }

    async fn attended<T>(&self, work: impl Future<Output = T>, lease: &Lease<C>) -> T {
        match &self.client {
            Some(client) => attended(work, client, lease, &self.options).await,
            None => work.await,
        }
    }

    /// Does something in a transaction; again if others were in the way, or if the connection was dead before.
    async fn transact<O>(&self, operation: &O, lane: &Rc<Lane<C>>, begin: &str) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect>,
    {
        let mut attempt = 1;
        loop {
            let lease = lane.acquire(&self.options).await?;
            let (outcome, fate) = self.attempt(operation, &lease, begin).await;
            drop(lease);
            if outcome.is_ok() || fate == Fate::Cancelled || !tries_again(lane, fate, attempt).await {
                return outcome;
            }
            attempt += 1;
        }
    }

    async fn attempt<O>(&self, operation: &O, lease: &Lease<C>, begin: &str) -> (Result<O::Output, Errors>, Fate)
    where
        O: Operation<C::Dialect>,
    {
        let open = Open(lease);
        let session = ServerSession::new(lease, begin);
        let outcome = self.attended(Self::attempt_within(operation, &session), lease).await;
        if outcome.is_err() {
            session.roll_back().await;
        }
        if session.is_clean() {
            open.close();
        }
        (outcome, session.fate())
    }

    async fn attempt_within<O>(operation: &O, session: &ServerSession<'_, C>) -> Result<O::Output, Errors>
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
        Fate::Cancelled => attempt == 1,
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
