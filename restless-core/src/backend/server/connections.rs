//! The connections of one thread. Nothing crosses threads, nor the runtimes of one thread: a socket ends with the runtime
//! that it was opened in.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, Semaphore};
use tokio::time::{sleep, timeout};

use super::budget::{Budget, Permit, Purpose, SLICE};
use super::holder::{Claim, Holder};
use super::slot::Slot;
use super::{Driver, ServerOptions, Unopened};
use crate::error::Error;

/// How long a request waits for one of its thread's connections before it asks for one of another thread's.
const PATIENCE: Duration = Duration::from_millis(5);

/// How often a request that waits looks whether the server lets us have more.
const RECHECK: Duration = Duration::from_secs(1);

/// How long to wait after the server has refused a connection.
const PAUSE: Duration = Duration::from_millis(50);

/// How often a thread looks what it can give up while somebody waits.
const HURRY: Duration = Duration::from_millis(20);

/// How operations of one purpose share a connection.
#[derive(Debug, Clone, Copy)]
struct Traffic {
    /// How many do at most.
    depth: usize,
    /// From how many on another connection is opened, if there may be more.
    spread: usize,
}

/// The connections of one thread, which closes those that nothing uses.
pub(super) struct Connections<C: Driver> {
    options: Arc<ServerOptions>,
    slots: RefCell<Vec<Rc<Slot<C>>>>,
    holder: Holder,
    /// Those who wait, by purpose; the first of them has the permit.
    queues: [Semaphore; 3],
    /// How many look out for a connection that comes free.
    watchers: Cell<usize>,
    change: Notify,
    /// Whether tasks can be spawned here that stay on this thread.
    is_local: Cell<bool>,
    is_kept: Cell<bool>,
}

/// What a request for a connection is to do.
enum Choice<C> {
    Use(Rc<Slot<C>>),
    Open(Permit),
    Wait,
}

impl<C: Driver> Connections<C> {
    pub(super) fn new(options: Arc<ServerOptions>, budget: &Arc<Budget>) -> Self {
        Self {
            options,
            slots: RefCell::default(),
            holder: Holder::of(budget),
            queues: std::array::from_fn(|_| Semaphore::new(1)),
            watchers: Cell::new(0),
            change: Notify::new(),
            is_local: Cell::new(false),
            is_kept: Cell::new(false),
        }
    }

    /// From now on tasks can be spawned that stay on this thread.
    pub(super) fn settle_down(&self) {
        self.is_local.set(true);
    }

    fn traffic(&self, purpose: Purpose) -> Traffic {
        match purpose {
            Purpose::Write => Traffic { depth: 1, spread: 1 },
            // Whoever shares a connection keeps it from those of another purpose.
            _ if self.holder.budget().is_scarce() => Traffic { depth: 1, spread: 1 },
            Purpose::Row => Traffic { depth: C::DEPTH, spread: C::DEPTH.div_ceil(2) },
            Purpose::Read => Traffic { depth: C::DEPTH, spread: C::DEPTH.div_ceil(12) },
        }
    }

    /// Waits for a connection, in the order of the requests of the same purpose.
    pub(super) async fn acquire(self: &Rc<Self>, purpose: Purpose) -> Result<Lease<C>, Error> {
        let lease = self.any(purpose).await?;
        lease.slot.limit(self.timeout(purpose)).await;
        Ok(lease)
    }

    /// How long a statement may run.
    fn timeout(&self, purpose: Purpose) -> Option<Duration> {
        match purpose {
            Purpose::Row | Purpose::Read => self.options.timeouts.read,
            Purpose::Write => self.options.timeouts.write,
        }
    }

    async fn any(self: &Rc<Self>, purpose: Purpose) -> Result<Lease<C>, Error> {
        let nobody_waits = self.queues[purpose as usize].available_permits() > 0;
        match if nobody_waits { self.choose(purpose) } else { Choice::Wait } {
            Choice::Use(slot) => return Ok(self.lease(slot)),
            Choice::Open(permit) => {
                if let Some(lease) = self.open(permit).await? {
                    return Ok(lease);
                }
            }
            Choice::Wait => {}
        }
        timeout(self.options.acquire_timeout, self.wait(purpose)).await.map_err(|_| Error::busy())?
    }

    async fn wait(self: &Rc<Self>, purpose: Purpose) -> Result<Lease<C>, Error> {
        loop {
            let permit = {
                let _first = self.queues[purpose as usize].acquire().await.map_err(Error::internal)?;
                match self.next(purpose).await {
                    Either::Left(lease) => return Ok(lease),
                    Either::Right(permit) => permit,
                }
            };
            if let Some(lease) = self.open(permit).await? {
                return Ok(lease);
            }
            sleep(PAUSE).await;
        }
    }

    /// A connection that comes free here, or the right to open one.
    async fn next(self: &Rc<Self>, purpose: Purpose) -> Either<Lease<C>, Permit> {
        let _watching = Watching::begin(&self.watchers);
        let mut claim: Option<Claim> = None;
        loop {
            let change = self.change.notified();
            match self.choose(purpose) {
                Choice::Use(slot) => return Either::Left(self.lease(slot)),
                Choice::Open(permit) => return Either::Right(permit),
                Choice::Wait => {}
            }
            let has_any = self.slots.borrow().iter().any(|slot| slot.purpose() == purpose);
            if claim.is_none() && (!has_any || self.holder.is_short()) {
                claim = Some(self.holder.claim(purpose));
            }
            let Some(waiting) = &mut claim else {
                if timeout(PATIENCE, change).await.is_err() {
                    claim = Some(self.holder.claim(purpose));
                }
                continue;
            };
            match permit_or_change(waiting, change).await {
                Some(Some(permit)) => return Either::Right(permit),
                Some(None) => claim = None,
                None => {}
            }
        }
    }

    fn choose(&self, purpose: Purpose) -> Choice<C> {
        let mut slots = self.slots.borrow_mut();
        slots.retain(|slot| !slot.is_worn());
        let Traffic { depth, spread } = self.traffic(purpose);
        let usable = slots.iter().filter(|slot| slot.purpose() == purpose && slot.is_usable(depth));
        let best = usable.min_by_key(|slot| slot.in_flight());
        if let Some(slot) = best.filter(|slot| slot.in_flight() < spread) {
            return Choice::Use(Rc::clone(slot));
        }
        let others = || slots.iter().filter(|slot| slot.purpose() != purpose && slot.is_usable(1));
        if let Some(slot) = others().find(|slot| slot.is_unused() && slot.switch(purpose)) {
            return Choice::Use(Rc::clone(slot));
        }
        if let Some(permit) = self.holder.take(purpose) {
            return Choice::Open(permit);
        }
        let last = best.or_else(|| others().find(|slot| slot.switch(purpose)));
        last.map_or(Choice::Wait, |slot| Choice::Use(Rc::clone(slot)))
    }

    /// Opens a connection; `None` if the server has enough of them.
    async fn open(self: &Rc<Self>, permit: Permit) -> Result<Option<Lease<C>>, Error> {
        let limit = self.timeout(permit.purpose());
        match timeout(self.options.acquire_timeout, C::open(&self.options, limit)).await {
            Ok(Ok(connection)) => Ok(Some(self.lease(self.add(connection, permit)))),
            Ok(Err(Unopened::Full(_))) => {
                permit.refuse();
                Ok(None)
            }
            Ok(Err(Unopened::Failed(error))) => Err(error),
            Err(_) => Err(Error::unreachable_database("it does not answer in time")),
        }
    }

    fn add(self: &Rc<Self>, connection: C, permit: Permit) -> Rc<Slot<C>> {
        let limit = self.timeout(permit.purpose());
        let slot = Rc::new(Slot::new(connection, permit, limit));
        self.slots.borrow_mut().push(Rc::clone(&slot));
        if self.is_local.get() && !self.is_kept.replace(true) {
            tokio::task::spawn_local(keep(Keeper(Rc::downgrade(self)), Arc::clone(self.holder.budget())));
        }
        slot
    }

    fn lease(self: &Rc<Self>, slot: Rc<Slot<C>>) -> Lease<C> {
        let operation = slot.enter();
        Lease { slot, connections: Rc::clone(self), operation }
    }

    /// The server has gone away: connections that nothing uses are not used again either.
    pub(super) fn retire_idle(&self) {
        drop(self.take_out(Slot::is_idle));
    }

    fn take_out(&self, is_to_go: impl Fn(&Slot<C>) -> bool) -> Vec<Rc<Slot<C>>> {
        self.slots.borrow_mut().extract_if(.., |slot| is_to_go(slot)).collect()
    }

    fn remove(&self, slot: &Rc<Slot<C>>) {
        drop(self.take_out(|other| std::ptr::eq(other, Rc::as_ptr(slot))));
    }

    /// Closes connections that nothing uses any more, and gives those up that other threads need more.
    fn tidy(&self) {
        for slot in self.slots.borrow().iter() {
            let is_wanted = slot.offer().is_some_and(|offer| self.holder.gives_up(offer));
            if is_wanted || slot.is_unused_for(self.options.idle_timeout) {
                slot.retire();
            }
        }
        drop(self.take_out(Slot::is_worn));
    }

    /// Something may be had that was not before.
    fn tell(&self) {
        if self.watchers.get() > 0 {
            self.change.notify_waiters();
        }
    }
}

/// What a claim has come to, unless something changes here before.
async fn permit_or_change(claim: &mut Claim, change: Notified<'_>) -> Option<Option<Permit>> {
    match select(pin!(claim.permit()), pin!(timeout(RECHECK, change))).await {
        Either::Left((permit, _)) => Some(permit),
        Either::Right(_) => None,
    }
}

/// Somebody looks out for a connection that comes free.
struct Watching<'a>(&'a Cell<usize>);

impl<'a> Watching<'a> {
    fn begin(watchers: &'a Cell<usize>) -> Self {
        watchers.set(watchers.get() + 1);
        Self(watchers)
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// What looks after the connections of a thread. With its runtime they end.
struct Keeper<C: Driver>(Weak<Connections<C>>);

impl<C: Driver> Drop for Keeper<C> {
    fn drop(&mut self) {
        if let Some(connections) = self.0.upgrade() {
            connections.is_kept.set(false);
            drop(connections.take_out(|_| true));
        }
    }
}

async fn keep<C: Driver>(keeper: Keeper<C>, budget: Arc<Budget>) {
    loop {
        let called = budget.called();
        let Some(connections) = keeper.0.upgrade() else {
            return;
        };
        connections.tidy();
        if connections.slots.borrow().is_empty() {
            return;
        }
        let usual = (connections.options.idle_timeout / 4).clamp(HURRY, RECHECK);
        drop(connections);
        let pause = if budget.is_wanted() { HURRY.min(SLICE) } else { usual };
        let _ = timeout(pause, called).await;
    }
}

/// A connection for the time of one operation.
pub(super) struct Lease<C: Driver> {
    slot: Rc<Slot<C>>,
    connections: Rc<Connections<C>>,
    /// The number of the operation, among those on the connection.
    operation: u64,
}

impl<C: Driver> Lease<C> {
    pub(super) const fn operation(&self) -> u64 {
        self.operation
    }

    pub(super) fn slot(&self) -> &Slot<C> {
        &self.slot
    }

    /// The connection gets no more work: nobody knows what state it is in.
    pub(super) fn retire(&self) {
        self.slot.retire();
    }

    /// Takes the connection away from its thread, and gives with it the right to bring one back; `None` if others use it
    /// too.
    pub(super) fn detach(self) -> Option<(C, Vacancy<C>)> {
        self.connections.remove(&self.slot);
        let connection = self.slot.take()?;
        let permit = self.slot.take_permit()?;
        Some((connection, Vacancy { connections: Rc::clone(&self.connections), permit }))
    }
}

impl<C: Driver> Drop for Lease<C> {
    fn drop(&mut self) {
        self.slot.leave();
        if self.slot.is_worn() {
            self.connections.remove(&self.slot);
        }
        self.connections.tell();
    }
}

/// The place of a connection that was taken away from its thread.
pub(super) struct Vacancy<C: Driver> {
    connections: Rc<Connections<C>>,
    permit: Permit,
}

impl<C: Driver> Vacancy<C> {
    /// Puts a connection there, unless nothing here would ever close it.
    pub(super) fn fill(self, connection: C) {
        if self.connections.is_local.get() {
            self.connections.add(connection, self.permit);
            self.connections.tell();
        }
    }
}
