//! What a client asks for, in names: free of the backend, and of the way in which it was written down.

use super::changes::Moment;
use super::update::Preference;
use super::{EndpointRef, Incoming, IncomingLinkage, Target};
use crate::Method;
use crate::clause::Clause;
use crate::query::{Grammar, Parameters, View};
use crate::resource_type::Count;

/// What a client asks of an endpoint.
#[derive(Clone)]
pub(crate) enum Command<'a> {
    /// To read what the URL names.
    Fetch(Fetch),
    /// To evaluate functions of the collection.
    Evaluate(Asked),
    /// To create a resource.
    Create { incoming: Incoming<'a>, view: View },
    /// To update a resource, and to be told of it as preferred.
    Update { id: String, incoming: Incoming<'a>, view: View, preference: Preference },
    /// To delete a resource.
    Delete { id: String },
    /// To replace, add or remove members of a relationship.
    ChangeRelationship { method: Method, id: String, name: String, linkage: IncomingLinkage },
    /// To take one member out of a relationship (Flask-Restless 0.17).
    RemoveMember { id: String, name: String, member: String },
    /// To update all resources that a search finds (Flask-Restless 0.17).
    UpdateMany { incoming: Incoming<'a>, search: Option<String> },
    /// To delete all resources that a search finds (Flask-Restless 0.17).
    DeleteMany { search: Option<String> },
}

/// What is asked of resources that are read.
#[derive(Clone)]
pub(crate) struct Asked {
    /// The query parameters by their names.
    pub(crate) parameters: Parameters,
    /// What the application adds to the filters.
    pub(crate) filters: Vec<Clause>,
    /// The count that the client prefers.
    pub(crate) count: Option<Count>,
}

/// To read what a URL names.
#[derive(Clone)]
pub(crate) struct Fetch {
    pub(crate) target: Target,
    pub(crate) asked: Asked,
    /// How the parameters are to be understood.
    pub(crate) grammar: Grammar,
}

impl Command<'_> {
    /// True if nothing is written.
    pub(crate) const fn is_read(&self) -> bool {
        matches!(self, Command::Fetch(_) | Command::Evaluate(_))
    }

    /// The command with everything its own, and without what it says of fields that the client may not write where that is
    /// as it is.
    pub(super) fn into_owned(self, site: &EndpointRef) -> Command<'static> {
        let own = |incoming: Incoming<'_>, moment| {
            let mut incoming = incoming.into_owned();
            incoming.drop_kept_as_sent(site.endpoint(), moment);
            incoming
        };
        match self {
            Command::Fetch(fetch) => Command::Fetch(fetch),
            Command::Evaluate(asked) => Command::Evaluate(asked),
            Command::Create { incoming, view } => Command::Create { incoming: own(incoming, Moment::Creation), view },
            Command::Update { id, incoming, view, preference } => {
                Command::Update { id, incoming: own(incoming, Moment::Update), view, preference }
            }
            Command::Delete { id } => Command::Delete { id },
            Command::ChangeRelationship { method, id, name, linkage } => {
                Command::ChangeRelationship { method, id, name, linkage }
            }
            Command::RemoveMember { id, name, member } => Command::RemoveMember { id, name, member },
            Command::UpdateMany { incoming, search } => Command::UpdateMany { incoming: incoming.into_owned(), search },
            Command::DeleteMany { search } => Command::DeleteMany { search },
        }
    }

    /// What is fetched.
    pub(crate) const fn target(&self) -> Option<&Target> {
        match self {
            Command::Fetch(fetch) => Some(&fetch.target),
            _ => None,
        }
    }

    /// The id of the row that is written, if it is one that there is.
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Command::Update { id, .. }
            | Command::Delete { id }
            | Command::ChangeRelationship { id, .. }
            | Command::RemoveMember { id, .. } => Some(id),
            _ => None,
        }
    }

    /// The resource that is sent.
    pub(super) fn incoming(&self) -> Option<&Incoming<'_>> {
        match self {
            Command::Create { incoming, .. } | Command::Update { incoming, .. } => Some(incoming),
            _ => None,
        }
    }
}
