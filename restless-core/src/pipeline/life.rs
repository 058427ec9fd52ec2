//! The life of a request that was let in: routed, read, asked about, planned, run, asked about again, written. Without hooks
//! nobody is asked, and nothing is done for it; the hooks of a write are asked within its transaction.

use futures_util::FutureExt as _;
use serde_json::Map;

use super::Pipeline;
use super::admission::Entered;
use super::hooked::{self, Hooked};
use super::reading::{Reading, read};
use super::route::Route;
use crate::backend::{Database, Pool};
use crate::dialect::Dialect;
use crate::error::Errors;
use crate::operation::{Command, Outcome, Read, Target, Unasked, Write};
use crate::processor::{InTransaction, Run, Written};
use crate::registry::EndpointRef;
use crate::representation::{Address, Answer};
use crate::resource_type::Count;
use crate::response::Response;

/// What came of a request, before it is written.
struct Done {
    outcome: Outcome,
    /// What the hooks add to the answer; none where there are no hooks.
    added: Option<Map<String, serde_json::Value>>,
    /// The count that the client prefers, if that was heeded.
    count: Option<Count>,
}

/// A command in the words of the database.
enum Plan<DB: Dialect> {
    Read(Box<Read<DB>>),
    Write(Box<Write<DB>>),
}

impl Pipeline {
    /// The whole life of a request.
    pub(super) async fn live<DB: Dialect, P: Pool<DB>>(
        &self,
        (database, pool): (&Database, &P),
        entered: Entered<'_>,
    ) -> Response {
        match self.route(database, entered) {
            Ok(route) => answer(&route, pool).await.unwrap_or_else(|errors| route.refuse(errors)),
            Err(response) => response,
        }
    }
}

async fn answer<DB: Dialect, P: Pool<DB>>(route: &Route<'_>, pool: &P) -> Result<Response, Errors> {
    let Reading { mut command, address } = read(route)?;
    // What hooks take part in is boxed, so that requests without them have no room for it in their future.
    if let Some(hooks) = &route.hooks {
        before(route, pool, (hooks, &mut command)).boxed_local().await?;
    }
    // Hooks may have led the request to something else than its URL names.
    let target = route.hooks.as_ref().and_then(|_| command.target().cloned());
    let plan = plan::<DB>(route, command)?;
    let mut done = run(pool, plan, route.hooks.as_ref()).await?;
    if let Some(hooks) = &route.hooks {
        let target = target.as_ref().unwrap_or(&route.target);
        after(&route.site, (hooks, target), &mut done).boxed_local().await?;
    }
    Ok(write(route, &address, &done))
}

/// Lets the hooks change what is to be read, or refuse it.
async fn before<DB: Dialect, P: Pool<DB>>(
    route: &Route<'_>,
    pool: &P,
    (hooks, command): (&Run, &mut Command<'_>),
) -> Result<(), Errors> {
    match command {
        Command::Fetch(fetch) => {
            hooked::check_exists(route, pool, &fetch.target).await?;
            hooked::before_fetch(route, hooks, fetch).await
        }
        Command::Evaluate(asked) => hooked::before_evaluation(route, hooks, asked).await,
        _ => Ok(()),
    }
}

/// Turns names into columns and values into bind parameters; every mistake is told at once.
fn plan<DB: Dialect>(route: &Route<'_>, command: Command<'_>) -> Result<Plan<DB>, Errors> {
    if command.is_read() {
        return Read::of(&route.site, &command).map(|read| Plan::Read(Box::new(read)));
    }
    Write::of(&route.site, command).map(|write| Plan::Write(Box::new(write)))
}

/// Runs the statements: one hop to the database, one transaction for a write.
async fn run<DB: Dialect, P: Pool<DB>>(pool: &P, plan: Plan<DB>, hooks: Option<&Run>) -> Result<Done, Errors> {
    match (plan, hooks) {
        (Plan::Read(read), hooks) => {
            let count = read.count;
            let outcome = read.run(pool).await?;
            Ok(Done { outcome, added: hooks.map(|_| Map::new()), count })
        }
        (Plan::Write(write), None) => {
            let outcome = pool.run(Unasked(*write)).await.map_err(Errors::of_write)?;
            Ok(Done { outcome, added: None, count: None })
        }
        (Plan::Write(write), Some(hooks)) => {
            let write = InTransaction { run: hooks.clone(), operation: *write };
            let written = pool.run_here(write).boxed_local().await.map_err(Errors::of_write)?;
            let Written { outcome, added } = written;
            Ok(Done { outcome, added: Some(added), count: None })
        }
    }
}

/// Takes out what the hooks refuse to show, and lets them change the rest.
async fn after(site: &EndpointRef, (hooks, target): (&Run, &Target), done: &mut Done) -> Result<(), Errors> {
    let hooked = Hooked { run: hooks, registry: &site.registry, place: site.id };
    hooked.close_included(&mut done.outcome).await;
    let added = hooked.after(target, &mut done.outcome).await?;
    done.added.get_or_insert_default().extend(added);
    Ok(())
}

/// Writes what came of it, in the representation that the client asked for.
fn write(route: &Route<'_>, address: &Address, done: &Done) -> Response {
    let base = route.base();
    let answer = Answer {
        registry: &route.site.registry,
        request: route.request,
        formats: route.formats(),
        target: &route.target,
        address,
        base: &base,
        added: done.added.clone(),
    };
    let response = route.representation.write(&answer, &done.outcome);
    route.told(response, done.count)
}
