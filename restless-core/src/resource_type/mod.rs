//! The description of a resource type: plain data that the derive fills and everything else reads.

mod attribute;
mod codecs;
mod columns;
mod expression;
mod format;
mod hidden;
mod ids;
mod key;
mod limits;
mod model;
mod presentation;
mod primary_key;
mod quoted;
mod readable;
mod relationship;
mod row;
mod settings;
mod transfer;

use std::any::Any;

use diesel::QueryResult;
use serde_json::{Map, Value};

pub use attribute::{Access, Attribute};
pub use codecs::{Backends, Codecs, FieldCodec, Held, Unheld, is_omitted};
pub(crate) use columns::WholeColumn;
pub use format::Format;
pub(crate) use format::Formats;
pub use hidden::Hidden;
pub(crate) use ids::{AttributeId, RelationshipId, id, index};
pub use key::{ForeignKeyType, Key, KeyOf, KeySqlType, KeyType, Keys};
pub use limits::Limits;
pub use model::{EveryBackend, Model, OnMysql, OnPostgres, OnSqlite, Resource};
pub(crate) use presentation::Wanted;
pub use presentation::{
    Computation, Deserializer, Present, Presentation, Presented, SerializeModel, Serializer, computed,
};
pub use primary_key::{PartsOf, PrimaryKeyOf, PrimaryKeyOfTable, Whole, named_key, unique_key, whole_key};
pub(crate) use quoted::write_qualified;
use quoted::{Quoted, QuotedColumns};
pub use readable::Readable;
pub(crate) use relationship::{ForeignKey, Link};
pub use relationship::{NoTable, OnDelete, Reference, Relationship};
pub(crate) use row::ModelRow;
pub use settings::{Count, Paths, Settings};
pub use transfer::Transfer;

use crate::clause::Clause;
use crate::dialect::{ByBackend, Dialect, TableName};
use crate::error::ValidationErrors;
use crate::typed::FieldRules;
use crate::value::{Input, TypedValue};

/// Tells, of the context of a request, what rows there are; of anything else, that there are none.
pub type Rule = fn(&dyn Any) -> Clause;

/// Tells, of the context of a request, what a client may know of the fields; of anything else, nothing.
pub type FieldRule = fn(&dyn Any) -> FieldRules;

/// Says what is wrong with what a client sends; a module above this one knows its type.
pub type Validate = fn(&dyn Any) -> Looked;

/// What is wrong with what was shown, or what a validation looks at, if that is something else.
pub type Looked = Result<ValidationErrors, Sight>;

/// What a validation looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// What the client sends.
    Changes,
    /// The same, and the request that it is sent with.
    Request,
}

/// Makes what a client sends into the attributes of the model.
pub type Deserialize = fn(Map<String, Value>) -> Result<Map<String, Value>, ValidationErrors>;

/// What the application's own code has to know of a resource type, whatever its backend.
pub(crate) trait Describe: Sync {
    /// The name on the wire of what a column holds.
    fn name_of(&self, column: &str) -> Option<&'static str>;

    /// The column of the attribute with that name.
    fn column_of(&self, name: &str) -> Option<&'static str>;

    /// The name of the to-one relationship whose ids a column holds.
    fn relationship_of(&self, column: &str) -> Option<&'static str>;

    /// A value as a column's field holds it; `None` if it does not fit.
    fn parse(&self, column: &str, input: Input<'_>) -> Option<TypedValue>;
}

impl<DB: Dialect> Describe for Codecs<DB> {
    fn name_of(&self, column: &str) -> Option<&'static str> {
        self.resource.attribute_of_column(column).map(|attribute| attribute.name)
    }

    fn column_of(&self, name: &str) -> Option<&'static str> {
        self.resource.attribute(name).map(|(_, attribute)| attribute.column)
    }

    fn relationship_of(&self, column: &str) -> Option<&'static str> {
        let relationship = self.resource.relationship_of_column(column)?;
        let Link::BelongsTo(foreign_key) = &relationship.link else {
            return None;
        };
        let target = relationship.target();
        (target.referred(foreign_key.refers_to).column == target.key.column).then_some(relationship.name)
    }

    fn parse(&self, column: &str, input: Input<'_>) -> Option<TypedValue> {
        let attribute = self.resource.attribute_id_of_column(column)?;
        (self.attribute(attribute).codec.parse)(input).ok()
    }
}

/// A JSON:API resource type: its table, its key, its attributes and its relationships, whatever the backend.
///
/// The derive writes one per model as a `static`; nothing that it says changes at run time.
pub struct ResourceType {
    pub(crate) table: TableName,
    pub(crate) key: Key,
    /// Diesel's primary key, if it is another column than the key.
    pub(crate) primary_key: Option<Key>,
    /// The columns that together tell a row, where Diesel's primary key is more than one.
    pub(crate) identity: &'static [&'static str],
    pub(crate) attributes: &'static [Attribute],
    /// What only the application's own code knows.
    pub(crate) hidden: &'static [Hidden],
    pub(crate) relationships: &'static [Relationship],
    pub(crate) settings: Settings,
    /// Which rows there are for whoever asks; without it, all.
    pub(crate) row_filter: Option<Rule>,
    /// What a client may know of the fields; without it, what the attributes say.
    pub(crate) field_access: Option<FieldRule>,
    /// The processors that its attributes name; a module above this one knows their type.
    pub(crate) processors: Option<fn() -> Box<dyn Any>>,
    /// Says what is wrong with what a client sends, besides its types.
    pub(crate) validate: Option<Validate>,
    /// The attributes that the model itself is asked for, if it has to be.
    pub(crate) presented: Option<Presented>,
    /// Makes what a client sends into attributes.
    pub(crate) deserialize: Option<Deserialize>,
    pub(crate) documentation: &'static str,
    backends: Backends,
    quoted: ByBackend<QuotedColumns>,
}

impl ResourceType {
    /// Describes the rows of a table.
    #[must_use]
    pub const fn new(table: TableName, key: Key, attributes: &'static [Attribute], settings: Settings) -> Self {
        Self {
            table,
            key,
            primary_key: None,
            identity: &[],
            attributes,
            hidden: &[],
            relationships: &[],
            settings,
            row_filter: None,
            field_access: None,
            processors: None,
            validate: None,
            presented: None,
            deserialize: None,
            documentation: "",
            backends: Backends::new(),
            quoted: QuotedColumns::unknown(),
        }
    }

    /// Foreign keys refer to this column, which is not the one whose text is the id.
    #[must_use]
    pub const fn primary_key(mut self, primary_key: Key) -> Self {
        self.primary_key = Some(primary_key);
        self
    }

    /// These columns together tell a row as well.
    #[must_use]
    pub const fn identity(mut self, columns: &'static [&'static str]) -> Self {
        self.identity = columns;
        self
    }

    /// Rows outside of the rule do not exist for a client.
    #[must_use]
    pub const fn row_filter(mut self, row_filter: Rule) -> Self {
        self.row_filter = Some(row_filter);
        self
    }

    /// What a client may know of the fields is decided for each request.
    #[must_use]
    pub const fn field_access(mut self, field_access: FieldRule) -> Self {
        self.field_access = Some(field_access);
        self
    }

    /// Lets the application look at every write before it is done.
    #[must_use]
    pub const fn validate(mut self, validate: Validate) -> Self {
        self.validate = Some(validate);
        self
    }

    /// It is made for these backends.
    #[must_use]
    pub const fn backends(mut self, backends: Backends) -> Self {
        self.backends = backends;
        self
    }

    /// The model itself is asked for attributes.
    #[must_use]
    pub const fn presented(mut self, presented: Presented) -> Self {
        self.presented = Some(presented);
        self
    }

    /// What a client sends is made into attributes first.
    #[must_use]
    pub const fn deserialize(mut self, deserialize: Deserialize) -> Self {
        self.deserialize = Some(deserialize);
        self
    }

    /// Adds the processors that the attributes name.
    #[must_use]
    pub const fn processors(mut self, processors: fn() -> Box<dyn Any>) -> Self {
        self.processors = Some(processors);
        self
    }

    /// Adds the fields that are not on the wire.
    #[must_use]
    pub const fn hidden(mut self, hidden: &'static [Hidden]) -> Self {
        self.hidden = hidden;
        self
    }

    /// Adds the relationships.
    #[must_use]
    pub const fn relationships(mut self, relationships: &'static [Relationship]) -> Self {
        self.relationships = relationships;
        self
    }

    /// Keeps the doc comment of the struct.
    #[must_use]
    pub const fn documented(mut self, documentation: &'static str) -> Self {
        self.documentation = documentation;
        self
    }

    /// The name in URLs and documents, unless a mount says otherwise.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.collection_name
    }

    /// The doc comment of the struct, or an empty text.
    #[must_use]
    pub const fn documentation(&self) -> &'static str {
        self.documentation
    }

    /// The attributes, in the order of the struct's fields.
    #[must_use]
    pub const fn attributes(&self) -> &'static [Attribute] {
        self.attributes
    }

    /// The names of the backends that its model is made for.
    pub(crate) fn backend_names(&self) -> Vec<&'static str> {
        self.backends.names()
    }

    /// True if its model is made for the backend.
    pub(crate) fn is_made_for<DB: Dialect>(&self) -> bool {
        DB::of(&self.backends).is_some()
    }

    /// Its codecs on a backend that its model is made for.
    pub(crate) fn codecs<DB: Dialect>(&self) -> &'static Codecs<DB> {
        DB::of(&self.backends).map_or(Codecs::ABSENT, |codecs| codecs())
    }

    /// Its columns as pieces of SQL.
    pub(crate) fn quoted<DB: Dialect>(&self) -> QueryResult<&Quoted> {
        let known = DB::of(&self.quoted);
        if let Some(quoted) = known.get() {
            return Ok(quoted);
        }
        let quoted = Quoted::of::<DB>(self)?;
        Ok(known.get_or_init(|| quoted))
    }

    /// The column that foreign keys of the kind refer to.
    pub(crate) fn referred(&self, reference: Reference) -> &Key {
        match (reference, &self.primary_key) {
            (Reference::PrimaryKey, Some(primary_key)) => primary_key,
            _ => &self.key,
        }
    }

    /// The relationship of that name, with its id.
    pub(crate) fn relationship(&self, name: &str) -> Option<(RelationshipId, &'static Relationship)> {
        let mut relationships = self.relationships_by_id();
        relationships.find(|(_, relationship)| relationship.name == name)
    }

    /// The attribute of that name on the wire, with its id.
    pub(crate) fn attribute(&self, name: &str) -> Option<(AttributeId, &'static Attribute)> {
        let mut attributes = self.attributes_by_id();
        attributes.find(|(_, attribute)| attribute.name == name)
    }

    /// The attributes, each with its id.
    pub(crate) fn attributes_by_id(&self) -> impl Iterator<Item = (AttributeId, &'static Attribute)> + use<> {
        self.attributes.iter().enumerate().map(|(index, attribute)| (AttributeId::new(index), attribute))
    }

    /// The relationships, each with its id.
    pub(crate) fn relationships_by_id(&self) -> impl Iterator<Item = (RelationshipId, &'static Relationship)> + use<> {
        self.relationships.iter().enumerate().map(|(index, relationship)| (RelationshipId::new(index), relationship))
    }

    /// The id of the attribute that a column holds.
    pub(crate) fn attribute_id_of_column(&self, column: &str) -> Option<AttributeId> {
        self.attributes.iter().position(|attribute| attribute.column == column).map(AttributeId::new)
    }

    /// The relationship that a column is the foreign key of.
    pub(crate) fn relationship_of_column(&self, column: &str) -> Option<&'static Relationship> {
        self.relationships.iter().find(|relationship| relationship.is_held_by(column))
    }

    /// The attribute that a column holds.
    pub(crate) fn attribute_of_column(&self, column: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.column == column)
    }
}
