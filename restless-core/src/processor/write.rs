//! A write that processors have a part in: what they do and what restless does are one transaction.

use std::pin::pin;

use futures_util::future::{Either, select};
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::hooks::{Run, each};
use super::moment::{AfterWrite, BeforeWrite, Moment};
use super::outgoing::Outgoing;
use super::relation::{Members, Relation};
use crate::Method;
use crate::backend::{Access, Operation, RowId, Session};
use crate::context::{Context, Work};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::operation::{
    self, ChangeRelationship, Create, DeleteResource, Description, Incoming, IncomingLinkage, Outcome, Preference,
    RelatedTo, Site, UpdateResource,
};
use crate::query::View;

/// What a client wants to be done.
pub(crate) enum WriteKind {
    Create(Incoming<'static>),
    Update {
        id: String,
        incoming: Incoming<'static>,
        preference: Preference,
    },
    Delete(String),
    Change {
        method: Method,
        id: String,
        name: String,
        linkage: IncomingLinkage,
    },
    /// One member of a relationship goes.
    Remove {
        id: String,
        name: String,
        member: String,
    },
    /// Whatever a search finds is updated, or deleted.
    UpdateMany {
        incoming: Incoming<'static>,
        search: Option<String>,
    },
    DeleteMany {
        search: Option<String>,
    },
}

/// The write, and who has a part in it.
pub(crate) struct Write<DB: Dialect> {
    pub(crate) run: Run,
    pub(crate) site: Site<DB>,
    /// What the client is to see of what was written.
    pub(crate) view: View,
    pub(crate) kind: WriteKind,
}

/// What came of it, and what processors add to the document.
pub(crate) type Written = (Outcome, Map<String, Value>);

impl<DB: Dialect> Operation<DB> for Write<DB> {
    type Output = Written;

    fn access(&self) -> Access {
        Access::Write
    }

    fn row(&self) -> Option<RowId<'_>> {
        match &self.kind {
            WriteKind::Update { id, .. }
            | WriteKind::Delete(id)
            | WriteKind::Change { id, .. }
            | WriteKind::Remove { id, .. } => Some(self.site.row(id)),
            WriteKind::Create(_) | WriteKind::UpdateMany { .. } | WriteKind::DeleteMany { .. } => None,
        }
    }

    fn referred(&self) -> Option<RowId<'_>> {
        match &self.kind {
            WriteKind::Create(incoming) | WriteKind::Update { incoming, .. } => incoming.referred(&self.site),
            _ => None,
        }
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Written, Errors> {
        operation::begin(session).await?;
        let (sender, receiver) = mpsc::unbounded_channel();
        let context = self.run.context.within(sender);
        let within = Within { write: self, run: Run { context, ..self.run.clone() }, session };
        within.execute(receiver).await
    }
}

/// The write within its transaction.
pub(super) struct Within<'a, DB: Dialect, S> {
    pub(super) write: &'a Write<DB>,
    pub(super) run: Run,
    pub(super) session: &'a S,
}

pub(super) type Jobs = mpsc::UnboundedReceiver<Work>;

impl<DB: Dialect, S: Session<Dialect = DB>> Within<'_, DB, S> {
    async fn execute(&self, mut jobs: Jobs) -> Result<Written, Errors> {
        match &self.write.kind {
            WriteKind::Create(incoming) => self.create(incoming.clone(), &mut jobs).await,
            WriteKind::Update { id, incoming, preference } => {
                self.update((id.clone(), *preference), incoming.clone(), &mut jobs).await
            }
            WriteKind::Delete(id) => self.delete(id.clone(), &mut jobs).await,
            WriteKind::Change { method, id, name, linkage } => {
                let relation = Relation::new(id, name, None);
                self.change((*method, linkage.clone()), relation, &mut jobs).await
            }
            WriteKind::Remove { id, name, member } => {
                self.remove(Relation::new(id, name, None), member, &mut jobs).await
            }
            WriteKind::UpdateMany { incoming, search } => {
                self.update_many(incoming, search.as_deref(), &mut jobs).await
            }
            WriteKind::DeleteMany { search } => self.delete_many(search.as_deref(), &mut jobs).await,
        }
    }

    pub(super) fn place(&self) -> usize {
        self.write.site.place
    }

    fn description(&self) -> Description {
        Description(self.write.site.endpoint().resource)
    }

    async fn create(&self, mut incoming: Incoming<'static>, jobs: &mut Jobs) -> Result<Written, Errors> {
        incoming.description = Some(self.description());
        let hooks =
            async { each!(&self.run, self.place(), Moment::BeforeWrite(BeforeWrite::PostResource(&mut incoming))) };
        self.serve(hooks, jobs).await?;
        self.ask_nested(self.place(), &mut incoming, jobs).await?;
        let create = Create::plan(self.write.site.clone(), incoming, self.write.view.clone())?;
        let outcome = create.execute(self.session).await?;
        self.show(outcome, jobs).await
    }

    pub(super) async fn update(
        &self,
        (mut id, preference): (String, Preference),
        incoming: Incoming<'static>,
        jobs: &mut Jobs,
    ) -> Result<Written, Errors> {
        let mut changed = Incoming { description: Some(self.description()), ..incoming.clone() };
        let hooks = async {
            each!(&self.run, self.place(), Moment::BeforeWrite(BeforeWrite::PatchResource(&mut id, &mut changed)))
        };
        self.serve(hooks, jobs).await?;
        self.ask_nested(self.place(), &mut changed, jobs).await?;
        let is_as_sent = changed.is_as(&incoming) && !self.run.context.has_written();
        let preference = if is_as_sent { preference } else { Preference::Representation };
        let place = (self.write.site.clone(), id);
        let update = UpdateResource::plan(place, changed, self.write.view.clone(), preference)?;
        let outcome = update.execute(self.session).await?;
        self.show(outcome, jobs).await
    }

    pub(super) async fn delete(&self, mut id: String, jobs: &mut Jobs) -> Result<Written, Errors> {
        self.run.context.unsettle();
        let hooks = async { each!(&self.run, self.place(), Moment::BeforeWrite(BeforeWrite::DeleteResource(&mut id))) };
        self.serve(hooks, jobs).await?;
        let delete = DeleteResource::plan(self.write.site.clone(), id.clone())?;
        let is_settled = self.run.context.is_settled();
        let outcome = if is_settled { Outcome::Done } else { delete.execute(self.session).await? };
        let hooks = async { each!(&self.run, self.place(), Moment::AfterWrite(AfterWrite::DeleteResource(&id))) };
        self.serve(hooks, jobs).await?;
        Ok((outcome, Map::new()))
    }

    async fn change(
        &self,
        (method, mut linkage): (Method, IncomingLinkage),
        mut relation: Relation,
        jobs: &mut Jobs,
    ) -> Result<Written, Errors> {
        let mut members = Members(linkage.ids());
        let hooks = async { each!(&self.run, self.place(), before_change(method, &mut relation, &mut members)) };
        self.serve(hooks, jobs).await?;
        linkage.retain(&members.0);
        let related = RelatedTo::new(self.write.site.clone(), relation.id.clone(), relation.name())?;
        let change = ChangeRelationship::by(method, related, linkage)?;
        let outcome = change.execute(self.session).await?;
        let hooks = async { each!(&self.run, self.place(), after_change(method, &relation)) };
        self.serve(hooks, jobs).await?;
        Ok((outcome, Map::new()))
    }

    /// Shows the processors the resource that the client is about to see.
    async fn show(&self, outcome: Outcome, jobs: &mut Jobs) -> Result<Written, Errors> {
        match outcome {
            Outcome::Created(mut compound) => {
                let mut outgoing = Outgoing::new(compound.primary().outgoing(0..1));
                let hooks = async {
                    each!(&self.run, self.place(), Moment::AfterWrite(AfterWrite::PostResource(&mut outgoing)))
                };
                self.serve(hooks, jobs).await?;
                compound.sets[0].take_back(0..1, &outgoing.resources);
                Ok((Outcome::Created(compound), outgoing.meta))
            }
            Outcome::Updated(mut compound) => {
                let resources = compound.as_ref().map(|compound| compound.primary().outgoing(0..1));
                let mut outgoing = Outgoing::new(resources.unwrap_or_default());
                let hooks = async {
                    each!(&self.run, self.place(), Moment::AfterWrite(AfterWrite::PatchResource(&mut outgoing)))
                };
                self.serve(hooks, jobs).await?;
                if let Some(compound) = &mut compound {
                    compound.sets[0].take_back(0..1, &outgoing.resources);
                }
                Ok((Outcome::Updated(compound), outgoing.meta))
            }
            other => Ok((other, Map::new())),
        }
    }

    /// Waits for processors, and meanwhile does on the connection what they want to be done.
    pub(super) async fn serve(
        &self,
        hooks: impl Future<Output = Result<(), Error>>,
        jobs: &mut Jobs,
    ) -> Result<(), Errors> {
        let mut hooks = pin!(hooks);
        loop {
            let job = {
                let next = pin!(jobs.recv());
                match select(hooks.as_mut(), next).await {
                    Either::Left((outcome, _)) => return Ok(outcome?),
                    Either::Right((job, _)) => job,
                }
            };
            if let Some(job) = job {
                self.session.lend(job).await?;
            }
        }
    }
}

pub(super) fn before_change<'a>(method: Method, relation: &'a mut Relation, members: &'a mut Members) -> Moment<'a> {
    Moment::BeforeWrite(match method {
        Method::POST => BeforeWrite::PostRelationship(relation, members),
        Method::DELETE => BeforeWrite::DeleteRelationship(relation, members),
        _ => BeforeWrite::PatchRelationship(relation, members),
    })
}

pub(super) fn after_change(method: Method, relation: &Relation) -> Moment<'_> {
    Moment::AfterWrite(match method {
        Method::POST => AfterWrite::PostRelationship(relation),
        Method::DELETE => AfterWrite::DeleteRelationship(relation),
        _ => AfterWrite::PatchRelationship(relation),
    })
}

impl Context {
    /// The same within a transaction.
    fn within(&self, jobs: mpsc::UnboundedSender<Work>) -> Self {
        let mut context = self.clone();
        context.enter(jobs);
        context
    }
}
