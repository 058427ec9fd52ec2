//! Reads whose client may go away: what the server runs for nobody is stopped.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::sleep;

use super::clients::Awaited;
use super::connections::Lease;
use super::{Driver, ServerOptions};

/// How long a statement may run for nobody. Most end by themselves before a request to stop them, which needs a connection
/// of its own, would have reached the server.
const GRACE: Duration = Duration::from_millis(100);

/// Does something for a client. When that goes away, the statement is stopped as soon as it is the one that the server
/// runs. On a connection that several operations share it may have ended by then, so that the request meets another one:
/// whoever is stopped unasked reads again.
pub(super) async fn attended<C: Driver, T>(
    work: impl Future<Output = T>,
    client: &Awaited,
    lease: &Lease<C>,
    options: &ServerOptions,
) -> T {
    let mut work = pin!(work);
    if let Either::Left((outcome, _)) = select(work.as_mut(), pin!(client.gone())).await {
        return outcome;
    }
    loop {
        if let Either::Left((outcome, _)) = select(work.as_mut(), pin!(sleep(GRACE))).await {
            return outcome;
        }
        if let Either::Left((outcome, _)) = select(work.as_mut(), pin!(stop(lease, options))).await {
            return outcome;
        }
    }
}

/// Asks the server to stop what it runs, if that is of this operation. The connection gets no more work, since the request
/// may arrive late.
async fn stop<C: Driver>(lease: &Lease<C>, options: &ServerOptions) {
    let Some(connection) = lease.slot().connection().filter(|_| lease.slot().runs(lease.operation())) else {
        return;
    };
    lease.retire();
    let _ = tokio::time::timeout(options.acquire_timeout, connection.cancel(options)).await;
}
