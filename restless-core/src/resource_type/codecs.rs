//! How the values of a resource type's fields travel between JSON, Rust and one backend.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::Expression;
use diesel::query_source::Column;

use super::{AttributeId, Key, Presentation, Reference, Resource, ResourceType, Settings};
use crate::dialect::{ByBackend, Dialect, Family, Fragment, SqlKind, TableName};
use crate::value::{Codec, ColumnType, JsonFormat, Unseen};

/// The codecs of one field: its column's, and what the field itself says of its values.
pub struct FieldCodec<DB: Dialect> {
    pub(crate) codec: Codec<DB>,
    /// Makes the value of a new row where the client sends none.
    pub(crate) default: Option<fn() -> Fragment<DB>>,
    /// Tells which values are left out of a resource.
    pub(crate) omission: Option<Omission<DB>>,
}

/// Tells of a raw database value whether it is left out.
pub type Omission<DB> = for<'a> fn(Option<<DB as Backend>::RawValue<'a>>) -> bool;

/// True if the field's own function leaves a value of the column `C` out; a value that is none of the field's type is shown.
pub fn is_omitted<C, T, DB>(raw: Option<DB::RawValue<'_>>, omission: fn(&T) -> bool) -> bool
where
    C: Column,
    T: ColumnType<<C as Expression>::SqlType, DB>,
    DB: Dialect,
{
    T::from_raw(raw).is_ok_and(|value| omission(&value))
}

impl<DB: Dialect> FieldCodec<DB> {
    /// The codecs of the column `C`, held by a field of type `T`, which `W` writes to JSON.
    #[must_use]
    pub const fn of<C, T, W>() -> Self
    where
        C: Column,
        <C as Expression>::SqlType: 'static,
        T: ColumnType<<C as Expression>::SqlType, DB>,
        W: JsonFormat<T>,
    {
        Self { codec: Codec::of::<T, <C as Expression>::SqlType, W>(), default: None, omission: None }
    }

    /// Those of a field of which nothing is known on the backend.
    const ABSENT: Self = Self { codec: Codec::ABSENT, default: None, omission: None };

    /// The value when POST leaves it out; without one the database's default applies.
    #[must_use]
    pub const fn default_value(mut self, default: fn() -> Fragment<DB>) -> Self {
        self.default = Some(default);
        self
    }

    /// Values of which the function says so are left out of a resource, with their name.
    #[must_use]
    pub const fn omitted_if(mut self, omission: Omission<DB>) -> Self {
        self.omission = Some(omission);
        self
    }
}

/// The column `C`, held by a skipped field of type `T`. Its constant `CODEC` is that of [`Unheld`] where Diesel does not both
/// read and write such values.
pub struct Held<C, T, DB>(PhantomData<(C, T, DB)>);

impl<C, T, DB> Held<C, T, DB>
where
    C: Column,
    <C as Expression>::SqlType: 'static,
    T: ColumnType<<C as Expression>::SqlType, DB>,
    DB: Dialect,
{
    /// The codec of the column.
    pub const CODEC: Option<Codec<DB>> = Some(Codec::of::<T, <C as Expression>::SqlType, Unseen>());
}

/// The constant of a [`Held`] whose values Diesel does not write.
pub trait Unheld<DB: Dialect> {
    /// None.
    const CODEC: Option<Codec<DB>> = None;
}

impl<C, T, DB: Dialect> Unheld<DB> for Held<C, T, DB> {}

/// The codecs of a resource type on one backend, in step with its description.
pub struct Codecs<DB: Dialect> {
    pub(crate) resource: &'static ResourceType,
    pub(crate) key: FieldCodec<DB>,
    /// That of Diesel's primary key, if it is another column than the key.
    pub(crate) primary_key: Option<Codec<DB>>,
    pub(crate) attributes: &'static [FieldCodec<DB>],
    /// Those of the fields that are not on the wire; none where Diesel does not write the values.
    pub(crate) hidden: &'static [Option<Codec<DB>>],
    /// How the model itself is asked for attributes, if it has to be.
    pub(crate) presentation: Option<Presentation<DB>>,
}

impl<DB: Dialect> Codecs<DB> {
    /// Those of the key and of the attributes, in the order of the description.
    #[must_use]
    pub const fn new(
        resource: &'static ResourceType,
        key: FieldCodec<DB>,
        attributes: &'static [FieldCodec<DB>],
    ) -> Self {
        Self { resource, key, primary_key: None, attributes, hidden: &[], presentation: None }
    }

    /// Adds that of Diesel's primary key, where foreign keys refer to another column than the one whose text is the id.
    #[must_use]
    pub const fn primary_key(mut self, primary_key: FieldCodec<DB>) -> Self {
        self.primary_key = Some(primary_key.codec);
        self
    }

    /// Adds those of the fields that are not on the wire.
    #[must_use]
    pub const fn hidden(mut self, hidden: &'static [Option<Codec<DB>>]) -> Self {
        self.hidden = hidden;
        self
    }

    /// The model itself is asked for attributes.
    #[must_use]
    pub const fn presentation(mut self, presentation: Presentation<DB>) -> Self {
        self.presentation = Some(presentation);
        self
    }

    /// Compiles if the model `T`, to which a relationship leads, is made for the backend as well.
    #[must_use]
    pub const fn related<T: Resource<DB>>(self) -> Self {
        self
    }

    /// Those of a model that is not made for the backend. Nobody meets them: a request for such a model is refused before.
    pub(super) const ABSENT: &'static Self = &Self::new(&NOWHERE, FieldCodec::ABSENT, &[]);

    /// Those of an attribute.
    pub(crate) fn attribute(&self, attribute: AttributeId) -> &'static FieldCodec<DB> {
        self.attributes.get(attribute.index()).unwrap_or(&FieldCodec::ABSENT)
    }

    /// The codec of the column that foreign keys of the kind refer to.
    pub(crate) fn referred(&self, reference: Reference) -> &Codec<DB> {
        match (reference, &self.primary_key) {
            (Reference::PrimaryKey, Some(primary_key)) => primary_key,
            _ => &self.key.codec,
        }
    }

    /// The column of a field, whatever clients know of it, and its codec.
    pub(crate) fn field_of_column(&'static self, column: &str) -> Option<(&'static str, &'static Codec<DB>)> {
        let resource = self.resource;
        let attributes = resource.attributes.iter().zip(self.attributes);
        let attributes = attributes.map(|(attribute, field)| (attribute.column, &field.codec));
        let primary_key = resource.primary_key.as_ref().zip(self.primary_key.as_ref());
        let keys = [(resource.key.column, &self.key.codec)].into_iter();
        let keys = keys.chain(primary_key.map(|(key, codec)| (key.column, codec)));
        let hidden = resource.hidden.iter().zip(self.hidden);
        let hidden = hidden.filter_map(|(hidden, codec)| Some((hidden.column, codec.as_ref()?)));
        attributes.chain(keys).chain(hidden).find(|(name, _)| *name == column)
    }

    /// The column of the field of that name that no client knows, and its codec.
    pub(crate) fn hidden_field(&'static self, name: &str) -> Option<(&'static str, &'static Codec<DB>)> {
        let mut hidden = self.resource.hidden.iter().zip(self.hidden);
        let (hidden, codec) = hidden.find(|(hidden, _)| hidden.name == name)?;
        Some((hidden.column, codec.as_ref()?))
    }
}

/// The description that [`Codecs::ABSENT`] is of.
static NOWHERE: ResourceType = ResourceType::new(
    TableName::NONE,
    Key { name: "", column: "", sql: SqlKind::of::<diesel::sql_types::Untyped>(), is_read_only: true },
    &[],
    Settings::new(""),
);

/// The codecs of a model on the backends that it is made for.
pub struct AllCodecs;

impl Family for AllCodecs {
    type Of<DB: Dialect> = Option<fn() -> &'static Codecs<DB>>;
}

/// Where the codecs of a model are found.
pub type Backends = ByBackend<AllCodecs>;

macro_rules! add {
    ($($feature:literal $name:ident $backend:ty, $words:literal;)*) => {$(
        #[doc = concat!("The model `M` is made for ", $words, ".")]
        #[cfg(feature = $feature)]
        #[must_use]
        pub const fn $name<M: Resource<$backend>>(mut self) -> Self {
            self.$name = Some(M::codecs);
            self
        }
    )*};
}

impl Backends {
    /// Those of a model that is made for none.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            #[cfg(feature = "sqlite")]
            sqlite: None,
            #[cfg(feature = "postgres")]
            postgres: None,
            #[cfg(feature = "mysql")]
            mysql: None,
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            none: PhantomData,
        }
    }

    add! {
        "sqlite" sqlite diesel::sqlite::Sqlite, "SQLite";
        "postgres" postgres diesel::pg::Pg, "PostgreSQL";
        "mysql" mysql diesel::mysql::Mysql, "MySQL and MariaDB";
    }

    /// The names of the backends that the model is made for.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let backends: &[(&'static str, bool)] = &[
            #[cfg(feature = "sqlite")]
            ("sqlite", self.sqlite.is_some()),
            #[cfg(feature = "postgres")]
            ("postgres", self.postgres.is_some()),
            #[cfg(feature = "mysql")]
            ("mysql", self.mysql.is_some()),
        ];
        backends.iter().filter(|(_, is_made)| *is_made).map(|(name, _)| *name).collect()
    }
}

impl Default for Backends {
    fn default() -> Self {
        Self::new()
    }
}
