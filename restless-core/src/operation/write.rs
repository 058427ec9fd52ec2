//! A write: asked about, planned, run and asked about again. Where the application has hooks, all four stand within the
//! transaction; that is decided here.

use std::sync::Arc;

use super::change_relationship::ChangeRelationship;
use super::command::Command;
use super::create::Create;
use super::delete_resource::DeleteResource;
use super::many::{DeleteMany, UpdateMany};
use super::remove_member::RemoveMember;
use super::update::{self, UpdateResource};
use super::{
    EndpointRef, Linked, Outcome, RelatedTo, RowMoment, Updated, WholeRow, WriteOperation, WriteSession, begin,
};
use crate::Method;
use crate::backend::RowId;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};

/// A write, planned as far as it can be before its transaction.
pub(crate) struct Write<DB: Dialect> {
    site: EndpointRef,
    state: State<DB>,
}

enum State<DB: Dialect> {
    Planned(Box<WritePlan<DB>>),
    /// It is planned once the application has been asked about it.
    Asked(Box<Command<'static>>),
}

impl<DB: Dialect> Write<DB> {
    /// Plans what a client asks for, unless the application is asked about it first.
    pub(crate) fn of(site: &EndpointRef, command: Command<'_>) -> Result<Self, Errors> {
        let state = if site.has_hooks() {
            State::Asked(Box::new(command.into_owned(site)))
        } else {
            State::Planned(Box::new(WritePlan::of(site, command)?))
        };
        Ok(Self { site: site.clone(), state })
    }
}

impl<DB: Dialect> WriteOperation<DB> for Write<DB> {
    fn row(&self) -> Option<RowId<'_>> {
        match &self.state {
            State::Planned(plan) => plan.row(),
            State::Asked(command) => command.id().map(|id| self.site.row(id)),
        }
    }

    fn referred(&self) -> Option<RowId<'_>> {
        match &self.state {
            State::Planned(plan) => plan.referred(),
            State::Asked(command) => command.incoming()?.referred(&self.site),
        }
    }

    async fn write<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        let command = match &self.state {
            State::Planned(plan) => return plan.run(session).await,
            State::Asked(command) => Command::clone(command),
        };
        begin(session).await?;
        let (command, asked) = before(session, &self.site, command).await?;
        let mut outcome = WritePlan::<DB>::of(&self.site, command)?.run(session).await?;
        after(session, &self.site, (asked, &mut outcome)).await?;
        Ok(outcome)
    }
}

/// A write in the words of the database.
enum WritePlan<DB: Dialect> {
    Create(Create<DB>),
    Update(UpdateResource<DB>),
    Delete(DeleteResource),
    ChangeRelationship(ChangeRelationship<DB>),
    RemoveMember(RemoveMember),
    UpdateMany(UpdateMany<DB>),
    DeleteMany(DeleteMany<DB>),
}

impl<DB: Dialect> WritePlan<DB> {
    fn of(site: &EndpointRef, command: Command<'_>) -> Result<Self, Errors> {
        let related = |id, name: &str| RelatedTo::new(site.clone(), id, name);
        Ok(match command {
            Command::Create { incoming, view } => Self::Create(Create::plan(site.clone(), incoming, view)?),
            Command::Update { id, incoming, view, preference } => {
                Self::Update(UpdateResource::plan((site.clone(), id), incoming, view, preference)?)
            }
            Command::Delete { id } => Self::Delete(DeleteResource::plan::<DB>(site.clone(), id)?),
            Command::ChangeRelationship { method, id, name, linkage } => {
                Self::ChangeRelationship(ChangeRelationship::plan(method, related(id, &name)?, linkage)?)
            }
            Command::RemoveMember { id, name, member } => {
                Self::RemoveMember(RemoveMember::plan::<DB>(related(id, &name)?, member)?)
            }
            Command::UpdateMany { incoming, search } => {
                Self::UpdateMany(UpdateMany::plan(site, incoming, search.as_deref())?)
            }
            Command::DeleteMany { search } => Self::DeleteMany(DeleteMany::plan(site.clone(), search.as_deref())?),
            Command::Fetch(_) | Command::Evaluate(_) => return Err(Error::unknown_path().into()),
        })
    }

    fn row(&self) -> Option<RowId<'_>> {
        match self {
            Self::Update(update) => Some(update.row()),
            Self::Delete(delete) => Some(delete.row()),
            Self::ChangeRelationship(change) => Some(change.row()),
            Self::RemoveMember(removal) => Some(removal.row()),
            Self::Create(_) | Self::UpdateMany(_) | Self::DeleteMany(_) => None,
        }
    }

    fn referred(&self) -> Option<RowId<'_>> {
        match self {
            Self::Create(create) => create.referred(),
            Self::Update(update) => update.referred(),
            _ => None,
        }
    }

    async fn run<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        match self {
            Self::Create(create) => create.run(session).await,
            Self::Update(update) => update.run(session).await,
            Self::Delete(delete) => delete.run(session).await,
            Self::ChangeRelationship(change) => change.run(session).await,
            Self::RemoveMember(removal) => removal.run(session).await,
            Self::UpdateMany(update) => update.run(session).await,
            Self::DeleteMany(delete) => delete.run(session).await,
        }
    }
}

/// What the application was asked about, to be told when it is done.
enum Asked {
    Insertion,
    Update {
        id: String,
        before: Option<Arc<WholeRow>>,
    },
    Link(Linked),
    /// Each row by itself, when it comes to it.
    Rows,
}

/// Lets the application have its say; gives what it makes of the command.
async fn before<S: WriteSession>(
    session: &S,
    site: &EndpointRef,
    command: Command<'static>,
) -> Result<(Command<'static>, Asked), Errors> {
    match command {
        Command::Create { incoming, view } => {
            let mut incoming = incoming.described::<S::Dialect>(site);
            session.ask(site, RowMoment::BeforeInsert(&mut incoming)).await?;
            Ok((Command::Create { incoming, view }, Asked::Insertion))
        }
        Command::Update { id, incoming, view, preference } => {
            let mut updated = (id.clone(), incoming.described::<S::Dialect>(site));
            update::ask(session, site, &mut updated).await?;
            let (id, changed) = updated;
            let is_as_sent = changed.is_as(&incoming) && !session.hooks_have_written();
            let preference = if is_as_sent { preference } else { update::Preference::Representation };
            let asked = Asked::Update { id: id.clone(), before: changed.before.clone() };
            Ok((Command::Update { id, incoming: changed, view, preference }, asked))
        }
        Command::ChangeRelationship { method, id, name, mut linkage } => {
            let members = linkage.members();
            let mut linked = Linked { method, id, name, members: Vec::new(), row: None };
            linked.check_members(session, site, &members).await?;
            linked.members = members.into_iter().map(|member| member.id).collect();
            session.ask(site, RowMoment::BeforeLink(&mut linked)).await?;
            linkage.retain(&linked.members);
            let (id, name) = (linked.id.clone(), linked.name.clone());
            Ok((Command::ChangeRelationship { method, id, name, linkage }, Asked::Link(linked)))
        }
        Command::RemoveMember { id, name, member } => before_removal(session, site, (id, name, member)).await,
        rows => Ok((rows, Asked::Rows)),
    }
}

async fn before_removal<S: WriteSession>(
    session: &S,
    site: &EndpointRef,
    (id, name, member): (String, String, String),
) -> Result<(Command<'static>, Asked), Errors> {
    let mut linked = Linked { method: Method::DELETE, id, name, members: vec![member.clone()], row: None };
    linked.check_member(session, site, &member).await?;
    session.ask(site, RowMoment::BeforeLink(&mut linked)).await?;
    let (id, name) = (linked.id.clone(), linked.name.clone());
    let Some(member) = linked.members.first().cloned() else {
        // Whoever keeps the client from removing it has hidden it.
        return Err(RelatedTo::new(site.clone(), id, &name)?.other_end().missing(&member).into());
    };
    Ok((Command::RemoveMember { id, name, member }, Asked::Link(linked)))
}

/// Tells the application what has been done, and lets it change what of it the client sees.
async fn after<S: WriteSession>(
    session: &S,
    site: &EndpointRef,
    (asked, outcome): (Asked, &mut Outcome),
) -> Result<(), Errors> {
    match (asked, outcome) {
        (Asked::Insertion, Outcome::Created(compound)) => {
            let id = compound.resource().map(|record| record.id.clone()).unwrap_or_default();
            let row = site.written_whole(session, &id).await?;
            session.ask(site, RowMoment::AfterInsert(&row, Some(compound))).await
        }
        (Asked::Update { id, before: Some(before) }, Outcome::Updated(compound)) => {
            let after = site.written_whole(session, &id).await?;
            session.ask(site, RowMoment::AfterUpdate(&Updated { before, after }, compound.as_mut())).await
        }
        (Asked::Link(linked), _) => session.ask(site, RowMoment::AfterLink(&linked)).await,
        _ => Ok(()),
    }
}
