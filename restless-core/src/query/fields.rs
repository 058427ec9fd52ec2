//! `fields[TYPE]=name,author` (JSON:API 1.1, "Sparse Fieldsets").

use std::collections::HashSet;

use super::selection::{Selection, Selections};
use super::{Parameter, Parameters, list};

use crate::endpoint::{Endpoint, EndpointId};
use crate::error::{Error, Mistakes};
use crate::registry::Registry;
use crate::resource_type::Wanted;
use crate::shown::Shown;

/// The greatest number of names in one fieldset.
const MOST: usize = 256;

/// What the client wants to see of each resource type that a document may have.
pub(super) fn read(registry: &Registry, parameters: &Parameters, errors: &mut Mistakes) -> Selections {
    let mut selections = Selections::default();
    for parameter in parameters.family("fields") {
        let members = parameter.name.members();
        let endpoints: Vec<EndpointId> = match members.as_slice() {
            [name] => registry.named(name).collect(),
            _ => Vec::new(),
        };
        if endpoints.is_empty() {
            errors.push(unknown_type(parameter, registry));
        }
        for id in &endpoints {
            // What is shown less elsewhere knows fewer fields, which is no mistake of the client's.
            let (endpoint, mut unknown) = (registry.endpoint(*id), Mistakes::default());
            let is_less = endpoint.origin != *id && endpoints.contains(&endpoint.origin);
            let mistakes = if is_less { &mut unknown } else { &mut *errors };
            selections.set(*id, named(endpoint, parameter, mistakes));
        }
    }
    selections
}

fn named(endpoint: &Endpoint, parameter: &Parameter, errors: &mut Mistakes) -> Selection {
    let mut selection = Selection::nothing();
    if parameter.value.is_empty() {
        return selection;
    }
    selection.is_named = true;
    let names = list(parameter, errors);
    if names.len() > MOST {
        let name = &parameter.name;
        let detail = format!("{}: expected {MOST} names at most", name.shown());
        errors.push(Error::invalid_parameter(name.text(), detail));
        return selection;
    }
    let mut presented = Vec::new();
    for name in names {
        if endpoint.is_presented(name) {
            presented.push(name.to_owned());
        } else if let Some((id, _)) = endpoint.readable_attribute(name) {
            selection.attributes.push(id);
        } else if let Some((id, _)) = endpoint.relationship(name) {
            selection.relationships.push(id);
        } else if name != "id" {
            errors.push(unknown_field(parameter, name));
        }
    }
    selection.attributes.sort_unstable();
    selection.attributes.dedup();
    selection.relationships.sort_unstable();
    selection.relationships.dedup();
    selection.presented = (!presented.is_empty()).then_some(Wanted::Named(presented));
    selection
}

fn unknown_type(parameter: &Parameter, registry: &Registry) -> Error {
    let name = &parameter.name;
    let known = registry.known().iter().map(|id| &*registry.endpoint(*id).settings.collection_name);
    let mut known: Vec<String> = known.map(|name| format!("fields[{name}]")).collect();
    let mut told = HashSet::new();
    known.retain(|name| told.insert(name.clone()));
    Error::invalid_parameter(name.text(), format!("{}: expected {}", name.shown(), known.join(" or ")))
}

fn unknown_field(parameter: &Parameter, field: &str) -> Error {
    let name = &parameter.name;
    Error::invalid_parameter(name.text(), format!("{}: there is no field {}", name.shown(), Shown(field)))
}
