//! A resource type where it is mounted: its settings, and what can be prepared before the first request.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::Method;
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::operators::Operators;
use crate::resource_type::{Attribute, Count, Limits, ResourceType, Settings};
use crate::statement::{Column, Shapes};

/// What stands in a path segment as it is: the unreserved letters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a path that a client sent may hold though RFC 3986 forbids it.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The settings of one mount: those of the attributes, with what the application changed.
#[derive(Debug, Clone)]
pub(crate) struct Mount {
    pub(crate) collection_name: String,
    pub(crate) prefix: String,
    pub(crate) methods: Vec<Method>,
    pub(crate) page_size: u32,
    pub(crate) max_page_size: u32,
    pub(crate) count: Count,
    pub(crate) allow_client_generated_ids: bool,
    pub(crate) include: Vec<String>,
    pub(crate) max_include_depth: u32,
    pub(crate) allow_to_many_replacement: bool,
    pub(crate) allow_delete_from_to_many_relationships: bool,
    pub(crate) allow_functions: bool,
    pub(crate) limits: Limits,
    pub(crate) operators: Operators,
    /// Replaces the rule of the resource type.
    pub(crate) rule: Option<MountRule>,
}

/// A row rule that the application gives when it mounts a resource.
#[derive(Clone)]
pub(crate) struct MountRule(pub(crate) Arc<Decide>);

/// Tells, of the context of a request, what rows there are.
type Decide = dyn Fn(&dyn Any) -> Clause + Send + Sync;

impl fmt::Debug for MountRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MountRule")
    }
}

impl Mount {
    /// The path of the collection below whatever scope it is mounted in, percent-encoded.
    fn path(&self) -> String {
        format!("{}/{}", self.prefix, encode_segment(&self.collection_name))
    }
}

impl From<Settings> for Mount {
    fn from(settings: Settings) -> Self {
        Self {
            collection_name: settings.collection_name.to_owned(),
            prefix: settings.prefix.to_owned(),
            methods: settings.methods.to_vec(),
            page_size: settings.page_size,
            max_page_size: settings.max_page_size,
            count: settings.count,
            allow_client_generated_ids: settings.allow_client_generated_ids,
            include: settings.include.iter().map(|path| (*path).to_owned()).collect(),
            max_include_depth: settings.max_include_depth,
            allow_to_many_replacement: settings.allow_to_many_replacement,
            allow_delete_from_to_many_relationships: settings.allow_delete_from_to_many_relationships,
            allow_functions: settings.allow_functions,
            limits: Limits::DEFAULT,
            rule: None,
            operators: Operators::default(),
        }
    }
}

/// Percent-encodes a text as one segment of a path.
pub(crate) fn encode_segment(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, SEGMENT)
}

/// Percent-encodes what must not stand in a path, and nothing that is encoded already.
pub(crate) fn encode_path(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, UNSAFE)
}

/// A resource type on a backend, mounted.
pub(crate) struct Endpoint<DB: Dialect> {
    pub(crate) resource: &'static ResourceType<DB>,
    pub(crate) settings: Mount,
    /// The path of the collection below whatever scope it is mounted in, percent-encoded.
    pub(crate) path: String,
    /// The places of the attributes that a client may read.
    pub(crate) readable: Vec<usize>,
    /// Whether no code of the application's has a part in writing its resources.
    pub(crate) is_plain: bool,
    /// For each attribute its name as a member of a JSON object, `"age":`.
    pub(crate) members: Vec<Vec<u8>>,
    /// For each relationship the place of the endpoint that it leads to.
    pub(crate) targets: Vec<usize>,
    /// Whether its resources have URLs that links can name.
    pub(crate) has_links: bool,
    pub(crate) shapes: Shapes,
}

impl<DB: Dialect> Endpoint<DB> {
    pub(crate) fn new(resource: &'static ResourceType<DB>, settings: Mount, targets: Vec<usize>) -> Self {
        let attributes = resource.attributes.iter().enumerate();
        let readable = attributes.filter(|(_, attribute)| attribute.is_shown());
        Self {
            resource,
            path: settings.path(),
            settings,
            is_plain: resource.key.codec.is_plain()
                && readable.clone().all(|(_, attribute)| attribute.codec.is_plain()),
            readable: readable.map(|(place, _)| place).collect(),
            members: resource.attributes.iter().map(member).collect(),
            targets,
            has_links: true,
            shapes: Shapes::default(),
        }
    }

    /// A column of its table.
    pub(crate) fn column(&self, name: &'static str) -> Column<DB> {
        Column::of(self.resource.table, name)
    }

    /// The column of its key.
    pub(crate) fn key_column(&self) -> Column<DB> {
        self.column(self.resource.key.column)
    }

    /// What rows there are in that context; `None` if there is no rule.
    pub(crate) fn rule(&self, context: &dyn Any) -> Option<Clause> {
        match (&self.settings.rule, self.resource.rule) {
            (Some(MountRule(rule)), _) => Some(rule(context)),
            (None, Some(rule)) => Some(rule(context)),
            (None, None) => None,
        }
    }

    /// Whether it has a rule.
    pub(crate) const fn has_rule(&self) -> bool {
        self.settings.rule.is_some() || self.resource.rule.is_some()
    }

    /// The attribute of that name, if a client may read it, with its place.
    pub(crate) fn readable_attribute(&self, name: &str) -> Option<(usize, &'static Attribute<DB>)> {
        let found = self.resource.attribute(name);
        found.filter(|(_, attribute)| attribute.is_shown())
    }
}

fn member<DB: Dialect>(attribute: &Attribute<DB>) -> Vec<u8> {
    // A name that JSON:API allows needs no escaping.
    format!("\"{}\":", attribute.name).into_bytes()
}
