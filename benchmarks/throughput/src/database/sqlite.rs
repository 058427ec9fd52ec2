//! A SQLite database in a directory of its own.

use std::error::Error;

use diesel::connection::SimpleConnection as _;
use tempfile::TempDir;

use super::{connect, run};
use crate::connection::Connection;

/// What the database is called in the report.
pub const NAME: &str = "SQLite";

/// What a client has written is taken back, and the log is brought into the database.
const RESET: [&str; 3] =
    ["PRAGMA busy_timeout = 5000", "DELETE FROM article WHERE id > 10000", "PRAGMA wal_checkpoint(TRUNCATE)"];

/// A file that lives as long as this value.
pub struct Database {
    url: String,
    _directory: TempDir,
}

impl Database {
    /// Makes and fills it.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub fn create() -> Result<Self, Box<dyn Error>> {
        let directory = TempDir::with_prefix("restless-throughput-")?;
        let path = directory.path().join("throughput.db");
        let path = path.to_str().ok_or("the path of the temporary directory is not UTF-8")?;
        connect(path)?.batch_execute(include_str!("sqlite.sql"))?;
        Ok(Self { url: format!("sqlite://{path}"), _directory: directory })
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
        let mut connection: Connection = connect(self.url.trim_start_matches("sqlite://"))?;
        Ok(run(&mut connection, &RESET)?)
    }
}
