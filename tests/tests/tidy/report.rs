//! Offences, and the one way in which a check fails.

use std::fmt::Display;

/// The places where a rule is broken.
#[derive(Default)]
pub(crate) struct Report(Vec<String>);

impl Report {
    /// Adds an offence at a line of a file.
    pub(crate) fn add(&mut self, path: &str, line: usize, offence: impl Display) {
        self.0.push(format!("{path}:{line}: {offence}"));
    }

    /// Fails if there is an offence, with all of them.
    #[track_caller]
    pub(crate) fn check(self, rule: &str) {
        assert!(self.0.is_empty(), "{rule}: {} offences\n  {}", self.0.len(), self.0.join("\n  "));
    }
}
