//! Which statements a connection keeps prepared.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::sync::{Mutex, PoisonError};

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
pub(crate) struct Shapes(Mutex<HashMap<u64, Filling>>);

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
        let mut shapes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let shape = hasher.finish();
        if shapes.contains_key(&shape) || shapes.len() < MOST {
            shapes.entry(shape).or_default();
            return Some(ShapeId(shape));
        }
        None
    }

    /// How the last page of the shape was.
    pub(crate) fn filling(&self, shape: ShapeId) -> Filling {
        let shapes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shapes.get(&shape.0).copied().unwrap_or_default()
    }

    /// Notes how a page of the shape is.
    pub(crate) fn note_filling(&self, shape: ShapeId, filling: Filling) {
        let mut shapes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shapes.insert(shape.0, filling);
    }
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
