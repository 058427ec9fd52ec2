//! Attributes that only the model itself can tell: those it computes, or all that a serializer makes of it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::readable::Readable;
use super::row::ModelRow;
use crate::dialect::{Dialect, Fragment};
use crate::error::{Error, ValidationErrors};

/// Makes the attributes of a resource of the model in the place of those of its fields.
///
/// It is asked wherever a resource is shown: by itself, in a collection, as a related or an included one. Its attributes can be
/// neither filtered nor sorted by; `fields[person]=…` chooses among them by their names.
///
/// ```
/// use restless_core::{Error, Serializer};
/// use serde_json::{Map, Value, json};
/// struct Person { first_name: String, last_name: String }
/// struct Badge;
/// impl Serializer<Person> for Badge {
///     fn serialize(person: &Person) -> Result<Map<String, Value>, Error> {
///         let initials = person.first_name.chars().take(1).chain(person.last_name.chars().take(1));
///         Ok(Map::from_iter([("initials".to_owned(), json!(initials.collect::<String>()))]))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not serialize `{R}`",
    label = "expected a type with `impl Serializer<{R}>`"
)]
pub trait Serializer<R> {
    /// The attributes, by their names on the wire.
    ///
    /// # Errors
    ///
    /// When the resource cannot be shown; the answer has the error's status, and names the resource.
    fn serialize(resource: &R) -> Result<Map<String, Value>, Error>;
}

/// Makes what a client sends into the attributes of the model: the reverse of a [`Serializer`].
///
/// ```
/// use restless_core::{Deserializer, ValidationErrors};
/// use serde_json::{Map, Value, json};
/// struct Person;
/// struct Badge;
/// impl Deserializer<Person> for Badge {
///     fn deserialize(mut sent: Map<String, Value>) -> Result<Map<String, Value>, ValidationErrors> {
///         let Some(name) = sent.remove("name") else {
///             return Ok(sent);
///         };
///         match name.as_str().and_then(|name| name.split_once(' ')) {
///             Some((first, last)) => {
///                 sent.insert("first_name".to_owned(), json!(first));
///                 sent.insert("last_name".to_owned(), json!(last));
///                 Ok(sent)
///             }
///             None => Err(ValidationErrors::new().with("name", "must be two words")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not deserialize `{R}`",
    label = "expected a type with `impl Deserializer<{R}>`"
)]
pub trait Deserializer<R> {
    /// The attributes of the model, of those that the client sends. They are checked afterwards as if the client had sent
    /// them so.
    ///
    /// # Errors
    ///
    /// What is wrong, by the names that the client sends.
    fn deserialize(sent: Map<String, Value>) -> Result<Map<String, Value>, ValidationErrors>;
}

/// An attribute that the model `M` computes.
pub struct Computation<M> {
    name: &'static str,
    compute: fn(&M) -> Result<Value, Error>,
}

impl<M> Computation<M> {
    /// The attribute with that name on the wire.
    #[must_use]
    pub const fn new(name: &'static str, compute: fn(&M) -> Result<Value, Error>) -> Self {
        Self { name, compute }
    }
}

/// What a method has computed, as JSON.
///
/// # Errors
///
/// When the value cannot be written as JSON.
pub fn computed(value: impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(Error::internal)
}

/// Makes the attributes of a model.
pub type SerializeModel<M> = fn(&M) -> Result<Map<String, Value>, Error>;

/// What the derive says of a model that is to be asked.
pub trait Present: Sized + 'static {
    /// The attributes that it computes.
    const COMPUTED: &'static [Computation<Self>] = &[];

    /// Makes all other attributes.
    const SERIALIZE: Option<SerializeModel<Self>> = None;
}

/// The attributes that a model is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Presented {
    names: fn() -> Vec<&'static str>,
    /// True if there are no attributes but those that the model tells.
    pub(crate) is_whole: bool,
}

impl Presented {
    /// Those of the model `M`.
    #[must_use]
    pub const fn of<M: Present>() -> Self {
        Self {
            names: || M::COMPUTED.iter().map(|computation| computation.name).collect(),
            is_whole: M::SERIALIZE.is_some(),
        }
    }

    /// True if the model computes an attribute of that name.
    pub(crate) fn computes(&self, name: &str) -> bool {
        (self.names)().contains(&name)
    }

    /// The names of the attributes that the model computes.
    pub(crate) fn computed(&self) -> Vec<String> {
        (self.names)().into_iter().map(str::to_owned).collect()
    }

    /// True if the model computes any attribute.
    pub(crate) fn computes_any(&self) -> bool {
        !(self.names)().is_empty()
    }
}

/// How a model is asked, on a backend.
pub struct Presentation<DB: Dialect> {
    /// The columns that Diesel makes the model of.
    pub(crate) selection: fn() -> Fragment<DB>,
    present: Ask<DB>,
}

/// Which attributes are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Wanted {
    All,
    /// Those that the client names.
    Named(Vec<String>),
}

/// Asks the model that a row is.
type Ask<DB> = fn(&ModelRow<'_, DB>, &dyn Fn(&str) -> bool) -> Result<Map<String, Value>, Error>;

impl<DB: Dialect> Presentation<DB> {
    /// Asks the model `M`.
    #[must_use]
    pub const fn of<M>() -> Self
    where
        M: Present + Readable<DB>,
    {
        Self { selection: || Box::new(M::selection()), present: present::<M, DB> }
    }

    /// The attributes of the model that a row is.
    pub(crate) fn present(&self, row: &ModelRow<'_, DB>, wanted: &Wanted) -> Result<Map<String, Value>, Error> {
        (self.present)(row, &|name| match wanted {
            Wanted::All => true,
            Wanted::Named(names) => names.iter().any(|wanted| wanted == name),
        })
    }
}

fn present<M, DB>(row: &ModelRow<'_, DB>, is_wanted: &dyn Fn(&str) -> bool) -> Result<Map<String, Value>, Error>
where
    M: Present + Readable<DB>,
    DB: Dialect,
{
    let model = M::read(row).map_err(Error::internal)?;
    let mut attributes = M::SERIALIZE.map_or_else(|| Ok(Map::new()), |serialize| serialize(&model))?;
    attributes.retain(|name, _| is_wanted(name));
    for Computation { name, compute } in M::COMPUTED.iter().filter(|computation| is_wanted(computation.name)) {
        attributes.insert((*name).to_owned(), compute(&model)?);
    }
    Ok(attributes)
}
