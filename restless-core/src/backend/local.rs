//! Values that belong to one pool, on one thread, in the runtime that it runs.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Weak};

use tokio::runtime::{Handle, Id};

/// The identity of a pool, for as long as it lives.
#[derive(Debug, Clone, Default)]
pub(super) struct PoolId(Arc<()>);

struct Local {
    pool: Weak<()>,
    /// A thread may run one runtime after another; a socket ends with the one that it was opened in.
    runtime: Id,
    value: Rc<dyn Any>,
}

thread_local! {
    static VALUES: RefCell<HashMap<usize, Local>> = RefCell::default();
}

impl PoolId {
    /// The pool's value here; it is made when it is first asked for, and dropped after the pool, or when another
    /// runtime of this thread asks for its own.
    pub(super) fn local<T: 'static>(&self, make: impl FnOnce() -> T) -> Rc<T> {
        let (key, runtime) = (Arc::as_ptr(&self.0) as usize, Handle::current().id());
        if let Some(value) = find(key, runtime) {
            return value;
        }
        let value = Rc::new(make());
        let local = Local { pool: Arc::downgrade(&self.0), runtime, value: Rc::clone(&value) as Rc<dyn Any> };
        let dropped = VALUES.with_borrow_mut(|values| {
            let dropped = take_orphans(values);
            (dropped, values.insert(key, local))
        });
        drop(dropped);
        value
    }
}

fn find<T: 'static>(key: usize, runtime: Id) -> Option<Rc<T>> {
    VALUES.with_borrow(|values| {
        let local = values.get(&key).filter(|local| local.pool.strong_count() > 0 && local.runtime == runtime)?;
        Rc::clone(&local.value).downcast().ok()
    })
}

/// Takes out the values of pools that are gone. They are dropped by the caller, once nothing is borrowed.
fn take_orphans(values: &mut HashMap<usize, Local>) -> Vec<Local> {
    let orphans = values.iter().filter(|(_, local)| local.pool.strong_count() == 0);
    let keys: Vec<usize> = orphans.map(|(key, _)| *key).collect();
    keys.into_iter().filter_map(|key| values.remove(&key)).collect()
}
