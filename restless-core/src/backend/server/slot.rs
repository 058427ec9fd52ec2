//! One connection of a thread, and what it is used for at the moment.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::Driver;
use super::budget::{Offer, Permit, Purpose};

/// A connection on which nothing has come back for so long gets no more work until something does.
const STALLED: Duration = Duration::from_millis(5);

/// A connection that nothing has used for so long may as well be used for something else, or by another thread.
const UNUSED: Duration = Duration::from_millis(10);

/// A connection is replaced after so long, and with it what it knows of the tables.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// A connection, with the operations that it serves at the moment.
pub(super) struct Slot<C> {
    /// It is away while the application's own code has it.
    connection: RefCell<Option<Rc<C>>>,
    /// Comes after the connection, which is closed before.
    permit: RefCell<Option<Permit>>,
    purpose: Cell<Purpose>,
    in_flight: Cell<usize>,
    /// When something last came back, or was sent to an idle connection.
    progress: Cell<Instant>,
    opened: Instant,
    is_retired: Cell<bool>,
    /// How long its statements may run.
    timeout: Cell<Option<Duration>>,
    /// The statements under way, in the order in which they were sent, by the numbers of their operations.
    sent: RefCell<VecDeque<u64>>,
    /// The number of the last operation.
    operations: Cell<u64>,
}

impl<C: Driver> Slot<C> {
    /// A connection whose statements may run for so long.
    pub(super) fn new(connection: C, permit: Permit, timeout: Option<Duration>) -> Self {
        let now = Instant::now();
        Self {
            connection: RefCell::new(Some(Rc::new(connection))),
            purpose: Cell::new(permit.purpose()),
            permit: RefCell::new(Some(permit)),
            in_flight: Cell::new(0),
            progress: Cell::new(now),
            opened: now,
            is_retired: Cell::new(false),
            timeout: Cell::new(timeout),
            sent: RefCell::default(),
            operations: Cell::new(0),
        }
    }

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

    /// Takes out the right to the connection.
    pub(super) fn take_permit(&self) -> Option<Permit> {
        self.permit.take()
    }

    pub(super) fn purpose(&self) -> Purpose {
        self.purpose.get()
    }

    /// Makes an idle connection one for something else, if that may be.
    pub(super) fn switch(&self, purpose: Purpose) -> bool {
        let has_switched = self.permit.borrow_mut().as_mut().is_some_and(|permit| permit.switch(purpose));
        if has_switched {
            self.purpose.set(purpose);
        }
        has_switched
    }

    /// Lets its statements run for so long. What it was used for before may have had another limit.
    pub(super) async fn limit(&self, timeout: Option<Duration>) {
        if self.timeout.get() == timeout {
            return;
        }
        let Some(connection) = self.connection() else {
            return;
        };
        match connection.limit(timeout).await {
            Ok(()) => self.timeout.set(timeout),
            Err(_) => self.retire(),
        }
    }

    /// A statement of that operation is under way, until the value is dropped.
    pub(super) fn send(&self, operation: u64) -> Sent<'_> {
        self.sent.borrow_mut().push_back(operation);
        Sent { sent: &self.sent, operation }
    }

    /// Whether the statement that the server runs is one of that operation's, as far as can be told.
    pub(super) fn runs(&self, operation: u64) -> bool {
        self.sent.borrow().front() == Some(&operation)
    }

    /// One more operation uses it; gives its number.
    pub(super) fn enter(&self) -> u64 {
        if self.is_idle() {
            self.note_progress();
        }
        self.in_flight.set(self.in_flight.get() + 1);
        self.operations.set(self.operations.get() + 1);
        self.operations.get()
    }

    /// An operation is over.
    pub(super) fn leave(&self) {
        self.in_flight.set(self.in_flight.get() - 1);
        self.note_progress();
    }

    pub(super) fn in_flight(&self) -> usize {
        self.in_flight.get()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.in_flight.get() == 0
    }

    /// Whether nothing has used it for so long.
    pub(super) fn is_unused_for(&self, duration: Duration) -> bool {
        self.is_idle() && self.progress.get().elapsed() >= duration
    }

    /// Whether it may as well be used for something else.
    pub(super) fn is_unused(&self) -> bool {
        self.is_unused_for(UNUSED)
    }

    /// It gets no more work, and is closed as soon as it has none.
    pub(super) fn retire(&self) {
        self.is_retired.set(true);
    }

    fn is_open(&self) -> bool {
        self.connection.borrow().as_ref().is_some_and(|connection| connection.is_open())
    }

    /// Something has come back.
    pub(super) fn note_progress(&self) {
        self.progress.set(Instant::now());
    }

    /// Whether it is to be dropped.
    pub(super) fn is_worn(&self) -> bool {
        self.is_idle() && (self.is_retired.get() || !self.is_open() || self.opened.elapsed() > LIFETIME)
    }

    /// Whether one more operation may use it.
    pub(super) fn is_usable(&self, depth: usize) -> bool {
        self.in_flight.get() < depth && !self.is_retired.get() && self.is_open() && !self.is_stalled()
    }

    fn is_stalled(&self) -> bool {
        !self.is_idle() && self.progress.get().elapsed() > STALLED
    }

    /// What giving it up would mean; `None` if it is about to go, or would not be free soon.
    pub(super) fn offer(&self) -> Option<Offer> {
        let is_to_be_had = !self.is_retired.get() && !self.is_stalled();
        is_to_be_had.then(|| Offer { purpose: self.purpose(), is_idle: self.is_unused(), age: self.opened.elapsed() })
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
