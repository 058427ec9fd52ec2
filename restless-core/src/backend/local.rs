//! Values that belong to one thread and one pool.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Weak};

/// The identity of a pool, for as long as it lives.
#[derive(Debug, Clone, Default)]
pub(super) struct PoolId(Arc<()>);

struct Local {
    pool: Weak<()>,
    value: Rc<dyn Any>,
}

thread_local! {
    static VALUES: RefCell<HashMap<usize, Local>> = RefCell::default();
}

impl PoolId {
    /// This thread's value of the pool; it is made when it is first asked for, and dropped after the pool.
    pub(super) fn local<T: 'static>(&self, make: impl FnOnce() -> T) -> Rc<T> {
        let key = Arc::as_ptr(&self.0) as usize;
        if let Some(value) = find(key) {
            return value;
        }
        let value = Rc::new(make());
        let local = Local { pool: Arc::downgrade(&self.0), value: Rc::clone(&value) as Rc<dyn Any> };
        let dropped = VALUES.with_borrow_mut(|values| {
            let dropped = take_orphans(values);
            values.insert(key, local);
            dropped
        });
        drop(dropped);
        value
    }
}

fn find<T: 'static>(key: usize) -> Option<Rc<T>> {
    VALUES.with_borrow(|values| {
        let local = values.get(&key).filter(|local| local.pool.strong_count() > 0)?;
        Rc::clone(&local.value).downcast().ok()
    })
}

/// Takes out the values of pools that are gone. They are dropped by the caller, once nothing is borrowed.
fn take_orphans(values: &mut HashMap<usize, Local>) -> Vec<Local> {
    let orphans = values.iter().filter(|(_, local)| local.pool.strong_count() == 0);
    let keys: Vec<usize> = orphans.map(|(key, _)| *key).collect();
    keys.into_iter().filter_map(|key| values.remove(&key)).collect()
}
