//! How the servers are started.

use std::env;
use std::net::SocketAddr;

/// How many workers each server has.
pub const WORKERS: usize = 2;

/// The database to serve.
///
/// # Errors
///
/// When the environment does not name one.
pub fn database_url() -> Result<String, env::VarError> {
    env::var("DATABASE_URL")
}

/// Tells whoever has started this server where it listens.
pub fn announce(addresses: &[SocketAddr]) {
    for address in addresses {
        println!("http://{address}");
    }
}
