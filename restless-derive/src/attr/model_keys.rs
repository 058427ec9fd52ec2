//! The keys of `#[restless(...)]` on the struct, with what `#[serde(...)]` adds to them.

use syn::{Attribute, ExprPath, Ident, LitStr, Path, Result};

use super::count::Count;
use super::default::DefaultValue;
use super::entry::{ATTRIBUTE, Entry, Given};
use super::format::Format;
use super::include::IncludePath;
use super::key::{Key, Keys};
use super::method::Method;
use super::relation::{RelationKind, WrittenRelation};
use super::word::Words;
use super::{field_keys, serde};
use crate::case::Case;
use crate::context::Context;

/// How many resources a page holds when the client does not say.
pub const PAGE_SIZE: &str = "page_size";
/// How many resources a page holds at most.
pub const MAX_PAGE_SIZE: &str = "max_page_size";
/// How many related resources a page holds when the client does not say.
pub const RELATED_PAGE_SIZE: &str = "related_page_size";
/// The status where a value in a body is not valid.
pub const VALIDATION_STATUS: &str = "validation_status";
/// How resources travel where the client does not say.
pub const DEFAULT_FORMAT: &str = "default_format";
/// How resources can travel.
pub const FORMATS: &str = "formats";
/// How many relations a path of `include` may have.
pub const MAX_INCLUDE_DEPTH: &str = "max_include_depth";

/// What `#[restless(...)]` on the struct says and, where that is silent, `#[serde(...)]`.
#[derive(Default)]
pub struct ModelKeys {
    /// What the endpoint answers.
    pub methods: Option<Given<Vec<Method>>>,
    /// Where the resource is mounted.
    pub prefix: Option<Given<LitStr>>,
    /// The URL segment and the JSON:API `type`.
    pub collection_name: Option<Given<LitStr>>,
    /// The field whose column is the `id`; the key without a name if what it names was refused.
    pub primary_key: Option<Given<Option<Ident>>>,
    /// How many resources a page holds when the client does not say.
    pub page_size: Option<Given<u32>>,
    /// How many resources a page holds at most.
    pub max_page_size: Option<Given<u32>>,
    /// How many related resources a page holds when the client does not say.
    pub related_page_size: Option<Given<u32>>,
    /// Whether a collection tells its total.
    pub count: Option<Given<Count>>,
    /// How names are spelt on the wire.
    pub rename_all: Option<Given<Case>>,
    /// Whether a client may choose the `id` of a resource it creates.
    pub allow_client_generated_ids: Option<Given<()>>,
    /// Whether a client may replace all members of a to-many relationship.
    pub allow_to_many_replacement: Option<Given<()>>,
    /// Whether a client may remove members of a to-many relationship.
    pub allow_delete_from_to_many_relationships: Option<Given<()>>,
    /// Whether clients may evaluate aggregate functions.
    pub allow_functions: Option<Given<()>>,
    /// Whether clients may update a collection all at once.
    pub allow_patch_many: Option<Given<()>>,
    /// Whether clients may delete a collection all at once.
    pub allow_delete_many: Option<Given<()>>,
    /// How resources travel where the client does not say.
    pub default_format: Option<Given<Format>>,
    /// How resources can travel.
    pub formats: Option<Given<Vec<Format>>>,
    /// Whether what a client may not write is ignored.
    pub ignore_read_only: Option<Given<()>>,
    /// Whether clients may have answers as calls of their functions.
    pub jsonp: Option<Given<()>>,
    /// Which rows there are for a request.
    pub row_filter: Option<Given<ExprPath>>,
    /// What is wrong with what a client sends.
    pub validate: Option<Given<ExprPath>>,
    /// The status where a value in a body is not valid.
    pub validation_status: Option<Given<u32>>,
    /// What a client may know of the fields.
    pub field_access: Option<Given<ExprPath>>,
    /// The methods whose values are attributes.
    pub computed: Option<Given<Vec<Ident>>>,
    /// Makes attributes of the model.
    pub serializer: Option<Given<Path>>,
    /// Makes attributes of what a client sends.
    pub deserializer: Option<Given<Path>>,
    /// Who has a say in the requests, in order.
    pub processors: Option<Given<Vec<ExprPath>>>,
    /// The relations, in the order in which they are written.
    pub relations: Vec<WrittenRelation>,
    /// Whether there are more relations, whose names nobody knows.
    pub has_unread_relations: bool,
    /// The relations that are included when the client does not say.
    pub include: Option<Given<Vec<IncludePath>>>,
    /// How many relations a path of `include` may have.
    pub max_include_depth: Option<Given<u32>>,
    /// Where fields have their values from that a client leaves out; serde alone has it.
    pub default: Option<Given<DefaultValue>>,
    /// The crate that exports the core's hidden module.
    pub core: Option<Given<Path>>,
}

/// The words of `rename_all`.
const CASES: Words<Case> = Words { kind: "case", valid: Case::WORDS };

/// The keys that a struct may have.
pub(super) const KEYS: Keys<ModelKeys> = Keys {
    valid: &[
        Key {
            name: "methods",
            form: "(GET, POST)",
            read: |keys, entry| entry.fill(&mut keys.methods, Method::read_list),
        },
        Key { name: "prefix", form: r#" = "/api""#, read: |keys, entry| entry.fill(&mut keys.prefix, Entry::text) },
        Key {
            name: "collection_name",
            form: r#" = "people""#,
            read: |keys, entry| entry.fill(&mut keys.collection_name, Entry::text),
        },
        Key { name: "primary_key", form: " = username", read: |keys, entry| primary_key(keys, entry) },
        Key { name: PAGE_SIZE, form: " = 10", read: |keys, entry| entry.fill(&mut keys.page_size, Entry::integer) },
        Key {
            name: MAX_PAGE_SIZE,
            form: " = 100",
            read: |keys, entry| entry.fill(&mut keys.max_page_size, Entry::integer),
        },
        Key {
            name: RELATED_PAGE_SIZE,
            form: " = 100",
            read: |keys, entry| entry.fill(&mut keys.related_page_size, Entry::integer),
        },
        Key { name: "count", form: "(none)", read: |keys, entry| entry.fill(&mut keys.count, Count::read) },
        Key {
            name: "rename_all",
            form: r#" = "camelCase""#,
            read: |keys, entry| entry.fill(&mut keys.rename_all, case),
        },
        Key {
            name: "allow_client_generated_ids",
            form: "",
            read: |keys, entry| entry.raise(&mut keys.allow_client_generated_ids),
        },
        Key {
            name: "allow_to_many_replacement",
            form: "",
            read: |keys, entry| entry.raise(&mut keys.allow_to_many_replacement),
        },
        Key {
            name: "allow_delete_from_to_many_relationships",
            form: "",
            read: |keys, entry| entry.raise(&mut keys.allow_delete_from_to_many_relationships),
        },
        Key { name: "allow_functions", form: "", read: |keys, entry| entry.raise(&mut keys.allow_functions) },
        Key { name: "allow_patch_many", form: "", read: |keys, entry| entry.raise(&mut keys.allow_patch_many) },
        Key { name: "allow_delete_many", form: "", read: |keys, entry| entry.raise(&mut keys.allow_delete_many) },
        Key {
            name: DEFAULT_FORMAT,
            form: r#" = "classic""#,
            read: |keys, entry| entry.fill(&mut keys.default_format, Format::read),
        },
        Key { name: FORMATS, form: "(json_api)", read: |keys, entry| entry.fill(&mut keys.formats, Format::read_list) },
        Key { name: "ignore_read_only", form: "", read: |keys, entry| entry.raise(&mut keys.ignore_read_only) },
        Key { name: "jsonp", form: "", read: |keys, entry| entry.raise(&mut keys.jsonp) },
        Key {
            name: "row_filter",
            form: " = path::to::function",
            read: |keys, entry| entry.fill(&mut keys.row_filter, Entry::function),
        },
        Key {
            name: "validate",
            form: " = path::to::function",
            read: |keys, entry| entry.fill(&mut keys.validate, Entry::function),
        },
        Key {
            name: VALIDATION_STATUS,
            form: " = 422",
            read: |keys, entry| entry.fill(&mut keys.validation_status, validation_status),
        },
        Key {
            name: "field_access",
            form: " = path::to::function",
            read: |keys, entry| entry.fill(&mut keys.field_access, Entry::function),
        },
        Key {
            name: "computed",
            form: "(full_name, initials)",
            read: |keys, entry| entry.fill(&mut keys.computed, Entry::methods),
        },
        Key {
            name: "serializer",
            form: " = path::to::Type",
            read: |keys, entry| entry.fill(&mut keys.serializer, |entry| entry.module("the path of a type")),
        },
        Key {
            name: "deserializer",
            form: " = path::to::Type",
            read: |keys, entry| entry.fill(&mut keys.deserializer, |entry| entry.module("the path of a type")),
        },
        Key {
            name: "processors",
            form: "(RequireToken, Audit)",
            read: |keys, entry| entry.fill(&mut keys.processors, Entry::values),
        },
        Key {
            name: "belongs_to",
            form: "(owner: Person, foreign_key = owner_id)",
            read: |keys, entry| relation(keys, entry, RelationKind::BelongsTo),
        },
        Key {
            name: "has_one",
            form: "(profile: Profile, foreign_key = profile::person_id)",
            read: |keys, entry| relation(keys, entry, RelationKind::HasOne),
        },
        Key {
            name: "has_many",
            form: "(computers: Computer, foreign_key = computer::owner_id)",
            read: |keys, entry| relation(keys, entry, RelationKind::HasMany),
        },
        Key {
            name: "many_to_many",
            form: "(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id)",
            read: |keys, entry| relation(keys, entry, RelationKind::ManyToMany),
        },
        Key {
            name: "include",
            form: "(author, comments.author)",
            read: |keys, entry| entry.fill(&mut keys.include, IncludePath::read_list),
        },
        Key {
            name: MAX_INCLUDE_DEPTH,
            form: " = 3",
            read: |keys, entry| entry.fill(&mut keys.max_include_depth, Entry::positive_integer),
        },
        Key {
            name: "crate",
            form: r#" = "::restless_actix""#,
            read: |keys, entry| entry.fill(&mut keys.core, Entry::path),
        },
    ],
    elsewhere: || field_keys::KEYS.names(),
    misplaced: "is a key of a field, not of the struct",
};

impl ModelKeys {
    /// Reads the attributes of the struct.
    pub fn read(attributes: &[Attribute], context: &Context) -> Self {
        let mut keys = KEYS.read(ATTRIBUTE, attributes, context);
        serde::model::complete(&mut keys, attributes, context);
        keys
    }
}

/// Reads `primary_key = username`; a value that is refused still means that the key is not Diesel's.
fn primary_key(keys: &mut ModelKeys, entry: &Entry) -> Result<()> {
    entry.claim(&mut keys.primary_key, |entry| entry.identifier("the bare name of a field"))
}

/// Reads `validation_status = 422`.
fn validation_status(entry: &Entry) -> Result<u32> {
    match entry.integer()? {
        status @ (400 | 422) => Ok(status),
        _ => Err(entry.expected("400 or 422")),
    }
}

/// Reads a relation of the kind; what is wrong inside its parentheses is refused all at once.
fn relation(keys: &mut ModelKeys, entry: &Entry, kind: RelationKind) -> Result<()> {
    let context = Context::default();
    match context.keep(WrittenRelation::read(entry, kind, &context)) {
        Some(relation) => keys.relations.push(relation),
        None => keys.has_unread_relations = true,
    }
    context.finish().map_or(Ok(()), Err)
}

/// Reads `rename_all = "camelCase"`.
pub(super) fn case(entry: &Entry) -> Result<Case> {
    let text = entry.text()?;
    CASES.read(&text.value(), &text)
}
