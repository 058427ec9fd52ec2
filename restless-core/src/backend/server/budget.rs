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
pub(super) type Counts = [usize; 3];

/// The right to so many connections, shared by all threads. Of each purpose some are kept for it, so that none waits for
/// the end of what another one does; the rest goes to whoever asks first.
pub(super) struct Budget {
    state: Mutex<State>,
    /// Tells every thread that somebody waits.
    called: Notify,
    /// Whether there are not even enough for each purpose to have one.
    is_scarce: AtomicBool,
}

/// Who has how many, and who waits.
pub(super) struct State {
    most: usize,
    /// How many the server lets us have, as far as is known.
    pub(super) limit: usize,
    /// When the limit was last changed.
    changed: Instant,
    /// How many are kept for each purpose where there is no want.
    kept: usize,
    /// By threads.
    pub(super) holders: HashMap<u64, Counts>,
    pub(super) claims: Vec<Claimant>,
    next: u64,
}

/// Somebody who waits.
pub(super) struct Claimant {
    pub(super) number: u64,
    pub(super) holder: u64,
    pub(super) purpose: Purpose,
    pub(super) sender: oneshot::Sender<Permit>,
    /// When a connection was given up for it, which may take some time to end.
    pub(super) promised: Option<Instant>,
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

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
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

    /// The right to one more connection, if it is to be had at once.
    pub(super) fn take(self: &Arc<Self>, holder: u64, purpose: Purpose) -> Option<Permit> {
        let mut state = self.state();
        if state.recover() {
            self.is_scarce.store(state.reserve() == 0, Ordering::Relaxed);
        }
        if !state.has_room(purpose) {
            return None;
        }
        state.counts(holder)[purpose as usize] += 1;
        Some(Permit { budget: Arc::clone(self), holder, purpose })
    }

    /// Tells every thread that somebody waits.
    pub(super) fn call(&self) {
        self.called.notify_waiters();
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
    pub(super) fn balance(self: &Arc<Self>) {
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
    pub(super) fn reserve(&self) -> usize {
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

    /// A number that nothing else here has.
    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
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

    pub(super) fn counts(&mut self, holder: u64) -> &mut Counts {
        self.holders.entry(holder).or_default()
    }

    pub(super) fn held(&self, holder: u64) -> Counts {
        self.holders.get(&holder).copied().unwrap_or_default()
    }

    /// Whether a thread should give a connection up for somebody who waits: so that both have as many, or because it does
    /// not use it, or because the other one has none at all.
    pub(super) fn is_due(&self, claim: &Claimant, holder: u64, offer: Offer) -> bool {
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
        self.budget.balance();
    }
}
