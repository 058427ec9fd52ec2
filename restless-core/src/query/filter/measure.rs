//! How much of what it may ask a client has asked already.

use super::Limits;
use crate::clause::Operator;

/// Counts what the filters of one request ask.
pub(super) struct Measure {
    limits: Limits,
    clauses: usize,
    /// Characters of the patterns so far.
    patterns: usize,
}

/// What is counted of all filters of a request.
const CLAUSES: &str = "clauses in all filters together";

/// How deep a clause lies within others.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Level {
    pub(super) depth: usize,
    pub(super) max_path_length: usize,
}

impl Measure {
    pub(super) const fn new(limits: Limits) -> Self {
        Self { limits, clauses: 0, patterns: 0 }
    }

    /// One more test, or a list of them.
    pub(super) fn clause(&mut self) -> Result<(), String> {
        self.clauses += 1;
        within(self.clauses, self.limits.clauses, CLAUSES)
    }

    /// There are more tests and lists than there may be.
    pub(super) fn clauses_beyond(&self) -> Result<(), String> {
        within(self.limits.clauses + 1, self.limits.clauses, CLAUSES)
    }

    /// How many more tests and lists there may be.
    pub(super) const fn clauses_left(&self) -> usize {
        self.limits.clauses.saturating_sub(self.clauses)
    }

    /// How many values a list may have.
    pub(super) const fn most_values(&self) -> usize {
        self.limits.values
    }

    /// One level deeper.
    pub(super) fn deeper(&self, level: Level) -> Result<Level, String> {
        let depth = level.depth + 1;
        within(depth, self.limits.depth, "levels of clauses within each other")?;
        Ok(Level { depth, ..level })
    }

    /// That many relationships further.
    pub(super) fn further(&self, level: Level, max_path_length: usize) -> Result<Level, String> {
        let max_path_length = level.max_path_length + max_path_length;
        within(max_path_length, self.limits.max_path_length, "relationships on the way to an attribute")?;
        Ok(Level { max_path_length, ..level })
    }

    /// A list with that many values.
    pub(super) fn values(&self, count: usize) -> Result<(), String> {
        within(count, self.limits.values, "values in a list")
    }

    /// The one value of an operator, as it stands on the wire.
    pub(super) fn operand(&mut self, operator: &Operator, text: &str) -> Result<(), String> {
        self.value(text)?;
        if operator.is_searched() {
            self.patterns += text.chars().count();
            within(self.patterns, self.limits.pattern_length, "characters in all patterns together")?;
        }
        Ok(())
    }

    /// A value as it stands on the wire.
    pub(super) fn value(&self, text: &str) -> Result<(), String> {
        let most = self.limits.value_length;
        // A text has at least a quarter as many characters as it has bytes.
        let count = if text.len() <= most { text.len() } else { text.chars().take(most + 1).count() };
        if count > most {
            return Err(format!("expected {most} characters in a value at most, found more"));
        }
        Ok(())
    }
}

fn within(count: usize, most: usize, what: &str) -> Result<(), String> {
    if count > most {
        return Err(format!("expected {most} {what} at most, found {count}"));
    }
    Ok(())
}
