//! Counts that several operations ask for at the same time: one statement answers all that asked before it was sent.
//!
//! To count is most of what a small page costs a server, and under load everybody asks for the same number. An answer never
//! goes to somebody who asked after its statement was sent: whoever has written something, and has been told so, finds it
//! counted.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::Shared;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long a count waits for the one before it. It gathers others meanwhile.
const PATIENCE: Duration = Duration::from_millis(5);

/// The number; an error if whoever was to find it out has not.
type Answer = Shared<oneshot::Receiver<u64>>;

/// The counts that are under way on one thread, by the statements that count.
pub(super) struct Tallies<K>(RefCell<HashMap<Rc<K>, SharedCount>>);

/// One statement that counts.
#[derive(Default)]
struct SharedCount {
    /// Its answer, where it was sent last.
    sent: Option<Answer>,
    /// The answer where it is to be sent next.
    next: Option<Answer>,
}

/// How an operation comes by its number.
enum Part<'a, K: Eq + Hash> {
    /// It asks the server, for those too that join it.
    Lead(Lead<'a, K>),
    /// Another one asks.
    Join(Answer),
}

impl<K> Default for Tallies<K> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Eq + Hash> Tallies<K> {
    /// The number that a statement tells; `own` asks the server, unless another operation is about to.
    pub(super) async fn count<E>(&self, statement: K, own: impl Future<Output = Result<u64, E>>) -> Result<u64, E> {
        match self.part(Rc::new(statement)) {
            Part::Join(answer) => match answer.await {
                Ok(number) => Ok(number),
                // It is worth a try with a connection of its own.
                Err(_) => own.await,
            },
            Part::Lead(lead) => {
                lead.wait().await;
                lead.close();
                let counted = own.await;
                if let Ok(number) = counted {
                    lead.tell(number);
                }
                counted
            }
        }
    }

    fn part(&self, statement: Rc<K>) -> Part<'_, K> {
        let mut tallies = self.0.borrow_mut();
        let count = tallies.entry(Rc::clone(&statement)).or_default();
        if let Some(answer) = &count.next {
            return Part::Join(answer.clone());
        }
        let (sender, receiver) = oneshot::channel();
        let answer = receiver.shared();
        count.next = Some(answer.clone());
        Part::Lead(Lead { tallies: self, statement, answer, before: count.sent.clone(), sender: Some(sender) })
    }
}

/// The duty to find out a number for all that have joined.
struct Lead<'a, K: Eq + Hash> {
    tallies: &'a Tallies<K>,
    statement: Rc<K>,
    answer: Answer,
    before: Option<Answer>,
    sender: Option<oneshot::Sender<u64>>,
}

impl<K: Eq + Hash> Lead<'_, K> {
    /// Waits until the same statement, where it is under way already, has come back.
    async fn wait(&self) {
        if let Some(before) = self.before.clone() {
            let _ = timeout(PATIENCE, before).await;
        }
    }

    /// From now on nobody can join.
    fn close(&self) {
        if let Some(count) = self.tallies.0.borrow_mut().get_mut(&self.statement) {
            count.sent = count.next.take();
        }
    }

    fn tell(mut self, number: u64) {
        if let Some(sender) = self.sender.take() {
            let _ = sender.send(number);
        }
    }
}

/// Whoever leads may be dropped at any time: its page may have failed meanwhile.
impl<K: Eq + Hash> Drop for Lead<'_, K> {
    fn drop(&mut self) {
        let mut tallies = self.tallies.0.borrow_mut();
        let Some(count) = tallies.get_mut(&self.statement) else {
            return;
        };
        let is_own = |answer: &mut Answer| answer.ptr_eq(&self.answer);
        count.sent.take_if(is_own);
        count.next.take_if(is_own);
        if count.sent.is_none() && count.next.is_none() {
            tallies.remove(&self.statement);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::pin::pin;

    use futures_util::future::{Either, join, join_all, select};
    use tokio::task::yield_now;

    use super::*;

    /// Counts how often somebody asks, and takes its time about it.
    struct Server(Cell<u64>);

    impl Server {
        async fn ask(&self) -> Result<u64, ()> {
            self.0.set(self.0.get() + 1);
            let number = self.0.get();
            yield_now().await;
            yield_now().await;
            Ok(number)
        }
    }

    #[tokio::test]
    async fn answers_all_that_asked_before_it_was_sent() {
        let (tallies, server) = (Tallies::default(), Server(Cell::new(0)));
        let asked = (0..10).map(|_| tallies.count("people", server.ask()));
        let numbers = join_all(asked).await;
        // The first is sent at once; those that ask meanwhile share the second.
        assert_eq!(numbers[0], Ok(1));
        assert!(numbers[1..].iter().all(|number| *number == Ok(2)), "{numbers:?}");
        assert!(tallies.0.borrow().is_empty());
    }

    #[tokio::test]
    async fn keeps_statements_apart() {
        let (tallies, server) = (Tallies::default(), Server(Cell::new(0)));
        let numbers = join(tallies.count("people", server.ask()), tallies.count("computers", server.ask())).await;
        assert_eq!(numbers, (Ok(1), Ok(2)));
    }

    #[tokio::test]
    async fn does_not_wait_long_for_the_one_before() {
        let tallies = Tallies::default();
        let never = tallies.count("people", std::future::pending::<Result<u64, ()>>());
        let soon = tallies.count("people", async { Ok::<_, ()>(7) });
        let (never, soon) = (pin!(never), pin!(soon));
        assert!(matches!(select(never, soon).await, Either::Right((Ok(7), _))));
    }

    #[tokio::test]
    async fn lets_each_ask_for_itself_where_the_leader_fails_or_goes_away() {
        let (tallies, server) = (Tallies::default(), Server(Cell::new(0)));
        let failed = async {
            yield_now().await;
            Err(())
        };
        let first = tallies.count("people", failed);
        let leader = tallies.count("people", std::future::pending::<Result<u64, ()>>());
        let others = join(tallies.count("people", server.ask()), tallies.count("people", server.ask()));
        let leader = timeout(Duration::ZERO, leader);
        let (first, (leader, others)) = join(first, join(leader, others)).await;
        assert_eq!(first, Err(()));
        assert!(leader.is_err());
        assert_eq!(others, (Ok(1), Ok(2)));
        assert!(tallies.0.borrow().is_empty());
    }
}
