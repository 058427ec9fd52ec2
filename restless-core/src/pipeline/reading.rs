//! Reading a request: from its URL, its headers and its body to a command.

use super::route::Route;
use crate::Method;
use crate::error::{Error, Errors};
use crate::operation::{Asked, Command, Fetch, Preference, Target};
use crate::query::{Parameters, SEARCH};
use crate::representation::{self, Address, Sent};
use crate::{negotiation, preference};

/// What a client asks for, and the URL at which it does.
pub(super) struct Reading<'a> {
    pub(super) command: Command<'a>,
    pub(super) address: Address,
}

/// Reads a request.
pub(super) fn read<'a>(route: &Route<'a>) -> Result<Reading<'a>, Errors> {
    check_body(route)?;
    let parameters = parameters(route)?;
    let command = command(route, &parameters)?;
    Ok(Reading { command, address: Address { path: route.path(), parameters } })
}

/// A body, where there has to be one, is in a format that is read there.
fn check_body(route: &Route<'_>) -> Result<(), Error> {
    let (request, formats) = (route.request, route.formats());
    match (route.method, &route.target) {
        (Method::GET, _) => Ok(()),
        (_, Target::Relationship(..)) => negotiation::check_document(request, formats),
        (Method::PATCH | Method::PUT, Target::Collection) => negotiation::check_object(request, formats),
        (Method::DELETE, _) => Ok(()),
        _ => negotiation::sent(request, formats).map(drop),
    }
}

fn parameters(route: &Route<'_>) -> Result<Parameters, Errors> {
    let mistakes = route.site.endpoint().mistakes();
    route.representation.parameters(&route.request.query, &route.target, mistakes)
}

fn command<'a>(route: &Route<'a>, parameters: &Parameters) -> Result<Command<'a>, Errors> {
    match (&route.target, route.method) {
        (Target::Functions, _) => Ok(Command::Evaluate(asked(route, parameters))),
        (_, Method::GET) => Ok(fetch(route, parameters)),
        (Target::Collection, Method::POST) => create(route, parameters),
        (Target::Collection, Method::DELETE) => Ok(Command::DeleteMany { search: search(parameters) }),
        (Target::Collection, _) => update_many(route, parameters),
        (Target::Relationship(id, name), _) => {
            let linkage = route.representation_of_body()?.read_linkage(&route.site, route.request)?;
            refuse_parameters(route, parameters)?;
            let (id, name) = (id.clone(), name.clone());
            Ok(Command::ChangeRelationship { method: route.method, id, name, linkage })
        }
        (Target::Resource(id), Method::DELETE) => {
            refuse_parameters(route, parameters)?;
            Ok(Command::Delete { id: id.clone() })
        }
        (Target::Member(id, name, member), Method::DELETE) => {
            let (id, name, member) = (id.clone(), name.clone(), member.clone());
            Ok(Command::RemoveMember { id, name, member })
        }
        (Target::Related(_, name), Method::DELETE) => Err(Error::whole_relation(name).into()),
        // Flask-Restless looked at no more of these URLs than the resource.
        (Target::Resource(id) | Target::Related(id, _) | Target::Member(id, ..), _) => update(route, id, parameters),
    }
}

fn fetch<'a>(route: &Route<'_>, parameters: &Parameters) -> Command<'a> {
    let mut asked = asked(route, parameters);
    asked.count = asked.count.filter(|_| route.representation.heeds_count());
    Command::Fetch(Fetch { target: route.target.clone(), asked, grammar: route.representation.grammar() })
}

fn asked(route: &Route<'_>, parameters: &Parameters) -> Asked {
    let filters = route.shown.map(|shown| shown.filters.clone()).unwrap_or_default();
    Asked { parameters: parameters.clone(), filters, count: preference::count(route.request) }
}

fn create<'a>(route: &Route<'a>, parameters: &Parameters) -> Result<Command<'a>, Errors> {
    let incoming = sent(route)?.single(route.site.endpoint())?;
    let view = view(route, parameters)?;
    Ok(Command::Create { incoming, view })
}

fn update<'a>(route: &Route<'a>, id: &str, parameters: &Parameters) -> Result<Command<'a>, Errors> {
    let incoming = sent(route)?.single(route.site.endpoint())?;
    let view = view(route, parameters)?;
    let preference = preference::representation(route.request).unwrap_or(Preference::Representation);
    Ok(Command::Update { id: id.to_owned(), incoming, view, preference })
}

/// Updates what the search in the body finds. One in the URL was never looked at, so that it is refused: everything would be
/// changed.
fn update_many<'a>(route: &Route<'a>, parameters: &Parameters) -> Result<Command<'a>, Errors> {
    if parameters.get(SEARCH).is_some() {
        let detail = "q: what is to be updated is said by the member q of the body, not in the URL";
        return Err(Error::invalid_parameter(SEARCH, detail).into());
    }
    let Sent { incoming, search } = sent(route)?;
    Ok(Command::UpdateMany { incoming, search })
}

/// The search in the URL.
fn search(parameters: &Parameters) -> Option<String> {
    parameters.get(SEARCH).map(|parameter| parameter.value.clone())
}

/// The resource in the body, in whichever format that is.
fn sent<'a>(route: &Route<'a>) -> Result<Sent<'a>, Errors> {
    route.representation_of_body()?.read_resource(&route.site, route.request)
}

fn view(route: &Route<'_>, parameters: &Parameters) -> Result<crate::query::View, Errors> {
    route.representation.grammar().view(&route.site, parameters)
}

/// Refuses parameters where there is nothing to choose.
fn refuse_parameters(route: &Route<'_>, parameters: &Parameters) -> Result<(), Errors> {
    route.representation.grammar().refuse(parameters, route.site.endpoint().mistakes())
}

impl Route<'_> {
    /// How the body is to be read.
    fn representation_of_body(&self) -> Result<&'static dyn representation::Representation, Error> {
        negotiation::sent(self.request, self.formats()).map(representation::of)
    }
}
