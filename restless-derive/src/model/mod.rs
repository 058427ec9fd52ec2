//! The waist of the derive: one model with everything resolved that the attributes and Diesel's defaults say.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{DeriveInput, FieldsNamed, Ident, LitStr, Path, Type, Visibility};

use crate::attr::{Backend, DefaultValue, DieselField, DieselModel, FieldKeys, Given, ModelKeys, documentation};
use crate::case::Case;
use crate::context::Context;

mod computed;
mod constant;
mod foreign_key;
mod nullable;
mod primary_key;
mod relation;
mod table;

pub use computed::Computed;
pub use relation::{Link, Relation};

use relation::Resolver;

/// A struct that derives `Restless`.
pub struct Model {
    /// The struct.
    pub ident: Ident,
    /// Who sees it.
    pub visibility: Visibility,
    /// Its doc comment.
    pub documentation: String,
    /// The module that `table!` made.
    pub table: Path,
    /// The backends that it is served from.
    pub backends: Vec<Backend>,
    /// The keys of `#[restless(...)]` on the struct.
    pub keys: ModelKeys,
    /// The URL segment and JSON:API `type`.
    pub collection: Name,
    /// Every field, the skipped ones too.
    pub fields: Vec<Field>,
    /// Which of the fields is the primary key; nothing after that was refused.
    key: Option<usize>,
    /// The name that says which column the primary key is.
    pub key_name: Ident,
    /// True if no field has the usual name of a key and none is named, while the table is.
    pub has_no_key: bool,
    /// Which of the fields Diesel has for the primary key.
    diesel_key: Option<usize>,
    /// The columns that together are Diesel's primary key, where that is more than one.
    pub identity: Vec<Ident>,
    /// The relations, in the order in which they are written.
    pub relations: Vec<Relation>,
    /// The attributes that methods compute.
    pub computed: Vec<Computed>,
}

/// A field of the struct, which stands for a column.
pub struct Field {
    /// The field.
    pub ident: Ident,
    /// Its type as written.
    pub ty: Type,
    /// Its doc comment.
    pub documentation: String,
    /// Its column in the table module.
    pub column: Ident,
    /// True if it holds a column of the table, and nothing else.
    pub is_column: bool,
    /// Its name on the wire.
    pub name: Name,
    /// The keys of `#[restless(...)]` on the field.
    pub keys: FieldKeys,
}

/// A name on the wire.
pub struct Name {
    /// The name.
    pub text: String,
    /// The tokens that it comes from, where it is refused.
    pub place: TokenStream,
}

impl Model {
    /// Resolves what was read of a struct; a primary key that cannot be found is refused.
    pub fn resolve(input: &DeriveInput, mut keys: ModelKeys, fields: &FieldsNamed, context: &Context) -> Self {
        let diesel = DieselModel::read(&input.attrs, context);
        let case = keys.rename_all.as_ref().map(|given| given.value);
        let fields: Vec<_> = fields.named.iter().filter_map(|field| Field::resolve(field, case, context)).collect();
        let key = context.keep(primary_key::resolve(&input.ident, &keys, &diesel, &fields)).flatten();
        let relations = Resolver { model: &input.ident, diesel: &diesel, case, context }
            .resolve(std::mem::take(&mut keys.relations));
        let key_name = primary_key::name(&input.ident, &keys, &diesel).clone();
        let has_no_key = key.is_none() && diesel.table.is_some() && key_name == input.ident;
        let diesel_key = primary_key::of_diesel(&diesel, &fields);
        let identity = if diesel.primary_key.len() > 1 { diesel.primary_key } else { Vec::new() };
        let table = diesel.table.unwrap_or_else(|| table::inferred(&input.ident));
        Self {
            ident: input.ident.clone(),
            visibility: input.vis.clone(),
            documentation: documentation::read(&input.attrs),
            backends: served(&diesel.backends),
            collection: collection(&keys, &table),
            table,
            computed: Computed::resolve(&keys, case),
            keys,
            fields,
            key,
            key_name,
            has_no_key,
            diesel_key,
            identity,
            relations,
        }
    }

    /// The primary key.
    pub fn key(&self) -> Option<&Field> {
        self.key.and_then(|index| self.fields.get(index))
    }

    /// Returns true if the field is the primary key.
    pub fn is_key(&self, field: &Field) -> bool {
        self.key().is_some_and(|key| key.ident == field.ident)
    }

    /// The primary key that Diesel knows, if it is another field than the one that restless was told.
    pub fn other_primary_key(&self) -> Option<&Field> {
        let field = self.fields.get(self.diesel_key?)?;
        (self.keys.primary_key.is_some() && !self.is_key(field)).then_some(field)
    }

    /// Returns true if a relation speaks for the field.
    pub fn is_foreign_key(&self, field: &Field) -> bool {
        let mut columns = self.relations.iter().filter_map(Relation::own_column);
        columns.any(|column| column.unraw() == field.column.unraw())
    }

    /// The relation that is written with this name.
    pub fn relation(&self, name: &Ident) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.ident.unraw() == name.unraw())
    }

    /// The fields that are not skipped.
    pub fn members(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.keys.skip.is_none())
    }

    /// The skipped fields that hold a column.
    pub fn hidden(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.keys.skip.is_some() && field.is_column)
    }

    /// The value of a field that a client leaves out. What is meant for all fields alike is no key of any row, and a field
    /// that no client sends has it from the database.
    pub fn default_of<'a>(&'a self, field: &'a Field) -> Option<&'a DefaultValue> {
        let Given { value, .. } = field.keys.default.as_ref().or(self.keys.default.as_ref())?;
        let refers = self.is_key(field) || self.is_foreign_key(field);
        let is_apt = value.is_of_the_field() || !refers && field.keys.read_only.is_none();
        is_apt.then_some(value)
    }

    /// The members that are attributes: all but a key that is called `id`.
    pub fn attributes(&self) -> impl Iterator<Item = &Field> {
        self.members().filter(|field| !(self.is_key(field) && field.name.text == Name::ID))
    }
}

impl Field {
    /// Resolves a field; one without a name belongs to a tuple struct, which is refused elsewhere.
    fn resolve(field: &syn::Field, case: Option<Case>, context: &Context) -> Option<Self> {
        let ident = field.ident.clone()?;
        let keys = FieldKeys::read(&field.attrs, context);
        let diesel = DieselField::read(&field.attrs, context);
        Some(Self {
            name: Name::of_member(&ident, keys.rename.as_ref(), case),
            ty: field.ty.clone(),
            documentation: documentation::read(&field.attrs),
            is_column: !diesel.is_no_column,
            column: diesel.column.unwrap_or_else(|| ident.clone()),
            keys,
            ident,
        })
    }

    /// The type of its values without the `Option`, if it has one that can be seen.
    pub fn nullable(&self) -> Option<&Type> {
        nullable::inner(&self.ty)
    }

    /// The field's name without the `r#` of a raw identifier.
    pub fn plain_name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

impl Name {
    /// The member that identifies a resource.
    pub const ID: &str = "id";
    /// The member that names a resource's type.
    pub const TYPE: &str = "type";

    /// A member's name: `rename`, else `rename_all`, else as written. JSON:API itself spells `id`.
    fn of_member(ident: &Ident, rename: Option<&Given<LitStr>>, case: Option<Case>) -> Self {
        if let Some(rename) = rename {
            return Self { text: rename.value.value(), place: rename.value.to_token_stream() };
        }
        let written = ident.unraw().to_string();
        let case = case.filter(|_| written != Name::ID);
        let text = case.map_or_else(|| written.clone(), |case| case.apply(&written));
        Self { text, place: ident.to_token_stream() }
    }
}

/// The collection's name: `collection_name`, else the table's.
fn collection(keys: &ModelKeys, table: &Path) -> Name {
    if let Some(given) = &keys.collection_name {
        return Name { text: given.value.value(), place: given.value.to_token_stream() };
    }
    Name { text: table::name(table), place: table.to_token_stream() }
}

/// The backends that a model is served from: those it is narrowed to, else all.
fn served(narrowed: &[Backend]) -> Vec<Backend> {
    Backend::ALL.into_iter().filter(|backend| narrowed.is_empty() || narrowed.contains(backend)).collect()
}
