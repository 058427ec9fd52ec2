//! Compound documents: the primary data and what its relationships lead to, one statement for each relationship that
//! is followed, whatever the number of rows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures_util::future::try_join_all;

use super::chronology::look_at_spellings;
use super::records::{Record, RecordReader, Records};
use super::refusal;
use super::shape::Shape;
use crate::backend::Session;
use crate::dialect::{Dialect, InList, Kind, TableName};
use crate::endpoint::{Endpoint, EndpointId};
use crate::error::{Error, Errors};
use crate::filter::Aliases;
use crate::query::{Node, Selection, View};
use crate::registry::Registry;
use crate::resource_type::{ForeignKey, Link, Relationship, RelationshipId};
use crate::statement::{Caching, Column, CountRows, Order, ParentKey, Predicate, Select, Source, Window};
use crate::value::{Codec, Input};

/// The greatest number of rows that relationships may bring into a document.
const MOST: u64 = 10_000;

/// Resources of one type that one statement found.
pub(crate) struct Resources {
    /// Their endpoint.
    pub(crate) place: EndpointId,
    pub(crate) selection: Arc<Selection>,
    /// The to-one relationships whose linkage the records have, in that order.
    pub(crate) linkages: Arc<[RelationshipId]>,
    pub(crate) records: Records,
    /// Whether a resource may stand there more than once.
    pub(crate) may_repeat: bool,
    /// The linkage of to-many relationships that were followed: for each record the ids.
    pub(crate) to_many: Vec<(RelationshipId, Vec<Vec<String>>)>,
}

/// Where a record stands in a compound document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecordRef {
    pub(crate) set: usize,
    pub(crate) index: usize,
}

/// The primary data, followed by what is included.
pub(crate) struct Compound {
    pub(crate) sets: Vec<Resources>,
    /// Whether the document has a member `included`.
    pub(crate) has_included: bool,
    /// Whether the primary data is identifiers, and the resources that they name are included.
    pub(crate) includes_primary: bool,
}

impl Compound {
    /// The primary data.
    pub(crate) fn primary(&self) -> &Resources {
        &self.sets[0]
    }

    /// The one resource of the primary data.
    pub(crate) fn resource(&self) -> Option<&Record> {
        self.primary().records.get(0)
    }
}

/// Runs a `Select`.
pub(super) async fn read<S: Session>(
    session: &S,
    endpoint: &Endpoint,
    select: &Select<S::Dialect>,
    parent_key: Option<&Codec<S::Dialect>>,
) -> Result<Records, Errors> {
    look_at_spellings(session, &select.order).await;
    let mut reader = RecordReader::new(endpoint, select, parent_key);
    session.load(select, &mut reader).await.map_err(refusal::of_query(&select.predicate))?;
    Ok(reader.records)
}

/// Counts rows.
pub(super) async fn count<S: Session>(
    session: &S,
    table: TableName,
    predicate: &Predicate<S::Dialect>,
    caching: Caching,
) -> Result<u64, Errors> {
    let counted = session.count(&CountRows { table, predicate, caching }).await;
    Ok(counted.map_err(refusal::of_query(predicate))?)
}

/// Follows the relationships of a view from the primary data on, level by level: those of one level do not depend on
/// each other.
pub(super) async fn load<S: Session>(
    session: &S,
    registry: &Registry,
    view: &View,
    primary: Resources,
) -> Result<Compound, Errors> {
    let mut compound =
        Compound { sets: vec![primary], has_included: view.include.is_compound, includes_primary: false };
    let mut rows = 0;
    let mut level: Vec<(usize, &[Node])> = vec![(0, &view.include.nodes)];
    while !level.is_empty() {
        let steps = steps(registry, &compound, &level);
        let sets = &compound.sets;
        let found = steps.iter().map(|step| step.follow(session, Viewed { registry, view }, &sets[step.parent]));
        let found = try_join_all(found).await?;
        level.clear();
        for (step, StepResult { resources, linkage, is_dangling }) in steps.into_iter().zip(found) {
            compound.sets[step.parent].to_many.extend(linkage);
            if is_dangling {
                step.unlink_missing(&mut compound.sets[step.parent], &resources);
            }
            if let Some(children) = step.children {
                rows += resources.records.len() as u64;
                check_size(rows)?;
                level.push((compound.sets.len(), children));
                compound.sets.push(resources);
            }
        }
    }
    Ok(compound)
}

/// The relationships that are followed from the resources of a level: those that are included, and to-many
/// relationships whose linkage alone is wanted, since the client names them in a fieldset or their resources have no
/// URLs that a link could name.
fn steps<'a>(registry: &Registry, compound: &Compound, level: &[(usize, &'a [Node])]) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for (parent, nodes) in level {
        let parents = &compound.sets[*parent];
        let endpoint = registry.endpoint(parents.place);
        for relationship in parents.selection.relationships.iter().copied() {
            let target = endpoint.targets[relationship];
            let is_followed = nodes.iter().any(|node| node.relationship == relationship);
            let is_linked = registry.endpoint(target).has_links && !parents.selection.is_named;
            if !is_followed && !is_linked && !endpoint.resource.relationships[relationship].is_to_one() {
                steps.push(Step { parent: *parent, relationship, target, children: None, selection: None });
            }
        }
        steps.extend(nodes.iter().map(|node| Step {
            parent: *parent,
            relationship: node.relationship,
            target: node.target,
            children: Some(&node.children),
            selection: node.selection.as_ref(),
        }));
    }
    steps
}

/// What is seen of a compound document, and the endpoints that its resources are of.
#[derive(Clone, Copy)]
struct Viewed<'a> {
    registry: &'a Registry,
    view: &'a View,
}

/// One relationship on its way from rows to rows.
struct Step<'a> {
    /// The set of the rows that it leads from.
    parent: usize,
    relationship: RelationshipId,
    target: EndpointId,
    /// What is followed from there on; `None` if only the linkage is wanted.
    children: Option<&'a [Node]>,
    /// What is seen of them, if it is less than elsewhere.
    selection: Option<&'a Selection>,
}

/// What one step has led to.
struct StepResult {
    resources: Resources,
    /// Of a to-many relationship which of them belong to each parent.
    linkage: Option<(RelationshipId, Vec<Vec<String>>)>,
    /// Whether some of the ids of a to-one relationship name no row.
    is_dangling: bool,
}

impl Step<'_> {
    async fn follow<S: Session>(
        &self,
        session: &S,
        viewed: Viewed<'_>,
        parents: &Resources,
    ) -> Result<StepResult, Errors> {
        let Viewed { registry, view } = viewed;
        let parent = registry.endpoint(parents.place);
        let relationship = &parent.resource.relationships[self.relationship];
        let shape = match (self.children, self.selection) {
            (Some(children), Some(selection)) => Shape::of(registry, self.target, selection.clone(), children),
            (Some(children), None) => Shape::new(registry, self.target, view, children),
            (None, _) => Shape::new(registry, self.target, &View::of_linkage(self.target), &[]),
        };
        let search = RelatedSearch::new(parent, relationship, parents, self.relationship)?;
        let ids = search.as_ref().map_or(0, |search| search.ids);
        let records = match search {
            Some(search) => search.run(session, registry, &shape).await?,
            None => Records::default(),
        };
        let is_dangling = records.len() < ids;
        let linkage = self.linkage(parent, parents, &records);
        let mut resources = shape.resources(records);
        resources.may_repeat = matches!(relationship.link, Link::Through { .. });
        Ok(StepResult { resources, linkage, is_dangling })
    }

    /// A foreign key that names no row is null, like a relationship that leads to none.
    fn unlink_missing(&self, parents: &mut Resources, found: &Resources) {
        let Some(linkage) = parents.linkages.iter().position(|linkage| *linkage == self.relationship) else {
            return;
        };
        let found: HashSet<&str> = found.records.iter().map(|record| record.id.as_str()).collect();
        parents.records.unlink_missing(linkage, &found);
    }

    /// Tells the parents of a to-many relationship which of the rows are theirs.
    fn linkage(
        &self,
        parent: &Endpoint,
        parents: &Resources,
        records: &Records,
    ) -> Option<(RelationshipId, Vec<Vec<String>>)> {
        let (Link::HasMany(foreign_key) | Link::Through { own: foreign_key, .. }) =
            &parent.resource.relationships[self.relationship].link
        else {
            return None;
        };
        let mut ids: HashMap<&str, Vec<String>> = HashMap::new();
        for record in records.iter() {
            let ids = ids.entry(record.parent_key.as_deref().unwrap_or_default()).or_default();
            if ids.last() != Some(&record.id) {
                ids.push(record.id.clone());
            }
        }
        let linkage = parents.records.iter().map(|record| {
            let reference = reference(parent, *foreign_key, record);
            reference.and_then(|reference| ids.get(reference)).cloned().unwrap_or_default()
        });
        Some((self.relationship, linkage.collect()))
    }
}

/// What foreign keys of the kind call a row; none calls one whose key is null.
fn reference<'a>(endpoint: &Endpoint, foreign_key: ForeignKey, record: &'a Record) -> Option<&'a str> {
    let is_key = endpoint.resource.referred(foreign_key.refers_to).column == endpoint.resource.key.column;
    let reference = if is_key { Some(record.id.as_str()) } else { record.reference.as_deref() };
    reference.filter(|reference| !reference.is_empty())
}

fn check_size(rows: u64) -> Result<(), Error> {
    if rows <= MOST {
        return Ok(());
    }
    let detail = format!("include: the document would have more than {MOST} resources besides the primary data");
    Err(Error::invalid_parameter("include", detail).with_meta("maxIncluded", MOST))
}

/// How the rows at the other end of a relationship are found.
struct RelatedSearch<'a, DB: Dialect> {
    predicate: Predicate<DB>,
    parent_key: Option<ParentKey>,
    codec: Option<&'a Codec<DB>>,
    /// How many rows there are if every id of a to-one relationship names one. Only of numbers it is known that they are
    /// as equal for the database as they are here.
    ids: usize,
}

impl<'a, DB: Dialect> RelatedSearch<'a, DB> {
    /// By the rows of the parents; `None` if they lead nowhere.
    fn new(
        parent: &'a Endpoint,
        relationship: &Relationship,
        parents: &Resources,
        id: RelationshipId,
    ) -> Result<Option<Self>, Error> {
        let target = relationship.target();
        let in_target = |name| Column::of(target.table, name);
        let (column, parent_key, foreign_key) = match &relationship.link {
            Link::BelongsTo(_) | Link::HasOne(_) => return Self::by_linkage(parents, relationship, id),
            Link::HasMany(foreign_key) => (in_target(foreign_key.column), None, *foreign_key),
            Link::Through { table, own, other } => {
                let left = Column::of(*table, other.column);
                let right = in_target(target.referred(other.refers_to).column);
                (Column::of(*table, own.column), Some((left, right)), *own)
            }
        };
        let referred = parent.resource.referred(foreign_key.refers_to);
        let codec = parent.resource.codecs().referred(foreign_key.refers_to);
        let references = parents.records.iter().filter_map(|record| reference(parent, foreign_key, record));
        let Some((values, _)) = distinct(codec, references)? else {
            return Ok(None);
        };
        let source = Source { table: parent.resource.table, alias: Aliases::default().next() };
        let refers_to = referred.sql.is_collated().then(|| source.column(referred.column));
        let parent_key = Some(ParentKey { column, joined_on: parent_key, refers_to });
        Ok(Some(RelatedSearch { predicate: Predicate::In { column, values }, parent_key, codec: Some(codec), ids: 0 }))
    }

    async fn run<S: Session<Dialect = DB>>(
        self,
        session: &S,
        registry: &Registry,
        shape: &Shape,
    ) -> Result<Records, Errors> {
        let target = registry.endpoint(shape.place);
        let mut select = shape.select(registry, self.predicate);
        select.parent_key = self.parent_key;
        select.order = vec![Order::ascending(target.key_column())];
        select.window = Some(Window { limit: MOST + 1, offset: None });
        select.caching = target.shapes.caching(|hasher| select.shape(hasher));
        let records = read(session, target, &select, self.codec).await?;
        check_size(records.len() as u64)?;
        Ok(records)
    }

    fn by_linkage(parents: &Resources, relationship: &Relationship, id: RelationshipId) -> Result<Option<Self>, Error> {
        let target = relationship.target();
        let Some(index) = parents.linkages.iter().position(|linkage| *linkage == id) else {
            return Ok(None);
        };
        let ids = parents.records.iter().filter_map(|record| record.linkages[index].as_deref());
        let codec = &target.codecs().key.codec;
        let found = distinct(codec, ids)?;
        let column = Column::of(target.table, target.key.column);
        Ok(found.map(|(values, ids)| {
            let ids = if codec.kind() == Kind::Integer { ids } else { 0 };
            RelatedSearch { predicate: Predicate::In { column, values }, parent_key: None, codec: None, ids }
        }))
    }
}

/// The distinct texts as keys, and how many they are; `None` if there are none.
fn distinct<'t, DB: Dialect>(
    codec: &Codec<DB>,
    texts: impl Iterator<Item = &'t str>,
) -> Result<Option<(InList<DB>, usize)>, Error> {
    let mut seen = HashSet::new();
    let inputs: Vec<Input<'t>> = texts.filter(|text| seen.insert(*text)).map(Input::Text).collect();
    if inputs.is_empty() {
        return Ok(None);
    }
    let values = (codec.bind_each)(&inputs).map_err(Error::internal)?;
    Ok(Some((values, inputs.len())))
}
