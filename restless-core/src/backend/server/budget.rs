//! The connections that all threads may have together: who has them, and who waits for one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::futures::Notified;
use tokio::sync::{Notify, oneshot};

/// A thread without any connection gets one that another thread has had for so long, whatever that one does.
pub(super) const SLICE: Duration = Duration::from_millis(100);

/// A server that has refused a connection is asked again for one more after so long.
const RECOVERY: Duration = Duration::from_secs(1);

/// The things that connections are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Reads of single rows by their keys, which do not wait for others.
    Row,
    /// Reads of any cost.
    Read,
    Write,
}

/// How many connections there are for each purpose.
type Counts = [usize; 3];

/// The right to so many connections, shared by all threads. Of each purpose some are kept for it, so that none waits for
/// the end of what another one does; the rest goes to whoever asks first.
pub(super) struct Budget {
    state: Mutex<State>,
    /// Tells every thread that somebody waits.
    called: Notify,
    /// Whether there are not even enough for each purpose to have one.
    is_scarce: AtomicBool,
}

struct State {
    most: usize,
    /// How many the server lets us have, as far as is known.
    limit: usize,
    /// When the limit was last changed.
    changed: Instant,
    /// How many are kept for each purpose where there is no want.
    kept: usize,
    /// By threads.
    holders: HashMap<u64, Counts>,
    claims: Vec<Claimant>,
    next: u64,
}

/// Somebody who waits.
struct Claimant {
    number: u64,
    holder: u64,
    purpose: Purpose,
    sender: oneshot::Sender<Permit>,
    /// When a connection was given up for it, which may take some time to end.
    promised: Option<Instant>,
}

/// A connection that a thread could do without.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer {
    pub(super) purpose: Purpose,
    pub(super) is_idle: bool,
    pub(super) age: Duration,
}

impl Budget {
    /// That of a database; `kept` connections are for each purpose alone, if there are as many.
    pub(super) fn new(most: usize, kept: usize) -> Arc<Self> {
        let (holders, claims) = (HashMap::new(), Vec::new());
        let state = State { most, limit: most, changed: Instant::now(), kept, holders, claims, next: 0 };
        Arc::new(Self { state: Mutex::new(state), called: Notify::new(), is_scarce: AtomicBool::new(false) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes when somebody waits.
    pub(super) fn called(&self) -> Notified<'_> {
        self.called.notified()
    }

    /// Whether somebody waits.
    pub(super) fn is_wanted(&self) -> bool {
        !self.state().claims.is_empty()
    }

    /// Whether purposes have to take turns, since there are not enough connections for each to have one.
    pub(super) fn is_scarce(&self) -> bool {
        self.is_scarce.load(Ordering::Relaxed)
    }

    /// The server has refused a connection beyond those that there are.
    fn shrink(&self) {
        let mut state = self.state();
        state.limit = (state.total().saturating_sub(1)).max(1);
        state.changed = Instant::now();
        self.is_scarce.store(state.reserve() == 0, Ordering::Relaxed);
        log::warn!("the database takes no more connections; {} are used", state.limit);
    }

    /// Gives what has come free to those who wait.
    fn settle(self: &Arc<Self>) {
        loop {
            let granted = self.state().grant();
            let Some(Claimant { holder, purpose, sender, .. }) = granted else {
                return;
            };
            // Whoever does not wait any more drops it, which settles again.
            let _ = sender.send(Permit { budget: Arc::clone(self), holder, purpose });
        }
    }
}

impl State {
    /// How many connections are kept for each purpose.
    fn reserve(&self) -> usize {
        self.kept.min(self.limit / 3)
    }

    fn used(&self) -> Counts {
        let add = |sum: Counts, counts: &Counts| std::array::from_fn(|index| sum[index] + counts[index]);
        self.holders.values().fold(Counts::default(), add)
    }

    fn total(&self) -> usize {
        self.used().iter().sum()
    }

    /// How many connections would be used or kept.
    fn bound(&self, used: Counts) -> usize {
        used.iter().map(|used| *used.max(&self.reserve())).sum()
    }

    /// Lets the limit grow again, one connection after the other.
    fn recover(&mut self) -> bool {
        let has_recovered = self.limit < self.most && self.changed.elapsed() > RECOVERY;
        if has_recovered {
            self.limit += 1;
            self.changed = Instant::now();
        }
        has_recovered
    }

    fn has_room(&self, purpose: Purpose) -> bool {
        let mut used = self.used();
        let is_kept = used[purpose as usize] < self.reserve();
        used[purpose as usize] += 1;
        used.iter().sum::<usize>() <= self.limit && (is_kept || self.bound(used) <= self.limit)
    }

    /// Counts one for the first of those who wait and can have one.
    fn grant(&mut self) -> Option<Claimant> {
        self.claims.retain(|claim| !claim.sender.is_closed());
        let position = self.claims.iter().position(|claim| self.has_room(claim.purpose))?;
        let claim = self.claims.remove(position);
        self.counts(claim.holder)[claim.purpose as usize] += 1;
        Some(claim)
    }

    fn counts(&mut self, holder: u64) -> &mut Counts {
        self.holders.entry(holder).or_default()
    }

    fn held(&self, holder: u64) -> Counts {
        self.holders.get(&holder).copied().unwrap_or_default()
    }

    /// Whether a thread should give a connection up for somebody who waits: so that both have as many, or because it does
    /// not use it, or because the other one has none at all.
    fn is_due(&self, claim: &Claimant, (holder, offer): (u64, Offer)) -> bool {
        let purpose = claim.purpose as usize;
        let (own, other) = (self.held(holder), self.held(claim.holder));
        let (own, other, helps) = if claim.purpose == offer.purpose {
            (own[purpose], other[purpose], true)
        } else {
            let is_spare = self.used()[offer.purpose as usize] > self.reserve();
            (own.iter().sum(), other.iter().sum(), is_spare)
        };
        let is_open = claim.promised.is_none_or(|promised| promised.elapsed() > SLICE);
        let is_turn = other == 0 && offer.age > SLICE;
        claim.holder != holder && is_open && helps && (offer.is_idle || own > other + 1 || is_turn)
    }
}

/// One thread's part in a budget.
pub(super) struct Holder {
    budget: Arc<Budget>,
    number: u64,
}

impl Holder {
    /// A new one.
    pub(super) fn of(budget: &Arc<Budget>) -> Self {
        let mut state = budget.state();
        state.next += 1;
        let number = state.next;
        state.counts(number);
        Self { budget: Arc::clone(budget), number }
    }

    pub(super) fn budget(&self) -> &Arc<Budget> {
        &self.budget
    }

    /// The right to one more connection, if it is to be had at once.
    pub(super) fn take(&self, purpose: Purpose) -> Option<Permit> {
        let mut state = self.budget.state();
        if state.recover() {
            self.budget.is_scarce.store(state.reserve() == 0, Ordering::Relaxed);
        }
        if !state.has_room(purpose) {
            return None;
        }
        state.counts(self.number)[purpose as usize] += 1;
        Some(Permit { budget: Arc::clone(&self.budget), holder: self.number, purpose })
    }

    /// Waits for the right to one more connection, in the order of the claims.
    pub(super) fn claim(&self, purpose: Purpose) -> Claim {
        let (sender, receiver) = oneshot::channel();
        let mut state = self.budget.state();
        state.next += 1;
        let number = state.next;
        state.claims.push(Claimant { number, holder: self.number, purpose, sender, promised: None });
        drop(state);
        self.budget.settle();
        self.budget.called.notify_waiters();
        Claim { budget: Arc::clone(&self.budget), number, receiver }
    }

    /// Whether this thread has less than its part.
    pub(super) fn is_short(&self) -> bool {
        let state = self.budget.state();
        let own: usize = state.held(self.number).iter().sum();
        own * state.holders.len() < state.limit
    }

    /// Whether to give a connection up for somebody who waits, to whom it is promised then.
    pub(super) fn gives_up(&self, offer: Offer) -> bool {
        let mut state = self.budget.state();
        let position = state.claims.iter().position(|claim| state.is_due(claim, (self.number, offer)));
        let Some(position) = position else {
            return false;
        };
        state.claims[position].promised = Some(Instant::now());
        true
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let mut state = self.budget.state();
        // Connections that the application's own code has come home later.
        if state.held(self.number) == Counts::default() {
            state.holders.remove(&self.number);
        }
    }
}

/// The right to a connection; it goes back when it is dropped.
pub(super) struct Permit {
    budget: Arc<Budget>,
    holder: u64,
    purpose: Purpose,
}

impl Permit {
    pub(super) fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Makes the connection one for something else, unless one has to be kept for what it was.
    pub(super) fn switch(&mut self, purpose: Purpose) -> bool {
        let mut state = self.budget.state();
        let mut used = state.used();
        let is_spare = used[self.purpose as usize] > state.reserve();
        used[self.purpose as usize] -= 1;
        used[purpose as usize] += 1;
        if !is_spare && state.bound(used) > state.limit {
            return false;
        }
        let counts = state.counts(self.holder);
        counts[self.purpose as usize] -= 1;
        counts[purpose as usize] += 1;
        self.purpose = purpose;
        true
    }

    /// The server would not have one more.
    pub(super) fn refuse(self) {
        self.budget.shrink();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.budget.state().counts(self.holder)[self.purpose as usize] -= 1;
        self.budget.settle();
    }
}

/// A place among those who wait for a connection.
pub(super) struct Claim {
    budget: Arc<Budget>,
    number: u64,
    receiver: oneshot::Receiver<Permit>,
}

impl Claim {
    /// The right to a connection, when it comes.
    pub(super) async fn permit(&mut self) -> Option<Permit> {
        (&mut self.receiver).await.ok()
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.budget.state().claims.retain(|claim| claim.number != self.number);
    }
}
