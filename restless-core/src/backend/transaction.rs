//! The application's own code within the transaction of a write, which must not wait for what the write has.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;

use super::Database;
use crate::error::Error;

thread_local! {
    /// The connections that the write has one of whose hooks this thread runs at the moment, by their address; 0 for none.
    static WITHIN: Cell<usize> = const { Cell::new(0) };
}

/// Marks the time while a hook runs on this thread.
struct Entered {
    outside: usize,
}

impl Drop for Entered {
    fn drop(&mut self) {
        WITHIN.set(self.outside);
    }
}

/// Lets code of the application's run that is asked within a transaction on this database.
pub(crate) async fn within<T>(database: &Database, code: impl Future<Output = T>) -> T {
    let address = database.backend().address();
    let mut code = pin!(code);
    poll_fn(|context| {
        let _entered = Entered { outside: WITHIN.replace(address) };
        code.as_mut().poll(context)
    })
    .await
}

/// Refuses code that would wait for what the write has that asks for it.
pub(super) fn refuse_within<T>(connections: &T) -> Result<(), Error> {
    let address = std::ptr::from_ref(connections) as usize;
    if WITHIN.get() == address { Err(Error::within_transaction()) } else { Ok(()) }
}
