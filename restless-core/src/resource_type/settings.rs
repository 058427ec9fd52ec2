//! What the attributes of `#[restless(...)]` say of an endpoint as a whole.

use super::Format;
use crate::Method;

/// Whether a collection tells how many resources match (`meta.total`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Count {
    /// The exact number, at the price of a second statement where the page does not tell it.
    #[default]
    Exact,
    /// No number: a page costs one statement, and there is no `last` link.
    None,
}

/// The settings of a resource type's endpoint, as the derive writes them down.
///
/// ```
/// use restless_core::{Method, Settings};
/// const PEOPLE: Settings = Settings::new("people").methods(&[Method::GET]).page_size(20);
/// assert_eq!(PEOPLE.page_size, 20);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The URL segment of the collection, and the JSON:API `type` of its resources.
    pub collection_name: &'static str,
    /// The path under which a lone scope mounts the collection, such as `/api`; may be empty.
    pub prefix: &'static str,
    /// The methods that are answered; any other is 405.
    pub methods: &'static [Method],
    /// Resources on a page when the client names no size; 0 means that only the client's word paginates.
    pub page_size: u32,
    /// The greatest size a client may ask for; 0 means that there is no maximum.
    pub max_page_size: u32,
    /// Resources of a relationship on a page when the client names no size, 0 as above; `None` is the greatest size, and
    /// whole relationships where collections are whole. In the classic format `None` is the size of the collection's pages.
    pub related_page_size: Option<u32>,
    /// Whether a collection tells `meta.total`.
    pub count: Count,
    /// Whether a client may choose the `id` of what it creates.
    pub allow_client_generated_ids: bool,
    /// The paths of the relationships that are included when the client does not say `include`.
    pub include: &'static [&'static str],
    /// How many relationships a path of `include` may have.
    pub max_include_depth: u32,
    /// Whether a client may replace all members of a to-many relationship at once.
    pub allow_to_many_replacement: bool,
    /// Whether a client may remove members from a to-many relationship.
    pub allow_delete_from_to_many_relationships: bool,
    /// Whether `GET <prefix>/eval/<collection>` evaluates aggregate functions.
    pub allow_functions: bool,
    /// Whether clients of the classic format may update the resources of a collection all at once.
    pub allow_patch_many: bool,
    /// Whether clients of the classic format may delete the resources of a collection all at once.
    pub allow_delete_many: bool,
    /// How resources can travel.
    pub formats: &'static [Format],
    /// How resources travel where the client names no format; without it, as documents of JSON:API where these are among the
    /// formats.
    pub default_format: Option<Format>,
    /// Whether what a client sends of what it may not write is ignored instead of refused.
    pub ignore_read_only: bool,
    /// Whether clients may have answers as calls of their functions.
    pub jsonp: bool,
    /// The status where a value in a body is not valid: 400 or 422.
    pub validation_status: u16,
}

impl Settings {
    /// The defaults: `GET` under `/api`, pages of 10 with at most 100 resources, an exact count.
    #[must_use]
    pub const fn new(collection_name: &'static str) -> Self {
        Self {
            collection_name,
            prefix: "/api",
            methods: &[Method::GET],
            page_size: 10,
            max_page_size: 100,
            related_page_size: None,
            count: Count::Exact,
            allow_client_generated_ids: false,
            include: &[],
            max_include_depth: 3,
            allow_to_many_replacement: false,
            allow_delete_from_to_many_relationships: false,
            allow_functions: false,
            allow_patch_many: false,
            allow_delete_many: false,
            formats: &[Format::JsonApi, Format::Classic],
            default_format: None,
            ignore_read_only: false,
            jsonp: false,
            validation_status: 400,
        }
    }

    /// Replaces [`prefix`](Self::prefix).
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Replaces [`methods`](Self::methods).
    #[must_use]
    pub const fn methods(mut self, methods: &'static [Method]) -> Self {
        self.methods = methods;
        self
    }

    /// Replaces [`page_size`](Self::page_size).
    #[must_use]
    pub const fn page_size(mut self, size: u32) -> Self {
        self.page_size = size;
        self
    }

    /// Replaces [`max_page_size`](Self::max_page_size).
    #[must_use]
    pub const fn max_page_size(mut self, size: u32) -> Self {
        self.max_page_size = size;
        self
    }

    /// Replaces [`related_page_size`](Self::related_page_size).
    #[must_use]
    pub const fn related_page_size(mut self, size: u32) -> Self {
        self.related_page_size = Some(size);
        self
    }

    /// Replaces [`validation_status`](Self::validation_status).
    #[must_use]
    pub const fn validation_status(mut self, status: u16) -> Self {
        self.validation_status = status;
        self
    }

    /// Replaces [`count`](Self::count).
    #[must_use]
    pub const fn count(mut self, count: Count) -> Self {
        self.count = count;
        self
    }

    /// Replaces [`include`](Self::include).
    #[must_use]
    pub const fn include(mut self, paths: &'static [&'static str]) -> Self {
        self.include = paths;
        self
    }

    /// Replaces [`max_include_depth`](Self::max_include_depth).
    #[must_use]
    pub const fn max_include_depth(mut self, depth: u32) -> Self {
        self.max_include_depth = depth;
        self
    }

    /// Sets [`allow_to_many_replacement`](Self::allow_to_many_replacement).
    #[must_use]
    pub const fn allow_to_many_replacement(mut self) -> Self {
        self.allow_to_many_replacement = true;
        self
    }

    /// Sets [`allow_delete_from_to_many_relationships`](Self::allow_delete_from_to_many_relationships).
    #[must_use]
    pub const fn allow_delete_from_to_many_relationships(mut self) -> Self {
        self.allow_delete_from_to_many_relationships = true;
        self
    }

    /// Sets [`allow_functions`](Self::allow_functions).
    #[must_use]
    pub const fn allow_functions(mut self) -> Self {
        self.allow_functions = true;
        self
    }

    /// Sets [`allow_patch_many`](Self::allow_patch_many).
    #[must_use]
    pub const fn allow_patch_many(mut self) -> Self {
        self.allow_patch_many = true;
        self
    }

    /// Sets [`allow_delete_many`](Self::allow_delete_many).
    #[must_use]
    pub const fn allow_delete_many(mut self) -> Self {
        self.allow_delete_many = true;
        self
    }

    /// Replaces [`default_format`](Self::default_format).
    #[must_use]
    pub const fn default_format(mut self, format: Format) -> Self {
        self.default_format = Some(format);
        self
    }

    /// Replaces [`formats`](Self::formats).
    #[must_use]
    pub const fn formats(mut self, formats: &'static [Format]) -> Self {
        self.formats = formats;
        self
    }

    /// Sets [`ignore_read_only`](Self::ignore_read_only).
    #[must_use]
    pub const fn ignore_read_only(mut self) -> Self {
        self.ignore_read_only = true;
        self
    }

    /// Sets [`jsonp`](Self::jsonp).
    #[must_use]
    pub const fn jsonp(mut self) -> Self {
        self.jsonp = true;
        self
    }

    /// Sets [`allow_client_generated_ids`](Self::allow_client_generated_ids).
    #[must_use]
    pub const fn allow_client_generated_ids(mut self) -> Self {
        self.allow_client_generated_ids = true;
        self
    }
}
