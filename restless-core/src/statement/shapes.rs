//! Which statements a connection keeps prepared.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many shapes of a resource type are kept prepared.
const MOST: usize = 64;

/// Whether a connection keeps a statement prepared once it has run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caching {
    /// Its text is one of a small set.
    Keep,
    /// A client could make any number of texts like this one.
    Discard,
}

/// The shapes of statements that have been met so far, up to a bound: Diesel's cache has none of its own.
#[derive(Debug, Default)]
pub(crate) struct Shapes(Mutex<Vec<(ShapeId, Filling)>>);

/// Whether a page has as many rows as it may have, so that it does not tell how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Filling {
    #[default]
    Partial,
    Full,
}

/// One of the shapes that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShapeId(u64);

impl Shapes {
    /// Decides for a statement whose text depends on what `describe` hashes, and on nothing else if that says so.
    pub(crate) fn caching(&self, describe: impl FnOnce(&mut DefaultHasher) -> bool) -> Caching {
        if self.keep(describe).is_some() { Caching::Keep } else { Caching::Discard }
    }

    /// The same; the shape, if it is kept.
    pub(crate) fn keep(&self, describe: impl FnOnce(&mut DefaultHasher) -> bool) -> Option<ShapeId> {
        let mut hasher = DefaultHasher::new();
        if !describe(&mut hasher) {
            return None;
        }
        let shape = ShapeId(hasher.finish());
        let mut shapes = self.known();
        if place(&shapes, shape).is_some() {
            return Some(shape);
        }
        let is_kept = shapes.len() < MOST;
        if is_kept {
            shapes.push((shape, Filling::default()));
        }
        is_kept.then_some(shape)
    }

    /// How the last page of the shape was.
    pub(crate) fn filling(&self, shape: ShapeId) -> Filling {
        let shapes = self.known();
        place(&shapes, shape).map(|place| shapes[place].1).unwrap_or_default()
    }

    /// Notes how a page of the shape is.
    pub(crate) fn note_filling(&self, shape: ShapeId, filling: Filling) {
        let mut shapes = self.known();
        if let Some(place) = place(&shapes, shape) {
            shapes[place].1 = filling;
        }
    }

    fn known(&self) -> MutexGuard<'_, Vec<(ShapeId, Filling)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a shape stands among so few that to look at each is faster than to hash.
fn place(shapes: &[(ShapeId, Filling)], shape: ShapeId) -> Option<usize> {
    shapes.iter().position(|(known, _)| *known == shape)
}

#[cfg(test)]
mod tests {
    use std::hash::Hash;

    use super::*;

    #[test]
    fn keeps_a_bounded_number_of_shapes() {
        let shapes = Shapes::default();
        let ask = |number: usize| {
            shapes.caching(|hasher| {
                number.hash(hasher);
                true
            })
        };
        let kept = (0..2000).filter(|number| ask(*number) == Caching::Keep).count();
        assert_eq!(kept, MOST);
        assert_eq!(ask(0), Caching::Keep);
    }
}
