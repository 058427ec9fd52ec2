//! `include=author,comments.author` (JSON:API 1.1, "Inclusion of Related Resources").

use super::{Parameter, Parameters, Selection, list};

use crate::error::{Error, Mistakes};
use crate::registry::Registry;
use crate::shown::Shown;

/// The greatest number of paths in one request.
const MOST: usize = 32;

/// A relationship that is followed, and those that are followed from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// The place of the relationship in its resource type.
    pub(crate) relationship: usize,
    /// The place of the endpoint that it leads to.
    pub(crate) target: usize,
    pub(crate) children: Vec<Node>,
    /// What is seen of the resources there, if it is less than elsewhere in the document.
    pub(crate) selection: Option<Selection>,
}

/// The tree of what is included.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Include {
    pub(crate) nodes: Vec<Node>,
    /// Whether the document is compound, even if nothing is included.
    pub(crate) is_compound: bool,
}

/// Reads the paths that the client names, or those that the endpoint includes by itself.
pub(super) fn read(registry: &Registry, place: usize, parameters: &Parameters, errors: &mut Mistakes) -> Include {
    let mut parameters = parameters.family("include");
    let Some(parameter) = parameters.next() else {
        return by_default(registry, place);
    };
    let mut include = Include { nodes: Vec::new(), is_compound: true };
    if parameter.name.members().is_empty() {
        for path in paths(parameter, errors) {
            if let Err(error) = add(registry, place, path, &mut include.nodes) {
                errors.push(error.at_parameter(parameter.name.text()));
            }
        }
    } else {
        errors.push(Error::invalid_parameter(parameter.name.text(), "include has no members: expected include=…"));
    }
    include
}

fn paths<'a>(parameter: &'a Parameter, errors: &mut Mistakes) -> Vec<&'a str> {
    let paths = list(parameter, errors);
    if paths.len() > MOST {
        let error = Error::invalid_parameter(parameter.name.text(), format!("include: {MOST} paths at most"));
        errors.push(error.with_meta("maxPaths", MOST));
        return Vec::new();
    }
    paths
}

fn by_default(registry: &Registry, place: usize) -> Include {
    let mut nodes = Vec::new();
    let paths = &registry.endpoint(place).settings.include;
    for path in paths.iter() {
        if let Err(error) = add(registry, place, path, &mut nodes) {
            // What is hidden from the client is not included by itself either.
            log::debug!("the default \"{path}\" cannot be included: {error}");
        }
    }
    Include { nodes, is_compound: paths.iter().next().is_some() }
}

/// Every relationship, one level deep.
pub(super) fn inlined(registry: &Registry, place: usize) -> Include {
    let endpoint = registry.endpoint(place);
    let nodes = endpoint.known_relationships().iter().copied();
    let nodes = nodes.filter(|relationship| endpoint.resource.relationships[*relationship].is_includable);
    let nodes = nodes.map(|relationship| {
        let target = endpoint.targets[relationship];
        let selection = Some(Selection::inlined(registry.endpoint(target)));
        Node { relationship, target, children: Vec::new(), selection }
    });
    Include { nodes: nodes.collect(), is_compound: true }
}

/// Why one of the paths that the endpoint includes by itself cannot be included.
pub(crate) fn check_defaults(registry: &Registry, place: usize) -> Result<(), Error> {
    let paths = &registry.endpoint(place).settings.include;
    paths.iter().try_for_each(|path| add(registry, place, path, &mut Vec::new()))
}

fn add(registry: &Registry, place: usize, path: &str, nodes: &mut Vec<Node>) -> Result<(), Error> {
    let most = registry.endpoint(place).settings.max_include_depth as usize;
    let names: Vec<&str> = path.split('.').collect();
    if names.len() > most {
        let detail = format!("include: a path has {most} relationships at most, found {}", Shown(path));
        return Err(Error::invalid_parameter("include", detail).with_meta("maxDepth", most));
    }
    let (mut place, mut nodes) = (place, nodes);
    for name in names {
        let endpoint = registry.endpoint(place);
        let found = endpoint.relationship(name).filter(|(_, relationship)| relationship.is_includable);
        let (relationship, _) = found.ok_or_else(|| unknown(path, name, &endpoint.settings.collection_name))?;
        place = endpoint.targets[relationship];
        nodes = child(nodes, relationship, place);
    }
    Ok(())
}

fn child(nodes: &mut Vec<Node>, relationship: usize, target: usize) -> &mut Vec<Node> {
    let found = nodes.iter().position(|node| node.relationship == relationship);
    let index = found.unwrap_or_else(|| {
        nodes.push(Node { relationship, target, children: Vec::new(), selection: None });
        nodes.len() - 1
    });
    &mut nodes[index].children
}

fn unknown(path: &str, name: &str, type_name: &str) -> Error {
    let (path, name) = (Shown(path), Shown(name));
    let detail = format!("include: {path} cannot be included, \"{type_name}\" has no such relationship: {name}");
    Error::invalid_parameter("include", detail)
}
