//! From the database's refusals to errors that name attributes, never columns.

use std::fmt;

use diesel::result::Error as DieselError;

use super::Place;
use super::linking::LinkChange;
use crate::backend::Refused;
use crate::dialect::{Dialect, Violation};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::statement::Predicate;
use crate::value::Codec;

/// What a write was about, for the messages of what the database refuses.
pub(super) struct Subject<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) place: Option<&'a Place>,
    /// The names of the attributes that the document has.
    pub(super) sent: &'a [&'static str],
    /// The relationships that it has.
    pub(super) links: &'a [LinkChange],
}

/// A failure of a statement that only reads.
pub(super) fn of_read(Refused { violation, cause: error }: Refused) -> Error {
    match violation {
        Violation::Busy => Error::busy().with_cause(error),
        Violation::Contended => Error::contended().with_cause(error),
        Violation::TimedOut | Violation::Cancelled => Error::timed_out().with_cause(error),
        Violation::Unreachable => Error::unreachable_database(error),
        Violation::ReadOnly => Error::read_only_database().with_cause(error),
        Violation::Type(_) => Error::unfit_value().with_cause(error),
        Violation::Argument => Error::impossible_value().with_cause(error),
        _ => failure(error),
    }
}

/// What the application's own code says of a row it cannot show, or a failure of the server's.
fn failure(error: DieselError) -> Error {
    match error {
        DieselError::DeserializationError(cause) => match cause.downcast::<Error>() {
            Ok(told) => *told,
            Err(cause) => Error::internal(cause),
        },
        error => Error::internal(error),
    }
}

/// The same, of one with a client's filters: what the database does not understand is laid to those that it may not.
pub(super) fn of_query<DB: Dialect>(predicate: &Predicate<DB>) -> impl FnOnce(Refused) -> Error {
    move |refused| {
        let is_of_values = matches!(refused.violation, Violation::Type(_) | Violation::Argument | Violation::Refused);
        let parameters = if is_of_values { predicate.fallible_parameters() } else { Vec::new() };
        let Some(parameter) = parameters.first() else {
            return of_read(refused);
        };
        let detail = format!("{}: the database cannot work with this value", parameters.join(", "));
        Error::invalid_parameter(parameter, detail).with_cause(refused.cause)
    }
}

impl Subject<'_> {
    /// A failure of a statement that writes.
    pub(super) fn refuse(&self, Refused { violation, cause: error }: Refused) -> Error {
        let refusal = match violation {
            Violation::Unique(words) => self.duplicate(&self.columns_among(&words)),
            Violation::ForeignKey => self.dangling(),
            Violation::NotNull(column) => self.value(column.as_slice(), "must not be null"),
            Violation::Check(words) => self.value(&self.columns_among(&words), "has a value that is not allowed"),
            Violation::Type(Some(column)) if self.is_made(&column) => Error::no_more_keys(),
            Violation::Type(column) => self.value(column.as_slice(), "has a value that the database cannot hold"),
            Violation::Refused | Violation::Argument => Error::refused_by_database(),
            Violation::Busy | Violation::Contended => Error::contended(),
            Violation::TimedOut | Violation::Cancelled => Error::timed_out(),
            Violation::ReadOnly => Error::read_only_database(),
            Violation::Unreachable => return Error::unreachable_database(error),
            Violation::Failure => return failure(error),
        };
        refusal.with_cause(error)
    }

    /// Whether the column is a key that the database makes, since the client sent none.
    fn is_made(&self, column: &str) -> bool {
        let resource = self.endpoint.resource;
        let name = resource.attribute_of_column(column).map_or("id", |attribute| attribute.name);
        resource.key.column == column && self.place.is_some() && !self.sent.contains(&name)
    }

    fn duplicate(&self, columns: &[String]) -> Error {
        let names = self.names(columns);
        let pointer = self.pointer(&names);
        let detail = match names.as_slice() {
            [] => "another resource has the same value already".to_owned(),
            [name] => format!("{name}: another resource has this value already"),
            names => format!("{}: another resource has these values already", names.join(", ")),
        };
        point(Error::duplicate(detail), pointer)
    }

    /// A write refers to what does not exist; a deletion takes away what others refer to.
    fn dangling(&self) -> Error {
        if self.place.is_some() { point(Error::missing_resource(), self.pointer(&[])) } else { Error::in_use() }
    }

    fn value(&self, columns: &[String], what: &str) -> Error {
        let names = self.names(columns);
        let detail = match names.as_slice() {
            [] => format!("an attribute {what}"),
            names => format!("{}: {what}", names.join(", ")),
        };
        point(Error::bad_request(detail).with_title("Invalid value").of_validation(), self.pointer(&names))
    }

    /// The names on the wire of those columns that a client may know of.
    fn names(&self, columns: &[String]) -> Vec<&'static str> {
        columns.iter().filter_map(|column| self.name(column)).collect()
    }

    fn name(&self, column: &str) -> Option<&'static str> {
        let resource = self.endpoint.resource;
        let is_key = resource.key.column == column;
        if is_key && self.sent.contains(&"id") {
            return Some("id");
        }
        let relationship = resource.relationship_of_column(column).map(|relationship| relationship.name);
        let relationship = relationship.filter(|name| self.endpoint.relationship(name).is_some());
        let attribute = || resource.attribute_of_column(column).map(|attribute| attribute.name);
        let attribute = || attribute().filter(|name| self.endpoint.known_attribute(name).is_some());
        relationship.or_else(attribute).or_else(|| is_key.then_some("id"))
    }

    /// Those of the words that are columns of the table.
    fn columns_among(&self, words: &[String]) -> Vec<String> {
        let mut columns: Vec<String> = words.iter().filter(|word| self.name(word).is_some()).cloned().collect();
        columns.dedup();
        columns
    }

    /// The value in the document that the attributes are about: the one that was sent, or what should have had it.
    fn pointer(&self, names: &[&'static str]) -> Option<String> {
        let place = self.place?;
        match names {
            ["id"] if self.sent.contains(&"id") => Some(place.member("id")),
            [name] if self.sent.contains(name) => Some(place.attribute(name)),
            [name] => self.link(name).or_else(|| Some(self.missing(place, name))),
            _ => Some(place.missing_attribute()),
        }
    }

    /// Where the document should have had an attribute, or a relationship.
    fn missing(&self, place: &Place, name: &str) -> String {
        match self.endpoint.relationship(name) {
            Some(_) => place.relationship(name),
            None => place.missing_attribute(),
        }
    }

    /// Where the document has the linkage of a relationship.
    fn link(&self, name: &str) -> Option<String> {
        let (place, _) = self.endpoint.resource.relationship(name)?;
        let link = self.links.iter().find(|link| link.relationship == place);
        link.map(|link| link.pointer.clone())
    }
}

fn point(error: Error, pointer: Option<String>) -> Error {
    match pointer {
        Some(pointer) => error.at_pointer(pointer),
        None => error,
    }
}

/// A value that the type of its field does not hold.
pub(super) fn unreadable<DB: Dialect>(name: &str, codec: &Codec<DB>, cause: &dyn fmt::Display) -> Error {
    let expected = if codec.is_plain() { codec.sql.expectation() } else { "one of the attribute's".into() };
    Error::unreadable_value(name, &expected, cause)
}

/// An error on its way through Diesel.
pub(super) fn told(error: Error) -> DieselError {
    DieselError::DeserializationError(error.into())
}
