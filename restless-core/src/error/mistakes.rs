//! What is wrong with one request, collected within a bound.

use super::{Error, Errors};

/// How many errors an answer tells, unless a setting says otherwise.
pub(crate) const MOST_ERRORS: usize = 100;

/// How many bytes of text each error may bring on the average.
const BYTES_PER_ERROR: usize = 480;

/// What an error needs besides its texts.
const FRAME: usize = 120;

/// The errors of a request, no more than one answer tells: whatever a client sends, no more of them are held.
#[derive(Debug, Clone)]
pub(crate) struct Mistakes {
    found: Vec<Error>,
    most: usize,
    /// How many bytes of text may come.
    room: usize,
    has_more: bool,
}

impl Default for Mistakes {
    fn default() -> Self {
        Self::at_most(MOST_ERRORS)
    }
}

impl Mistakes {
    /// None yet, and never more than that many.
    pub(crate) const fn at_most(most: usize) -> Self {
        Self { found: Vec::new(), most, room: most.saturating_mul(BYTES_PER_ERROR), has_more: false }
    }

    /// Adds an error, or notes that there are more than are told. The first is always told.
    pub(crate) fn push(&mut self, error: Error) {
        let weight = weight(&error);
        let has_room = self.found.len() < self.most && weight <= self.room;
        if self.has_more || !(has_room || self.found.is_empty()) {
            self.has_more = true;
            return;
        }
        self.room = self.room.saturating_sub(weight);
        self.found.push(error);
    }

    /// Adds all errors of another collection.
    pub(crate) fn append(&mut self, other: Self) {
        self.extend(other.found);
        self.has_more |= other.has_more;
    }

    /// Whether nothing that is found besides would be told, so that looking further is in vain.
    pub(crate) const fn is_full(&self) -> bool {
        self.has_more
    }

    /// The first of them, if there is one.
    pub(crate) fn into_first(self) -> Option<Error> {
        self.found.into_iter().next()
    }

    /// The same, each changed.
    pub(crate) fn map(mut self, change: impl FnMut(Error) -> Error) -> Self {
        self.found = self.found.into_iter().map(change).collect();
        self
    }

    /// `Ok` if nothing was found.
    pub(crate) fn check(self) -> Result<(), Errors> {
        let mut errors = self.found.into_iter();
        let Some(first) = errors.next() else {
            return Ok(());
        };
        let more = self.has_more.then(|| Error::more_errors(&first, self.most));
        let mut all = Errors::from(first);
        errors.chain(more).for_each(|error| all.push(error));
        Err(all)
    }
}

impl Extend<Error> for Mistakes {
    fn extend<I: IntoIterator<Item = Error>>(&mut self, errors: I) {
        for error in errors {
            self.push(error);
            if self.is_full() {
                return;
            }
        }
    }
}

/// The bytes of an error in an answer.
fn weight(error: &Error) -> usize {
    let source = error.source().map_or(0, |source| written(source.text()));
    FRAME + written(error.detail()) + source
}

/// The bytes of a text as a JSON string.
fn written(text: &str) -> usize {
    let escaped = text.bytes().map(|byte| match byte {
        0..0x20 => 5,
        b'"' | b'\\' => 1,
        _ => 0,
    });
    text.len() + escaped.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(errors: impl IntoIterator<Item = Error>, most: usize) -> Vec<Error> {
        let mut mistakes = Mistakes::at_most(most);
        mistakes.extend(errors);
        mistakes.check().err().into_iter().flatten().collect()
    }

    #[test]
    fn tells_no_more_than_its_bound_and_that_there_are_more() {
        let many = || (0..1000).map(|number| Error::bad_request(format!("mistake {number}")));
        assert_eq!(told(many().take(3), 3).len(), 3);
        let cut = told(many(), 3);
        assert_eq!(cut.len(), 4);
        assert_eq!(cut[3].detail(), "there are more errors: an answer tells 3 at most");
        assert!(told([], 3).is_empty());
    }

    #[test]
    fn bounds_their_text_too() {
        let long = || std::iter::repeat_with(|| Error::bad_request("\u{1}".repeat(1000)));
        let cut = told(long().take(1000), 100);
        let bytes: usize = cut.iter().map(weight).sum();
        assert!(cut.len() > 2 && bytes < 100 * BYTES_PER_ERROR + 1000, "{} with {bytes} bytes", cut.len());
        assert_eq!(told(long().take(1), 1).len(), 1);
    }
}
