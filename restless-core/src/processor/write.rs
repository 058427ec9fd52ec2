//! Processors are asked about rows: what they do and what restless does are one transaction.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::hooks::{Run, each};
use super::moment::{AfterWrite, BeforeWrite, Moment};
use super::relation::{Members, Relation};
use super::response_resources::ResponseResources;
use crate::Method;
use crate::backend::{Access, Operation, RowId, Session, within};
use crate::context::{Context, Work};
use crate::dialect::Dialect;
use crate::endpoint::EndpointId;
use crate::error::{Error, Errors};
use crate::operation::{
    self, Compound, Deletion, EndpointRef, Incoming, Linked, Outcome, RowHooks, RowMoment, WholeRow, WithHooks,
    WriteOperation,
};

/// A write that processors have a part in.
pub(crate) struct InTransaction<W> {
    pub(crate) run: Run,
    pub(crate) operation: W,
}

/// What came of it, and what processors add to the answer.
pub(crate) struct Written {
    pub(crate) outcome: Outcome,
    pub(crate) added: Map<String, Value>,
}

impl<DB: Dialect, W: WriteOperation<DB>> Operation<DB> for InTransaction<W> {
    type Output = Written;

    fn access(&self) -> Access {
        Access::Write
    }

    fn row(&self) -> Option<RowId<'_>> {
        self.operation.row()
    }

    fn referred(&self) -> Option<RowId<'_>> {
        self.operation.referred()
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Written, Errors> {
        operation::begin(session).await?;
        let (sender, receiver) = mpsc::unbounded_channel();
        let context = self.run.context.within(sender);
        let run = Run { context, ..self.run.clone() };
        let hooks = Within { run, jobs: Cell::new(Some(receiver)), meta: RefCell::default() };
        let outcome = self.operation.write(&WithHooks { session, hooks: &hooks }).await?;
        Ok(Written { outcome, added: hooks.meta.into_inner() })
    }
}

/// The processors within a transaction.
struct Within {
    run: Run,
    /// What they want to be done on the connection.
    jobs: Cell<Option<Jobs>>,
    /// What they add to the document.
    meta: RefCell<Map<String, Value>>,
}

type Jobs = mpsc::UnboundedReceiver<Work>;

impl<DB: Dialect> RowHooks<DB> for Within {
    fn have_written(&self) -> bool {
        self.run.context.has_written()
    }

    async fn ask<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        site: &EndpointRef,
        moment: RowMoment<'_>,
    ) -> Result<(), Errors> {
        let place = site.id;
        match moment {
            RowMoment::BeforeInsert(changes) => {
                let hooks = async { each!(&self.run, place, Moment::BeforeWrite(BeforeWrite::PostResource(changes))) };
                self.serve(session, hooks).await
            }
            RowMoment::AfterInsert(row, shown) => {
                let outgoing = ResponseResources::of_write(None, row);
                self.show(session, place, (outgoing, shown)).await
            }
            RowMoment::BeforeUpdate(id, changes) => self.before_update(session, site, (id, changes)).await,
            RowMoment::AfterUpdate(updated, shown) => {
                let outgoing = ResponseResources::of_write(Some(&updated.before), &updated.after);
                self.show(session, place, (outgoing, shown)).await
            }
            RowMoment::BeforeDelete(deletion) => self.before_delete(session, site, deletion).await,
            RowMoment::AfterDelete(row) => {
                let hooks = async { each!(&self.run, place, Moment::AfterWrite(AfterWrite::DeleteResource(row))) };
                self.serve(session, hooks).await
            }
            RowMoment::BeforeLink(linked) => self.before_link(session, site, linked).await,
            RowMoment::AfterLink(linked) => {
                let mut relation = Relation::new(&linked.id, &linked.name, None);
                relation.before = linked.row.clone();
                relation.after = Some(site.written_whole(session, &linked.id).await?);
                let hooks = async { each!(&self.run, place, after_link(linked.method, &relation)) };
                self.serve(session, hooks).await
            }
        }
    }
}

impl Within {
    /// Each of them is asked about the row that the one before it leads to, once that is known to exist for the client. An id
    /// that no key can have names no row.
    async fn before_update<S: Session>(
        &self,
        session: &S,
        site: &EndpointRef,
        (id, changes): (&mut String, &mut Incoming<'static>),
    ) -> Result<(), Errors> {
        if site.key::<S::Dialect>(id).is_ok() {
            changes.before = Some(site.hold_whole(session, id).await?);
        }
        let context = self.run.context_of(site.id);
        for hook in self.run.hooks.of(site.id) {
            let moment = Moment::BeforeWrite(BeforeWrite::PatchResource(&mut *id, &mut *changes));
            self.serve(session, hook.run(&context, moment)).await?;
            if is_another(changes.before.as_ref(), id) && site.key::<S::Dialect>(id).is_ok() {
                changes.before = Some(site.hold_whole(session, id).await?);
            }
        }
        Ok(())
    }

    /// The same, until one of them has done itself what is to be done.
    async fn before_delete<S: Session>(
        &self,
        session: &S,
        site: &EndpointRef,
        deletion: &mut Deletion,
    ) -> Result<(), Errors> {
        if site.key::<S::Dialect>(&deletion.id).is_ok() {
            deletion.row = Some(site.hold_whole(session, &deletion.id).await?);
        }
        self.run.context.unmark_handled();
        let context = self.run.context_of(site.id);
        for hook in self.run.hooks.of(site.id) {
            let moment = Moment::BeforeWrite(BeforeWrite::DeleteResource(&mut deletion.id, deletion.row.as_ref()));
            self.serve(session, hook.run(&context, moment)).await?;
            if is_another(deletion.row.as_ref(), &deletion.id) && site.key::<S::Dialect>(&deletion.id).is_ok() {
                deletion.row = Some(site.hold_whole(session, &deletion.id).await?);
            }
        }
        deletion.is_done = self.run.context.is_handled();
        Ok(())
    }

    async fn before_link<S: Session>(
        &self,
        session: &S,
        site: &EndpointRef,
        linked: &mut Linked,
    ) -> Result<(), Errors> {
        let mut relation = Relation::new(&linked.id, &linked.name, None);
        let mut members = Members(std::mem::take(&mut linked.members));
        if site.key::<S::Dialect>(&relation.id).is_ok() {
            relation.before = Some(site.hold_whole(session, &relation.id).await?);
        }
        let context = self.run.context_of(site.id);
        for hook in self.run.hooks.of(site.id) {
            let moment = before_link(linked.method, &mut relation, &mut members);
            self.serve(session, hook.run(&context, moment)).await?;
            if is_another(relation.before.as_ref(), &relation.id) && site.key::<S::Dialect>(&relation.id).is_ok() {
                relation.before = Some(site.hold_whole(session, &relation.id).await?);
            }
        }
        linked.members = members.0;
        linked.row = relation.before.take();
        (linked.id, linked.name) = relation.into_place();
        Ok(())
    }

    /// Shows the processors what has been written, and what of it the client is about to see, if that is anything.
    async fn show<S: Session>(
        &self,
        session: &S,
        place: EndpointId,
        (mut outgoing, shown): (ResponseResources, Option<&mut Compound>),
    ) -> Result<(), Errors> {
        outgoing.resources = shown.as_ref().map(|shown| shown.primary().outgoing(0..1)).unwrap_or_default();
        let is_new = outgoing.before().is_none();
        let hooks = async {
            each!(
                &self.run,
                place,
                Moment::AfterWrite(if is_new {
                    AfterWrite::PostResource(&mut outgoing)
                } else {
                    AfterWrite::PatchResource(&mut outgoing)
                })
            )
        };
        self.serve(session, hooks).await?;
        if let Some(shown) = shown {
            shown.sets[0].take_back(0..1, &outgoing.resources);
        }
        self.meta.borrow_mut().extend(outgoing.meta);
        Ok(())
    }

    /// Waits for processors, and meanwhile does on the connection what they want to be done.
    async fn serve<S: Session>(
        &self,
        session: &S,
        hooks: impl Future<Output = Result<(), Error>>,
    ) -> Result<(), Errors> {
        let Some(mut jobs) = self.jobs.take() else {
            return Err(Error::internal("a transaction asks its processors twice at the same time").into());
        };
        let hooks = within(self.run.context.database(), hooks);
        let outcome = serve(session, hooks, &mut jobs).await;
        self.jobs.set(Some(jobs));
        outcome
    }
}

async fn serve<S: Session>(
    session: &S,
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
            session.lend(job).await?;
        }
    }
}

/// Whether a processor leads from a row to another one.
fn is_another(row: Option<&Arc<WholeRow>>, id: &str) -> bool {
    row.is_none_or(|row| row.id() != id)
}

fn before_link<'a>(method: Method, relation: &'a mut Relation, members: &'a mut Members) -> Moment<'a> {
    Moment::BeforeWrite(match method {
        Method::POST => BeforeWrite::PostRelationship(relation, members),
        Method::DELETE => BeforeWrite::DeleteRelationship(relation, members),
        _ => BeforeWrite::PatchRelationship(relation, members),
    })
}

fn after_link(method: Method, relation: &Relation) -> Moment<'_> {
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
