//! A filter, whoever wrote it: a tree of tests, before it is known what its names mean.

mod operator;

pub(crate) use operator::{Operator, is_containment};

use std::fmt;
use std::sync::Arc;

use crate::dialect::AnyExpression;
use crate::value::TypedValue;

/// What a resource must satisfy.
#[derive(Debug, Clone)]
pub enum Clause {
    /// Every one of them; of none, every resource does.
    All(Vec<Clause>),
    /// At least one of them; of none, no resource does.
    Any(Vec<Clause>),
    Not(Box<Clause>),
    Test(Test),
    Related(Related),
    Sql(Sql),
}

/// An expression of Diesel's over the table of the resources.
#[derive(Clone)]
pub struct Sql(pub(crate) Arc<dyn AnyExpression>);

impl fmt::Debug for Sql {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sql")
    }
}

/// What no resource satisfies.
pub(crate) static NOTHING: Clause = Clause::Any(Vec::new());

/// A test of one attribute, or of a relationship as a whole.
#[derive(Debug, Clone)]
pub struct Test {
    pub(crate) name: Name,
    pub(crate) operator: Operator,
    pub(crate) operand: Operand,
    pub(crate) place: Location,
}

/// A test of the resources that a relationship leads to.
#[derive(Debug, Clone)]
pub struct Related {
    pub(crate) relationship: Name,
    pub(crate) quantifier: Quantifier,
    pub(crate) clause: Box<Clause>,
    pub(crate) place: Location,
}

/// What is called by a name.
#[derive(Debug, Clone)]
pub enum Name {
    /// A member, as clients call it.
    Member(String),
    /// The column of a field, as the application calls it.
    Column(&'static str),
    /// A relationship, whatever field has the same name.
    Relationship(&'static str),
}

/// Which relationships a test of related resources may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// To one.
    Has,
    /// To many.
    Any,
    /// To one or to many.
    Either,
}

/// What an attribute is compared with.
#[derive(Debug, Clone)]
pub(crate) enum Operand {
    Nothing,
    /// The text of a query parameter.
    Text(String),
    /// The text of one JSON value.
    Json(String),
    /// Several of these.
    List(Vec<Operand>),
    /// Another attribute.
    Field(Name),
    /// A value of the field's own type.
    Typed(TypedValue),
}

/// Where in a parameter the client wrote it, as a JSON Pointer; empty if it is the whole parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Location(pub(crate) String);

impl Location {
    /// What stands at a member or an index of this.
    pub(crate) fn below(&self, member: impl std::fmt::Display) -> Self {
        Location(format!("{}/{member}", self.0))
    }

    /// The beginning of a message about it.
    pub(crate) fn prefix(&self) -> String {
        if self.0.is_empty() { String::new() } else { format!("{}: ", self.0) }
    }
}

impl Test {
    /// A test that a client wrote.
    pub(crate) fn of_member(name: &str, operator: Operator, operand: Operand, place: Location) -> Self {
        Self { name: Name::Member(name.to_owned()), operator, operand, place }
    }
}

impl Operand {
    /// The same for a key: JSON:API writes every id as a string, whatever the type of the key.
    pub(super) fn of_id(&self) -> Self {
        match self {
            Operand::Json(json) => match serde_json::from_str(json) {
                Ok(text) => Operand::Text(text),
                Err(_) => self.clone(),
            },
            Operand::List(operands) => Operand::List(operands.iter().map(Operand::of_id).collect()),
            _ => self.clone(),
        }
    }
}

impl Name {
    /// Whether it is that of the key.
    pub(super) fn is_id(&self) -> bool {
        matches!(self, Name::Member(name) if name == "id")
    }

    /// The name, in words for the client.
    pub(crate) fn text(&self) -> &str {
        match self {
            Name::Member(name) => name,
            Name::Column(name) | Name::Relationship(name) => name,
        }
    }
}
