//! The bounds of a body while it is read.

use crate::error::{Error, Mistakes};
use crate::json;
use crate::resource_type::Limits;
use crate::shown::is_short;

/// What is wrong with a body, and how many objects it has: neither goes beyond the limits of its endpoint.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) mistakes: Mistakes,
    most: usize,
    objects: usize,
}

impl Reading {
    /// Of a body that has not been looked at.
    pub(crate) const fn within(limits: &Limits) -> Self {
        Self { mistakes: Mistakes::at_most(limits.errors), most: limits.objects, objects: 0 }
    }

    /// The items of a list of objects, with the number of each; `None` if it is no list. None of more than there may be.
    pub(crate) fn objects<'a>(&mut self, json: &'a str, pointer: &str) -> Option<Vec<&'a str>> {
        let items = json::items(json, self.most.saturating_sub(self.objects))?;
        let is_within = self.count(items.length, pointer);
        Some(if is_within { items.first } else { Vec::new() })
    }

    /// Counts that many more objects at a place; false if there are more than there may be.
    pub(crate) fn count(&mut self, objects: usize, pointer: &str) -> bool {
        let was_within = self.objects <= self.most;
        self.objects = self.objects.saturating_add(objects);
        let is_within = self.objects <= self.most;
        if was_within && !is_within {
            self.mistakes.push(Error::too_many_objects(self.most).at_pointer(pointer));
        }
        is_within
    }

    /// Whether it is in vain to read on.
    pub(crate) const fn is_over(&self) -> bool {
        self.objects > self.most || self.mistakes.is_full()
    }
}

/// The pointer of a member; that of the value around it where its name is too long to be told.
pub(crate) fn below(pointer: &str, name: &str) -> String {
    if !is_short(name) {
        return pointer.to_owned();
    }
    // RFC 6901, section 3.
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
