//! Values that are kept as texts, and may be spelt in several ways.

/// How points in time of one kind are compared by what they mean.
#[derive(Debug)]
pub struct TimeSpelling {
    /// The beginning of the function that spells all of them in one way.
    pub(crate) function: &'static str,
    /// What stands around a value so that no text that means it, or something later, is less.
    pub(crate) low: [&'static str; 2],
    /// What stands around a value so that every text that means it, or something earlier, is less.
    pub(crate) high: [&'static str; 2],
}
