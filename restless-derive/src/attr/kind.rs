//! The kinds of value that a key of the struct can have, by their names in the table of keys.

use syn::{ExprPath, Ident, LitStr, Path, Result};

use super::entry::{Entry, Given};
use super::include::IncludePath;
use super::method::Method;
use super::{count, format, model_keys};
use crate::case;

/// A kind of value.
pub trait Kind {
    /// The value as it is kept.
    type Value;

    /// Puts what the entry says into the key's place.
    fn fill(place: &mut Option<Given<Self::Value>>, entry: &Entry) -> Result<()>;
}

/// A type per kind, each with the value that it keeps and the function that reads it.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident: $value:ty = $read:expr;)*) => {
        $(
            $(#[$about])*
            pub struct $kind;

            impl Kind for $kind {
                type Value = $value;

                fn fill(place: &mut Option<Given<$value>>, entry: &Entry) -> Result<()> {
                    entry.fill(place, $read)
                }
            }
        )*
    };
}

kinds! {
    /// `key = 10`
    Size: u32 = Entry::integer;
    /// `key = 10`, where the core has no number unless it is given.
    OptionalSize: u32 = Entry::integer;
    /// `key = 3`, at least 1.
    Depth: u32 = Entry::positive_integer;
    /// `key = 422`
    Status: u32 = validation_status;
    /// `key(exact)`
    Count: count::Count = count::Count::read;
    /// `key = "people"`
    Name: LitStr = Entry::text;
    /// `key = "/api"`
    Text: LitStr = Entry::text;
    /// `key(GET, POST)`
    Methods: Vec<Method> = Method::read_list;
    /// `key(author, comments.author)`
    Paths: Vec<IncludePath> = IncludePath::read_list;
    /// `key = "classic"`
    Format: format::Format = format::Format::read;
    /// `key(json_api)`
    Formats: Vec<format::Format> = format::Format::read_list;
    /// `key = "camelCase"`
    Case: case::Case = model_keys::case;
    /// `key = path::to::function`
    Function: ExprPath = Entry::function;
    /// `key = path::to::Type`
    Type: Path = |entry| entry.module("the path of a type");
    /// `key(full_name, initials)`
    Getters: Vec<Ident> = Entry::methods;
    /// `key(RequireToken, Audit)`
    Values: Vec<ExprPath> = Entry::values;
}

/// `key`: a value is refused, and the key counts nevertheless.
pub struct Flag;

impl Kind for Flag {
    type Value = ();

    fn fill(place: &mut Option<Given<()>>, entry: &Entry) -> Result<()> {
        entry.raise(place)
    }
}

/// `key = username`: a value that is refused still means that the key is not Diesel's.
pub struct PrimaryKey;

impl Kind for PrimaryKey {
    type Value = Option<Ident>;

    fn fill(place: &mut Option<Given<Option<Ident>>>, entry: &Entry) -> Result<()> {
        entry.claim(place, |entry| entry.identifier("the bare name of a field"))
    }
}

/// Reads `validation_status = 422`.
fn validation_status(entry: &Entry) -> Result<u32> {
    match entry.integer()? {
        status @ (400 | 422) => Ok(status),
        _ => Err(entry.expected("400 or 422")),
    }
}
