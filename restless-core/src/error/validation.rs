//! What is wrong with a resource that a client wants to write, by attribute.

use std::fmt;

/// What an application finds wrong with what a client sends: messages by attribute. Each becomes an error of its own
/// (400, "Validation error") with the pointer of its attribute.
///
/// ```
/// use restless_core::ValidationErrors;
/// let errors = ValidationErrors::new().with("age", "must be positive").with("name", "must not be blank");
/// assert_eq!(errors.to_string(), "age: must be positive; name: must not be blank");
/// assert!(ValidationErrors::new().check().is_ok());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValidationErrors(Vec<(String, String)>);

impl ValidationErrors {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With one more.
    #[must_use]
    pub fn with(mut self, attribute: impl Into<String>, message: impl Into<String>) -> Self {
        self.add(attribute, message);
        self
    }

    /// Adds what is wrong with an attribute, which is called by its name on the wire.
    pub fn add(&mut self, attribute: impl Into<String>, message: impl Into<String>) {
        self.0.push((attribute.into(), message.into()));
    }

    /// `Ok` if nothing is wrong.
    ///
    /// # Errors
    ///
    /// These.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Attributes and messages, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(attribute, message)| (attribute.as_str(), message.as_str()))
    }
}

impl fmt::Display for ValidationErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.iter().map(|(attribute, message)| format!("{attribute}: {message}")).collect();
        formatter.write_str(&lines.join("; "))
    }
}

impl std::error::Error for ValidationErrors {}
