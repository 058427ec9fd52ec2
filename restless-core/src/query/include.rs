//! `include=author,comments.author` (JSON:API 1.1, "Inclusion of Related Resources").

use super::{Parameter, Parameters, Selection, list};

use crate::endpoint::EndpointId;
use crate::error::{Error, Mistakes};
use crate::registry::{EndpointRef, Registry};
use crate::resource_type::RelationshipId;
use crate::shown::Shown;

/// The greatest number of paths in one request.
const MOST: usize = 32;

/// A relationship that is followed, and those that are followed from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// The relationship that is followed.
    pub(crate) relationship: RelationshipId,
    /// The endpoint that it leads to.
    pub(crate) target: EndpointId,
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
pub(super) fn read(of: &EndpointRef, parameters: &Parameters, errors: &mut Mistakes) -> Include {
    let mut parameters = parameters.family("include");
    let Some(parameter) = parameters.next() else {
        return by_default(of);
    };
    let mut include = Include { nodes: Vec::new(), is_compound: true };
    if parameter.name.members().is_empty() {
        for path in paths(parameter, errors) {
            if let Err(error) = add(&of.registry, of.id, path, &mut include.nodes) {
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

fn by_default(of: &EndpointRef) -> Include {
    let mut nodes = Vec::new();
    let paths = &of.endpoint().settings.include;
    for path in paths.iter() {
        if let Err(error) = add(&of.registry, of.id, path, &mut nodes) {
            // What is hidden from the client is not included by itself either.
            log::debug!("the default \"{path}\" cannot be included: {error}");
        }
    }
    Include { nodes, is_compound: paths.iter().next().is_some() }
}

/// Every relationship, one level deep.
pub(super) fn inlined(of: &EndpointRef) -> Include {
    let endpoint = of.endpoint();
    let nodes = endpoint.known_relationships().iter().copied();
    let nodes = nodes.filter(|relationship| endpoint.resource.relationships[*relationship].is_includable);
    let nodes = nodes.map(|relationship| {
        let target = endpoint.targets[relationship];
        let selection = Some(Selection::inlined(of.registry.endpoint(target)));
        Node { relationship, target, children: Vec::new(), selection }
    });
    Include { nodes: nodes.collect(), is_compound: true }
}

/// Why one of the paths that the endpoint includes by itself cannot be included.
pub(crate) fn check_defaults(of: &EndpointRef) -> Result<(), Error> {
    let paths = &of.endpoint().settings.include;
    paths.iter().try_for_each(|path| add(&of.registry, of.id, path, &mut Vec::new()))
}

fn add(registry: &Registry, start: EndpointId, path: &str, nodes: &mut Vec<Node>) -> Result<(), Error> {
    let most = registry.endpoint(start).settings.max_include_depth as usize;
    let names: Vec<&str> = path.split('.').collect();
    if names.len() > most {
        let detail = format!("include: a path has {most} relationships at most, found {}", Shown(path));
        return Err(Error::invalid_parameter("include", detail).with_meta("maxDepth", most));
    }
    let (mut id, mut nodes) = (start, nodes);
    for name in names {
        let endpoint = registry.endpoint(id);
        let found = endpoint.relationship(name).filter(|(_, relationship)| relationship.is_includable);
        let (relationship, _) = found.ok_or_else(|| unknown(path, name, &endpoint.settings.collection_name))?;
        id = endpoint.targets[relationship];
        nodes = child(nodes, relationship, id);
    }
    Ok(())
}

fn child(nodes: &mut Vec<Node>, relationship: RelationshipId, target: EndpointId) -> &mut Vec<Node> {
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
