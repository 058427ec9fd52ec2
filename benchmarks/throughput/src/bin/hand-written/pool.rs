//! The pool of connections.

use actix_web::web;
use diesel::r2d2::{ConnectionManager, Error, Pool as R2d2Pool};
use throughput::connection::Connection;

use crate::failure::Failure;

/// Connections for the threads that wait for the database.
pub type Pool = R2d2Pool<ConnectionManager<Connection>>;

/// How many connections there are. More of them do SQLite no good: they would only wait for each other to write.
const SIZE: u32 = if cfg!(feature = "postgres") { 16 } else { 8 };

/// Opens the pool. A connection is not asked whether it is alive whenever it is taken: that would be a statement more for
/// each request.
pub fn open(url: &str) -> Result<Pool, Box<dyn std::error::Error>> {
    let manager = ConnectionManager::new(url.trim_start_matches("sqlite://"));
    let settings = R2d2Pool::builder().max_size(SIZE).test_on_check_out(false);
    Ok(settings.connection_customizer(Box::new(Settings)).build(manager)?)
}

/// Runs the work with a connection, on a thread that may wait.
pub async fn run<T, W>(pool: &Pool, work: W) -> Result<T, Failure>
where
    T: Send + 'static,
    W: FnOnce(&mut Connection) -> Result<T, Failure> + Send + 'static,
{
    let pool = pool.clone();
    web::block(move || work(&mut *pool.get()?)).await?
}

/// What is set on each connection before its first use.
#[derive(Debug)]
struct Settings;

impl diesel::r2d2::CustomizeConnection<Connection, Error> for Settings {
    #[cfg(not(feature = "postgres"))]
    fn on_acquire(&self, connection: &mut Connection) -> Result<(), Error> {
        use diesel::connection::SimpleConnection as _;

        const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
                               PRAGMA foreign_keys = ON";
        connection.batch_execute(PRAGMAS).map_err(Error::QueryError)
    }
}
