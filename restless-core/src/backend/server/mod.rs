//! Databases behind a socket: connections that belong to the threads which serve HTTP, in lanes by what they are for.

mod attendance;
mod clients;
mod driver;
mod identity;
mod lane;
mod options;
mod pool;
mod session;
mod tally;

pub(super) use driver::{Driver, Information};
pub(super) use identity::Identity;
pub(super) use options::ServerOptions;
pub(super) use pool::ServerPool;
