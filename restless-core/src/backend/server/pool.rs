//! The connections of every thread to one server.

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use super::attendance::attended;
use super::budget::{Budget, Purpose};
use super::clients::{Awaited, Clients};
use super::connections::{Connections, Lease};
use super::session::{Fate, ServerSession};
use super::shared_count::Tallies;
use super::turns::{Need, Turn, Turns};
use super::{Driver, ServerOptions};
use crate::backend::local::PoolId;
use crate::backend::start::wait_for;
use crate::backend::transaction::refuse_within;
use crate::backend::{
    Access, AskAtStart, DatabaseConnection, Operation, Pool, Refused, RowId, Session as _, Uniqueness,
};
use crate::dialect::{TableName, Violation};
use crate::error::{Error, Errors};

/// How a transaction begins that is isolated as all others are.
const BEGIN: &str = "BEGIN";

/// A statement that changes nothing.
const NOTHING: &str = "SELECT 1";

/// How often an operation that others were in the way of is tried.
const ATTEMPTS: u32 = 10;

/// Connections to a server; each thread has its own.
pub(crate) struct ServerPool<C> {
    options: Arc<ServerOptions>,
    budget: Arc<Budget>,
    turns: Turns,
    id: PoolId,
    driver: std::marker::PhantomData<fn() -> C>,
}

/// What one thread has.
struct Local<C: Driver> {
    connections: Rc<Connections<C>>,
    tallies: Tallies<C::Identity>,
    clients: Rc<Clients>,
    /// Begins the transaction of a read that is of one moment.
    begin_snapshot: String,
}

impl<C: Driver> ServerPool<C> {
    /// Opens a connection, to see that the server is there.
    pub(crate) async fn open(options: ServerOptions) -> Result<Self, Error> {
        let opened = tokio::time::timeout(options.acquire_timeout, C::open(&options, None)).await;
        opened.map_err(|_| Error::unreachable_database("it does not answer in time"))??;
        let kept = options.threads.min(options.connections / 4).max(1);
        Ok(Self {
            budget: Budget::new(options.connections, kept),
            options: Arc::new(options),
            turns: Turns::default(),
            id: PoolId::default(),
            driver: std::marker::PhantomData,
        })
    }

    fn local(&self) -> Rc<Local<C>> {
        self.id.local(|| Local {
            connections: Rc::new(Connections::new(Arc::clone(&self.options), &self.budget)),
            tallies: Tallies::default(),
            clients: Rc::default(),
            begin_snapshot: C::begin_snapshot(self.options.timeouts.read),
        })
    }

    /// Runs the application's own code on a writing connection, on a thread that may block.
    pub(crate) async fn exclusive<T, F>(&self, work: F) -> Result<T, Errors>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static,
    {
        refuse_within(self)?;
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
        let connections = &self.local().connections;
        let mut attempt = 1;
        loop {
            let lease = connections.acquire(Purpose::Write).await?;
            if C::KNOWS_ITS_STATE {
                return Ok(lease);
            }
            let Some(connection) = lease.slot().connection() else {
                return Err(Error::internal("a writing connection has two users"));
            };
            match connection.batch(NOTHING).await {
                Ok(()) => return Ok(lease),
                Err(failure) if attempt > 1 => return Err(Error::unreachable_database(failure.cause)),
                Err(_) => lease.retire(),
            }
            connections.retire_idle();
            attempt += 1;
        }
    }
}

/// It is asked on a connection of its own, which ends with the answer.
impl<C: Driver> AskAtStart<C::Dialect> for ServerPool<C> {
    fn uniqueness(&self, table: TableName, column: &'static str) -> Uniqueness {
        let asked = wait_for(async || {
            let answer = async { C::open(&self.options, None).await.ok()?.uniqueness(table, column).await.into() };
            tokio::time::timeout(self.options.acquire_timeout, answer).await.ok().flatten()
        });
        asked.flatten().unwrap_or(Uniqueness::Unknown)
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
        let local = self.local();
        let client = (operation.access() != Access::Write).then(|| local.clients.enter());
        let (_waiting, client) = client.unzip();
        let job = Job { local, options: Arc::clone(&self.options), turns: self.turns.clone(), client };
        let ran = tokio::task::spawn_local(job.start(operation)).await;
        ran.unwrap_or_else(|_| Err(Error::internal("an operation panicked").into()))
    }
}

/// What an operation needs to run on its own.
struct Job<C: Driver> {
    local: Rc<Local<C>>,
    options: Arc<ServerOptions>,
    turns: Turns,
    /// Whoever waits for a read.
    client: Option<Awaited>,
}

impl<C: Driver> Job<C> {
    /// The operation as the work of one task: in a box, since it is large and a task is moved several times.
    fn start<O: Operation<C::Dialect>>(self, operation: O) -> LocalBoxFuture<'static, Result<O::Output, Errors>> {
        async move { self.run(&operation).await }.boxed_local()
    }

    async fn run<O: Operation<C::Dialect>>(&self, operation: &O) -> Result<O::Output, Errors> {
        self.local.connections.settle_down();
        match operation.access() {
            Access::ReadOne => self.read(operation, Purpose::Row).await,
            Access::Read if self.options.has_snapshots => {
                // A transaction has its connection to itself.
                let purpose = if C::DEPTH == 1 { Purpose::Read } else { Purpose::Write };
                self.transact(operation, purpose, &self.local.begin_snapshot).await
            }
            Access::Read => self.read(operation, Purpose::Read).await,
            Access::Write => {
                let _own = self.turn(operation.row(), 1).await?;
                let _referred = self.turn(operation.referred(), self.options.connections / 2).await?;
                self.transact(operation, Purpose::Write, BEGIN).await
            }
        }
    }

    /// A place among those that need a row, so that they do not take all connections.
    async fn turn(&self, row: Option<RowId<'_>>, places: usize) -> Result<Option<Turn>, Error> {
        match row {
            Some(row) => self.turns.wait(Need { row, places }, self.options.lock_timeout).await.map(Some),
            None => Ok(None),
        }
    }

    /// Reads; again if others were in the way, or if the connection turns out to be dead.
    async fn read<O>(&self, operation: &O, purpose: Purpose) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect>,
    {
        let mut attempts = Attempts::new(&self.options);
        loop {
            let lease = self.local.connections.acquire(purpose).await?;
            let session = ServerSession::new(&lease, BEGIN).sharing(&self.local.tallies);
            let outcome = self.attended(operation.execute(&session), &lease).await;
            // Whatever was sent has changed nothing.
            let fate = if session.fate() == Fate::Lost { Fate::LostBefore } else { session.fate() };
            if matches!(fate, Fate::LostBefore | Fate::Cancelled) {
                lease.retire();
            }
            drop(lease);
            if outcome.is_ok() || self.is_in_vain() || !self.tries_again(fate, &mut attempts).await {
                return outcome;
            }
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
    async fn transact<O>(&self, operation: &O, purpose: Purpose, begin: &str) -> Result<O::Output, Errors>
    where
        O: Operation<C::Dialect>,
    {
        let mut attempts = Attempts::new(&self.options);
        loop {
            let lease = self.local.connections.acquire(purpose).await?;
            let (outcome, fate) = self.attempt(operation, &lease, begin).await;
            drop(lease);
            if outcome.is_ok() || fate == Fate::Cancelled || !self.tries_again(fate, &mut attempts).await {
                return outcome;
            }
        }
    }

    async fn attempt<O>(&self, operation: &O, lease: &Lease<C>, begin: &str) -> (Result<O::Output, Errors>, Fate)
    where
        O: Operation<C::Dialect>,
    {
        let open = Open(lease);
        let session = ServerSession::new(lease, begin);
        let mut outcome = self.attended(Self::attempt_within(operation, &session), lease).await;
        if let Err(errors) = &outcome {
            session.roll_back().await;
            if operation.access() == Access::Write {
                outcome = Err(Self::tell(&session, errors));
            }
        }
        if session.is_clean() {
            open.close();
        }
        let fate = match (session.fate(), &outcome) {
            // The application's own code has met those who were in the way.
            (Fate::Fine, Err(errors)) if errors.are_contended() => Fate::Contended,
            (fate, _) => fate,
        };
        (outcome, fate)
    }

    /// What the client of a write is told. Whoever is told to come back may do it a second time.
    fn tell(session: &ServerSession<'_, C>, errors: &Errors) -> Errors {
        if session.may_have_written() && errors.is_temporary() {
            Error::outcome_unknown(errors).into()
        } else if session.fate() == Fate::Locked {
            Error::contended().with_cause(errors).into()
        } else {
            errors.clone()
        }
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

    /// Whether an operation that has failed is worth another attempt, for which it waits if others were in the way.
    async fn tries_again(&self, fate: Fate, attempts: &mut Attempts) -> bool {
        let is_another = match fate {
            Fate::Fine | Fate::Locked | Fate::ReadOnly => false,
            Fate::Cancelled => attempts.number == 1,
            Fate::Contended if attempts.number < ATTEMPTS && Instant::now() < attempts.deadline => {
                tokio::time::sleep(pause(attempts.number)).await;
                true
            }
            Fate::Contended => false,
            Fate::Lost | Fate::LostBefore => {
                self.local.connections.retire_idle();
                fate == Fate::LostBefore && attempts.number == 1
            }
        };
        attempts.number += 1;
        is_another
    }
}

/// How often an operation has been tried, and until when it may be tried again.
struct Attempts {
    number: u32,
    deadline: Instant,
}

impl Attempts {
    /// Each attempt may wait for a row; together they take not much longer than one.
    fn new(options: &ServerOptions) -> Self {
        Self { number: 1, deadline: Instant::now() + options.lock_timeout }
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
        Violation::ReadOnly => Error::read_only_database().with_cause(cause),
        Violation::Failure => Error::internal(cause),
        _ => Error::unreachable_database(cause),
    };
    refusal.into()
}
