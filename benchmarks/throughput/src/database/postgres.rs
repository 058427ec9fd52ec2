//! A database of its own on a PostgreSQL server.

use std::error::Error;
use std::time::Duration;
use std::{env, thread};

use super::{connect, run};

/// What the database is called in the report.
pub const NAME: &str = "PostgreSQL";

const CREATE: [&str; 2] =
    ["DROP DATABASE IF EXISTS restless_throughput WITH (FORCE)", "CREATE DATABASE restless_throughput"];

const FILL: [&str; 2] = [include_str!("postgres.sql"), SETTLE];

const DROP: [&str; 1] = ["DROP DATABASE restless_throughput WITH (FORCE)"];

/// What clients have written is taken back, with the space that it took.
const RESET: [&str; 3] = ["DELETE FROM article WHERE id > 10000", "SELECT setval('article_id_seq', 10000)", SETTLE];

const SETTLE: &str = "VACUUM ANALYZE";

/// A database that lives as long as this value.
pub struct Database {
    server: String,
    url: String,
}

impl Database {
    /// Makes and fills it. `RESTLESS_TEST_POSTGRES_URL` names a database of the server to begin from.
    ///
    /// # Errors
    ///
    /// When there is no such server, or it refuses.
    pub fn create() -> Result<Self, Box<dyn Error>> {
        let server = env::var("RESTLESS_TEST_POSTGRES_URL")
            .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
        let base = server.split('?').next().unwrap_or_default();
        let (base, _) = base.rsplit_once('/').ok_or("the URL of the server names no database")?;
        // libpq encrypts where the server can, even on one machine, and so would the one server have work that the
        // other has not.
        let url = format!("{base}/restless_throughput?sslmode=disable");
        run(&mut connect(&server)?, &CREATE)?;
        let database = Self { server, url };
        run(&mut connect(&database.url)?, &FILL)?;
        database.reset()?;
        Ok(database)
    }

    /// Where the servers find it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Brings back the articles that were there at first, and no others.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub fn reset(&self) -> Result<(), Box<dyn Error>> {
        // The load generator leaves without waiting for the last answers; what they are about must not come after this.
        thread::sleep(Duration::from_millis(300));
        Ok(run(&mut connect(&self.url)?, &RESET)?)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = connect(&self.server).map(|mut connection| run(&mut connection, &DROP));
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("the database restless_throughput is left behind");
        }
    }
}
