//! The connections of one thread that are for one thing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

use super::{Driver, ServerOptions};
use crate::error::Error;

/// A connection on which nothing has come back for so long gets no more work until something does.
const STALLED: Duration = Duration::from_millis(5);

/// A connection is replaced after so long, and with it what it knows of the tables.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// How the connections of a lane are used.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traffic {
    /// The greatest number of connections.
    pub(super) connections: usize,
    /// How many operations share a connection at most.
    pub(super) depth: usize,
    /// From how many on another connection is opened, if there may be more.
    pub(super) spread: usize,
    /// How long a statement may run.
    pub(super) timeout: Option<Duration>,
}

/// Connections, each with the operations that it serves at the moment.
pub(super) struct Lane<C> {
    traffic: Traffic,
    turns: Semaphore,
    slots: RefCell<Vec<Rc<Slot<C>>>>,
    opening: Cell<usize>,
    change: Notify,
}

/// A connection of a lane.
pub(super) struct Slot<C> {
    /// It is away while the application's own code has it.
    connection: RefCell<Option<Rc<C>>>,
    in_flight: Cell<usize>,
    /// When something last came back, or was sent to an idle connection.
    progress: Cell<Instant>,
    opened: Instant,
    is_retired: Cell<bool>,
    /// The statements under way, in the order in which they were sent, by the numbers of their operations.
    sent: RefCell<VecDeque<u64>>,
    /// The number of the last operation.
    operations: Cell<u64>,
}

/// What a request for a connection is to do.
enum Choice<C> {
    Use(Rc<Slot<C>>),
    Open,
    Wait,
}

impl<C: Driver> Lane<C> {
    pub(super) fn new(traffic: Traffic) -> Self {
        Self {
            traffic,
            turns: Semaphore::new(traffic.connections * traffic.depth),
            slots: RefCell::default(),
            opening: Cell::new(0),
            change: Notify::new(),
        }
    }

    /// Waits for a connection, in the order of the requests.
    pub(super) async fn acquire(self: &Rc<Self>, options: &ServerOptions) -> Result<Lease<C>, Error> {
        let turn = self.turn(options.patience).await?;
        let deadline = Instant::now() + options.patience;
        loop {
            match self.choose() {
                Choice::Use(slot) => return Ok(Lease::new(turn, slot)),
                Choice::Open => return self.open(options, turn).await,
                Choice::Wait => {
                    let patience = deadline.saturating_duration_since(Instant::now());
                    timeout(patience, self.change.notified()).await.map_err(|_| Error::busy())?;
                }
            }
        }
    }

    async fn turn(self: &Rc<Self>, patience: Duration) -> Result<Turn<C>, Error> {
        if let Ok(permit) = self.turns.try_acquire() {
            permit.forget();
            return Ok(Turn(Rc::clone(self)));
        }
        let waited = timeout(patience, self.turns.acquire()).await.map_err(|_| Error::busy())?;
        waited.map_err(Error::internal)?.forget();
        Ok(Turn(Rc::clone(self)))
    }

    fn choose(&self) -> Choice<C> {
        let mut slots = self.slots.borrow_mut();
        slots.retain(|slot| !slot.is_worn());
        let usable = slots.iter().filter(|slot| slot.is_usable(self.traffic.depth));
        let best = usable.min_by_key(|slot| slot.in_flight.get());
        let has_room = slots.len() + self.opening.get() < self.traffic.connections;
        match best {
            Some(slot) if !has_room || slot.in_flight.get() < self.traffic.spread => Choice::Use(Rc::clone(slot)),
            _ if has_room => Choice::Open,
            _ => Choice::Wait,
        }
    }

    async fn open(&self, options: &ServerOptions, turn: Turn<C>) -> Result<Lease<C>, Error> {
        self.opening.set(self.opening.get() + 1);
        let opened = timeout(options.patience, C::open(options, self.traffic.timeout)).await;
        self.opening.set(self.opening.get() - 1);
        self.change.notify_one();
        let connection = opened.map_err(|_| Error::unreachable_database("it does not answer in time"))??;
        Ok(Lease::new(turn, self.add(connection)))
    }

    fn add(&self, connection: C) -> Rc<Slot<C>> {
        let now = Instant::now();
        let slot = Rc::new(Slot {
            connection: RefCell::new(Some(Rc::new(connection))),
            in_flight: Cell::new(0),
            progress: Cell::new(now),
            opened: now,
            is_retired: Cell::new(false),
            sent: RefCell::default(),
            operations: Cell::new(0),
        });
        self.slots.borrow_mut().push(Rc::clone(&slot));
        slot
    }

    /// The server has gone away: connections that nothing uses are not used again either.
    pub(super) fn retire_idle(&self) {
        self.slots.borrow_mut().retain(|slot| slot.in_flight.get() > 0);
    }

    fn remove(&self, slot: &Rc<Slot<C>>) {
        self.slots.borrow_mut().retain(|other| !Rc::ptr_eq(other, slot));
    }
}

impl<C: Driver> Slot<C> {
    /// The connection; `None` while the application's own code has it, and if it has not come back from there.
    pub(super) fn connection(&self) -> Option<Rc<C>> {
        self.connection.borrow().clone()
    }

    /// Takes the connection out; `None` if somebody uses it.
    pub(super) fn take(&self) -> Option<C> {
        let connection = self.connection.borrow_mut().take()?;
        Rc::try_unwrap(connection).map_err(|shared| self.connection.replace(Some(shared))).ok()
    }

    /// Puts it back.
    pub(super) fn put(&self, connection: C) {
        self.connection.replace(Some(Rc::new(connection)));
    }

    fn is_open(&self) -> bool {
        self.connection.borrow().as_ref().is_some_and(|connection| connection.is_open())
    }

    /// Something has come back.
    pub(super) fn note_progress(&self) {
        self.progress.set(Instant::now());
    }

    /// A statement of that operation is under way, until the value is dropped.
    pub(super) fn send(&self, operation: u64) -> Sent<'_> {
        self.sent.borrow_mut().push_back(operation);
        Sent { sent: &self.sent, operation }
    }

    /// Whether it is to be dropped.
    fn is_worn(&self) -> bool {
        self.in_flight.get() == 0 && (self.is_retired.get() || !self.is_open() || self.opened.elapsed() > LIFETIME)
    }

    fn is_usable(&self, depth: usize) -> bool {
        let in_flight = self.in_flight.get();
        let is_stalled = || in_flight > 0 && self.progress.get().elapsed() > STALLED;
        in_flight < depth && !self.is_retired.get() && self.is_open() && !is_stalled()
    }
}

/// A statement that is under way.
pub(super) struct Sent<'a> {
    sent: &'a RefCell<VecDeque<u64>>,
    operation: u64,
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        let mut sent = self.sent.borrow_mut();
        if let Some(position) = sent.iter().position(|operation| *operation == self.operation) {
            sent.remove(position);
        }
    }
}

/// The right to one operation on the lane.
struct Turn<C>(Rc<Lane<C>>);

impl<C> Drop for Turn<C> {
    fn drop(&mut self) {
        self.0.turns.add_permits(1);
        self.0.change.notify_one();
    }
}

/// A connection for the time of one operation.
pub(super) struct Lease<C: Driver> {
    slot: Rc<Slot<C>>,
    turn: Turn<C>,
    /// The number of the operation, among those on the connection.
    operation: u64,
}

impl<C: Driver> Lease<C> {
    fn new(turn: Turn<C>, slot: Rc<Slot<C>>) -> Self {
        if slot.in_flight.get() == 0 {
            slot.note_progress();
        }
        slot.in_flight.set(slot.in_flight.get() + 1);
        let operation = slot.operations.get() + 1;
        slot.operations.set(operation);
        Self { slot, turn, operation }
    }

    pub(super) const fn operation(&self) -> u64 {
        self.operation
    }

    /// Whether the statement that the server runs on the connection is one of the operation's, as far as can be told.
    pub(super) fn is_running(&self) -> bool {
        self.slot.sent.borrow().front() == Some(&self.operation)
    }

    pub(super) fn slot(&self) -> &Slot<C> {
        &self.slot
    }

    /// The connection gets no more work: nobody knows what state it is in.
    pub(super) fn retire(&self) {
        self.slot.is_retired.set(true);
    }

    /// Takes the connection out of its lane, and gives with it the right to put one back; `None` if others use it too.
    pub(super) fn detach(self) -> Option<(C, Vacancy<C>)> {
        let lane = Rc::clone(&self.turn.0);
        let slot = Rc::clone(&self.slot);
        lane.remove(&slot);
        lane.opening.set(lane.opening.get() + 1);
        let vacancy = Vacancy(lane);
        drop(self);
        let slot = Rc::try_unwrap(slot).ok()?;
        Some((slot.take()?, vacancy))
    }
}

impl<C: Driver> Drop for Lease<C> {
    fn drop(&mut self) {
        self.slot.in_flight.set(self.slot.in_flight.get() - 1);
        self.slot.note_progress();
        if self.slot.is_worn() {
            self.turn.0.remove(&self.slot);
        }
    }
}

/// The place of a connection that was taken out of its lane.
pub(super) struct Vacancy<C>(Rc<Lane<C>>);

impl<C: Driver> Vacancy<C> {
    /// Puts a connection there.
    pub(super) fn fill(self, connection: C) {
        self.0.add(connection);
    }
}

impl<C> Drop for Vacancy<C> {
    fn drop(&mut self) {
        self.0.opening.set(self.0.opening.get() - 1);
        self.0.change.notify_one();
    }
}
