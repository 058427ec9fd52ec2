//! The columns and relations that one mount shows, in the words of Flask-Restless.

use crate::resource_type::ResourceType;

/// Which members of a resource are shown. Names with a dot are those of related resources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// These and no others, if it is said.
    pub(crate) included: Option<Vec<String>>,
    pub(crate) excluded: Vec<String>,
    /// Computed attributes, besides those that are included.
    pub(crate) methods: Vec<String>,
}

impl Columns {
    /// Whether nothing is said of what is shown.
    pub(crate) fn are_all(&self) -> bool {
        self.included.is_none() && self.excluded.is_empty()
    }

    /// Whether a member is shown.
    pub(super) fn show(&self, name: &str) -> bool {
        let is_named = |names: &[String]| names.iter().any(|found| found == name);
        let is_included = self.included.as_ref().is_none_or(|names| is_named(names) || is_named(&self.methods));
        is_included && !is_named(&self.excluded)
    }

    /// The part that is about the resources of a relationship.
    pub(crate) fn of_relationship(&self, relationship: &str) -> Self {
        let below = |names: &[String]| -> Vec<String> {
            let names = names.iter().filter_map(|name| name.strip_prefix(relationship)?.strip_prefix('.'));
            names.map(str::to_owned).collect()
        };
        // The relationship itself brings all of its resources' columns, unless some are named.
        let included = self.included.as_deref().map(below).filter(|names| !names.is_empty());
        Self { included, excluded: below(&self.excluded), methods: below(&self.methods) }
    }

    /// Refuses what contradicts itself, and names that nothing has.
    pub(crate) fn check(&self, resource: &ResourceType) -> Result<(), String> {
        if self.included.is_some() && !self.excluded.is_empty() {
            return Err("include_columns and exclude_columns contradict each other".to_owned());
        }
        let columns = self.included.iter().flatten().chain(&self.excluded);
        let columns = columns.map(|name| ("column, relation or computed attribute", name, Kind::Member));
        let methods = self.methods.iter().map(|name| ("computed attribute", name, Kind::Computed));
        for (what, path, kind) in columns.chain(methods) {
            check_name(resource, path, kind).map_err(|name| format!("{path:?}: there is no {what} {name:?}"))?;
        }
        Ok(())
    }
}

/// What a name may be that of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Member,
    Computed,
}

/// The name that nothing has, if there is one.
fn check_name(resource: &ResourceType, path: &str, kind: Kind) -> Result<(), String> {
    if let Some((relationship, rest)) = path.split_once('.') {
        let (_, relationship) = resource.relationship(relationship).ok_or_else(|| relationship.to_owned())?;
        return check_name(relationship.target(), rest, kind);
    }
    let presented = resource.presented.as_ref();
    let is_presented = presented.is_some_and(|found| found.is_whole || found.computes(path));
    let is_member = || {
        let is_key = path == resource.key.name;
        is_key || resource.attribute(path).is_some() || resource.relationship(path).is_some()
    };
    if is_presented || kind == Kind::Member && is_member() { Ok(()) } else { Err(path.to_owned()) }
}
