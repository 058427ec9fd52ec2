//! The settings of one mount.

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::{Columns, encode_segment};
use crate::base_url::BaseUrl;
use crate::clause::Clause;
use crate::operators::Operators;
use crate::resource_type::{Format, Formats, Limits, Looked, Settings, Transfer};
use crate::typed::FieldRules;

/// The settings of one mount: those of the attributes, with what the application changed.
#[derive(Debug, Clone)]
pub(crate) struct Mount {
    /// Those that the attributes of the model can give.
    pub(crate) settings: Settings,
    /// What links begin with.
    pub(crate) base_url: BaseUrl,
    /// What is shown of the resources, narrowed by one after the other.
    pub(crate) columns: Vec<Columns>,
    /// The mounts that relationships lead to, where the application names one: the relationship, and the name or path.
    pub(crate) relations: Vec<(String, String)>,
    /// Settings that mean nothing, in words for whoever starts the application.
    pub(crate) mistakes: Vec<String>,
    pub(crate) limits: Limits,
    pub(crate) transfer: Transfer,
    pub(crate) operators: Operators,
    /// Replaces the row rule of the resource type.
    pub(crate) row_filter: Option<Decision<Clause>>,
    /// Replaces the field rules of the resource type.
    pub(crate) field_access: Option<Decision<FieldRules>>,
    /// Replaces the validation of the resource type.
    pub(crate) validate: Option<Decision<Looked>>,
}

/// How many resources pages have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageSizes {
    /// When the client does not say; 0 if there are no pages then.
    pub(crate) usual: u32,
    /// At most; 0 if there is no maximum.
    pub(crate) most: u32,
}

/// What the application decides of each request, by its context, or of what a client sends.
pub(crate) struct Decision<T>(pub(crate) Arc<Decide<T>>);

type Decide<T> = dyn Fn(&dyn Any) -> T + Send + Sync;

impl<T> Clone for Decision<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Decision<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Decision")
    }
}

impl Mount {
    /// The settings as they hold in every format: where the classic one is the default, clients send ids and change members
    /// as they always did.
    pub(crate) fn settled(mut self) -> Self {
        if self.offered().default == Format::Classic {
            self.settings.allow_client_generated_ids = true;
            self.settings.allow_to_many_replacement = true;
            self.settings.allow_delete_from_to_many_relationships = true;
        }
        self
    }

    /// The formats that a client may choose from.
    pub(crate) fn offered(&self) -> Formats {
        let (json_api, classic) = (self.formats.contains(&Format::JsonApi), self.formats.contains(&Format::Classic));
        let first = if json_api { Format::JsonApi } else { Format::Classic };
        Formats { default: self.default_format.unwrap_or(first), has_other: json_api && classic }
    }

    /// The pages of the collection.
    pub(crate) fn page_sizes(&self) -> PageSizes {
        PageSizes { usual: self.page_size, most: self.max_page_size }
    }

    /// The pages of relationships to the resources of a mount. They are as large as may be, unless one of the two says
    /// otherwise: whoever reads members to replace them has to see all of them.
    pub(crate) fn page_sizes_of_related(&self, related: &Self) -> PageSizes {
        let PageSizes { usual, most } = related.page_sizes();
        let default = if usual == 0 { 0 } else { most };
        let usual = self.related_page_size.or(related.related_page_size).unwrap_or(default);
        PageSizes { usual: if most == 0 { usual } else { usual.min(most) }, most }
    }

    /// The same in the classic format, where they are as large as those of the collection before them unless it is said
    /// otherwise: objects have their related ones within them anyway.
    pub(crate) fn page_sizes_of_relations(&self) -> PageSizes {
        let PageSizes { usual, most } = self.page_sizes();
        PageSizes { usual: self.related_page_size.unwrap_or(usual), most }
    }

    /// What this mount itself says of what is shown.
    pub(crate) fn own_columns(&mut self) -> Option<&mut Columns> {
        self.columns.first_mut()
    }

    /// The same for the resources of a relationship of another mount, which has its own say in what is shown of them;
    /// `None` if it says nothing.
    pub(crate) fn narrowed(&self, columns: &[Columns], relationship: &str) -> Option<Self> {
        let columns = columns.iter().map(|columns| columns.of_relationship(relationship));
        let columns: Vec<Columns> = columns.filter(|columns| !columns.are_all()).collect();
        (!columns.is_empty())
            .then(|| Self { columns: self.columns.iter().cloned().chain(columns).collect(), ..self.clone() })
    }

    /// The mount that the application names for a relationship.
    pub(crate) fn relation(&self, relationship: &str) -> Option<&str> {
        let named = self.relations.iter().rev().find(|(name, _)| name == relationship);
        named.map(|(_, mount)| mount.as_str())
    }

    /// Whether a name is that of the collection, or its path.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let path = name.strip_prefix(&*self.prefix).and_then(|rest| rest.strip_prefix('/'));
        name == self.collection_name || path == Some(&*self.collection_name)
    }

    /// The path of the collection below whatever scope it is mounted in, percent-encoded.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.prefix, encode_segment(&self.collection_name))
    }
}

/// What the attributes give is asked of a mount by the same names.
impl Deref for Mount {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.settings
    }
}

impl From<Settings> for Mount {
    fn from(settings: Settings) -> Self {
        Self {
            settings,
            base_url: BaseUrl::None,
            columns: vec![Columns::default()],
            relations: Vec::new(),
            mistakes: Vec::new(),
            limits: Limits::DEFAULT,
            transfer: Transfer::DEFAULT,
            row_filter: None,
            field_access: None,
            validate: None,
            operators: Operators::default(),
        }
    }
}
