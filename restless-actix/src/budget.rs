//! How many bytes of bodies and answers there may be at once, of all scopes of the process together.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The memory for all bodies that are being read or worked on.
pub(crate) static BODIES: Budget = Budget::new(128 * 1024 * 1024);

/// The memory for all large answers that their clients have not taken yet.
pub(crate) static ANSWERS: Budget = Budget::new(256 * 1024 * 1024);

/// How many bytes are few: as long as nobody takes more, a quarter of the budget is there for them.
const FEW: usize = 64 * 1024;

/// A number of bytes that is shared out.
pub(crate) struct Budget {
    total: AtomicUsize,
    taken: AtomicUsize,
}

impl Budget {
    const fn new(total: usize) -> Self {
        Self { total: AtomicUsize::new(total), taken: AtomicUsize::new(0) }
    }

    /// Makes it at least that large.
    pub(crate) fn allow(&self, total: usize) {
        self.total.fetch_max(total, Ordering::Relaxed);
    }

    /// Nothing yet, of which there may be more.
    pub(crate) const fn share(&'static self) -> Share {
        Share { budget: self, bytes: 0 }
    }
}

/// Bytes of a budget, which are given back when this is dropped.
pub(crate) struct Share {
    budget: &'static Budget,
    bytes: usize,
}

impl Share {
    /// Takes that many more bytes; false if there are not as many left.
    pub(crate) fn take(&mut self, bytes: usize) -> bool {
        let total = self.budget.total.load(Ordering::Relaxed);
        let most = if self.bytes.saturating_add(bytes) > FEW { total / 4 * 3 } else { total };
        let taken = self.budget.taken.fetch_add(bytes, Ordering::Relaxed);
        if taken.saturating_add(bytes) > most {
            self.budget.taken.fetch_sub(bytes, Ordering::Relaxed);
            return false;
        }
        self.bytes += bytes;
        true
    }

    /// Takes that many more bytes, whether they are left or not.
    pub(crate) fn take_anyway(&mut self, bytes: usize) {
        self.budget.taken.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_a_quarter_to_what_is_small() {
        static BUDGET: Budget = Budget::new(1024 * 1024);
        let (mut large, mut other, mut small) = (BUDGET.share(), BUDGET.share(), BUDGET.share());
        assert!(large.take(730 * 1024) && !other.take(100 * 1024));
        assert!(small.take(FEW) && !small.take(1));
        drop(large);
        assert!(small.take(1) && other.take(100 * 1024));
    }
}
