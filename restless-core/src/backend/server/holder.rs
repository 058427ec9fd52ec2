//! One thread's part in the connections that all threads may have together.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::oneshot;

use super::budget::{Budget, Claimant, Counts, Offer, Permit, Purpose};

/// One thread's part in a budget.
pub(super) struct Holder {
    budget: Arc<Budget>,
    number: u64,
}

impl Holder {
    /// A new one.
    pub(super) fn of(budget: &Arc<Budget>) -> Self {
        let mut state = budget.state();
        let number = state.number();
        state.counts(number);
        Self { budget: Arc::clone(budget), number }
    }

    /// That of all threads.
    pub(super) fn budget(&self) -> &Arc<Budget> {
        &self.budget
    }

    /// The right to one more connection, if it is to be had at once.
    pub(super) fn take(&self, purpose: Purpose) -> Option<Permit> {
        self.budget.take(self.number, purpose)
    }

    /// Waits for the right to one more connection, in the order of the claims.
    pub(super) fn claim(&self, purpose: Purpose) -> Claim {
        let (sender, receiver) = oneshot::channel();
        let mut state = self.budget.state();
        let number = state.number();
        state.claims.push(Claimant { number, holder: self.number, purpose, sender, promised: None });
        drop(state);
        self.budget.balance();
        self.budget.call();
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
        let position = state.claims.iter().position(|claim| state.is_due(claim, self.number, offer));
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::backend::server::budget::SLICE;

    fn several(holder: &Holder, purpose: Purpose) -> Vec<Permit> {
        std::iter::from_fn(|| holder.take(purpose)).collect()
    }

    const BUSY: Offer = Offer { purpose: Purpose::Write, is_idle: false, age: Duration::ZERO };

    #[test]
    fn keeps_some_for_each_purpose() {
        let budget = Budget::new(20, 2);
        let holder = Holder::of(&budget);
        let writes = several(&holder, Purpose::Write);
        assert_eq!(writes.len(), 16);
        assert_eq!(several(&holder, Purpose::Row).len(), 2);
        assert_eq!(several(&holder, Purpose::Read).len(), 2);
        drop(writes);
        assert_eq!(several(&holder, Purpose::Read).len(), 16);
    }

    #[tokio::test]
    async fn gives_what_comes_free_to_whoever_has_waited_longest() {
        let budget = Budget::new(4, 1);
        let (one, other) = (Holder::of(&budget), Holder::of(&budget));
        let mut writes = several(&one, Purpose::Write);
        assert_eq!(writes.len(), 2);
        drop(one.claim(Purpose::Write));
        let (mut first, mut second) = (other.claim(Purpose::Write), one.claim(Purpose::Write));
        writes.pop();
        let permit = first.permit().await;
        assert_eq!(permit.as_ref().map(Permit::purpose), Some(Purpose::Write));
        assert!(second.receiver.try_recv().is_err());
        // It is dropped together with the claim that it was granted to.
        drop((permit, first));
        assert!(second.permit().await.is_some());
    }

    #[test]
    fn lets_an_idle_connection_be_one_for_something_else() {
        let budget = Budget::new(4, 1);
        let holder = Holder::of(&budget);
        let mut writes = several(&holder, Purpose::Write);
        assert!(writes[0].switch(Purpose::Read));
        assert_eq!(writes[0].purpose(), Purpose::Read);
        // The last one for writes is kept, the others are used already.
        assert!(holder.take(Purpose::Row).is_some());
        let _more = (holder.take(Purpose::Row), holder.take(Purpose::Row));
        assert!(!writes[1].switch(Purpose::Read));
    }

    #[test]
    fn asks_those_for_one_who_have_more_or_do_not_use_it() {
        let budget = Budget::new(4, 1);
        let (rich, poor, owner) = (Holder::of(&budget), Holder::of(&budget), Holder::of(&budget));
        let _writes = several(&rich, Purpose::Write);
        assert!(!rich.gives_up(BUSY), "nobody waits");
        let waiting = poor.claim(Purpose::Write);
        assert!(rich.gives_up(BUSY), "it has two more than the one who waits");
        assert!(!rich.gives_up(BUSY), "one is promised");
        drop(waiting);
        let mut reads = several(&owner, Purpose::Read);
        let _waiting = poor.claim(Purpose::Read);
        let read = Offer { purpose: Purpose::Read, ..BUSY };
        assert_eq!(reads.len(), 1);
        assert!(!owner.gives_up(read), "it has its only one since just now");
        assert!(owner.gives_up(Offer { age: SLICE * 2, ..read }), "it is the other's turn");
        reads.clear();
    }

    #[test]
    fn goes_on_with_what_the_server_lets_it_have() {
        let budget = Budget::new(20, 2);
        let holder = Holder::of(&budget);
        let mut writes: Vec<Permit> = (0..10).filter_map(|_| holder.take(Purpose::Write)).collect();
        let refused = writes.pop().expect("a permit");
        refused.refuse();
        assert_eq!(budget.state().limit, 9);
        assert!(holder.take(Purpose::Read).is_none());
        assert!(writes[0].switch(Purpose::Read), "none is there for reads yet");
        drop(writes);
        assert_eq!(several(&holder, Purpose::Read).len(), 5);
    }
}
