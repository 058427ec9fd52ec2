//! Clients that wait for what they read, so that an operation learns when its own has gone away.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Those of one thread. Places are used again, so that a client costs no memory of its own.
#[derive(Default)]
pub(super) struct Clients(RefCell<Places>);

#[derive(Default)]
struct Places {
    all: Vec<ClientSlot>,
    /// Those that nobody has.
    free: Vec<usize>,
}

/// A place for one client and its operation.
#[derive(Default)]
struct ClientSlot {
    /// How many of the two are still there.
    parties: u8,
    is_gone: bool,
    waker: Option<Waker>,
}

/// The client's part: when it is dropped, the client has gone.
pub(super) struct Waiting(Party);

/// The operation's part.
pub(super) struct Awaited(Party);

struct Party {
    clients: Rc<Clients>,
    place: usize,
}

impl Clients {
    /// A client that waits for an operation.
    pub(super) fn enter(self: &Rc<Self>) -> (Waiting, Awaited) {
        let mut places = self.0.borrow_mut();
        let place = places.free.pop().unwrap_or_else(|| {
            places.all.push(ClientSlot::default());
            places.all.len() - 1
        });
        places.all[place] = ClientSlot { parties: 2, ..ClientSlot::default() };
        let party = || Party { clients: Rc::clone(self), place };
        (Waiting(party()), Awaited(party()))
    }

    fn with<T>(&self, place: usize, work: impl FnOnce(&mut ClientSlot) -> T) -> T {
        work(&mut self.0.borrow_mut().all[place])
    }
}

impl Awaited {
    pub(super) fn is_gone(&self) -> bool {
        self.0.clients.with(self.0.place, |place| place.is_gone)
    }

    /// Waits until the client has gone.
    pub(super) async fn gone(&self) {
        std::future::poll_fn(|context| {
            self.0.clients.with(self.0.place, |place| {
                if place.is_gone {
                    return Poll::Ready(());
                }
                match &mut place.waker {
                    Some(waker) => waker.clone_from(context.waker()),
                    none => *none = Some(context.waker().clone()),
                }
                Poll::Pending
            })
        })
        .await;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let waker = self.0.clients.with(self.0.place, |place| {
            place.is_gone = true;
            place.waker.take()
        });
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Drop for Party {
    fn drop(&mut self) {
        // The waker is dropped when nothing is borrowed: with it a task may go, and whatever that holds.
        let (is_free, waker) = self.clients.with(self.place, |place| {
            place.parties -= 1;
            (place.parties == 0, if place.parties == 0 { place.waker.take() } else { None })
        });
        if is_free {
            self.clients.0.borrow_mut().free.push(self.place);
        }
        drop(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn tell_when_they_go() {
        let clients = Rc::new(Clients::default());
        let (waiting, awaited) = clients.enter();
        assert!(!awaited.is_gone());
        let going = async {
            tokio::task::yield_now().await;
            drop(waiting);
        };
        futures_util::future::join(awaited.gone(), going).await;
        assert!(awaited.is_gone());
    }

    #[test]
    fn leave_their_places_to_others() {
        let clients = Rc::new(Clients::default());
        let first = clients.enter();
        let second = clients.enter();
        drop(first);
        let third = clients.enter();
        assert!(!third.1.is_gone());
        assert_eq!(clients.0.borrow().all.len(), 2);
        drop((second, third));
        assert_eq!(clients.0.borrow().free.len(), 2);
    }
}
