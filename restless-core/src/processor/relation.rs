//! The relationship that a request is about.

/// A relationship of one resource.
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

    /// The id, and the name of the relationship.
    pub(crate) fn into_place(self) -> (String, String) {
        (self.id, self.name)
    }

    /// The name of the relationship on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Leads the request to another relationship; it is 404 if there is none of that name.
    pub fn set_name(&mut self, name: impl Into<String>) {
        self.name = name.into();
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
