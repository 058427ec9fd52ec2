//! The relationship that a request is about.

/// A relationship of one resource; the ids may be changed, the name is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The id of the resource that has the relationship.
    pub id: String,
    name: String,
    /// The id of the one member that is asked for.
    pub member: Option<String>,
}

impl Relation {
    pub(crate) fn new(id: &str, name: &str, member: Option<&str>) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), member: member.map(str::to_owned) }
    }

    /// The name of the relationship on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The ids that a client sends to a relationship, or is told of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(pub(crate) Vec<String>);

impl Members {
    /// The ids, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Keeps those ids that satisfy the condition.
    pub fn retain(&mut self, condition: impl FnMut(&String) -> bool) {
        self.0.retain(condition);
    }
}
