//! Databases behind a socket: connections that belong to the threads which serve HTTP, within one budget.

mod attendance;
mod budget;
mod clients;
mod connections;
mod driver;
mod failure;
mod holder;
mod identity;
mod options;
mod pool;
mod session;
mod shared_count;
mod slot;
mod turns;

pub(super) use driver::{Driver, Unopened};
pub(super) use failure::{Aftermath, Constraint, Failure, kind};
pub(super) use identity::Identity;
pub(super) use options::ServerOptions;
pub(super) use pool::ServerPool;
