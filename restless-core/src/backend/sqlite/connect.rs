//! Opening connections to a SQLite database.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::functions;
use crate::error::Error;

/// Where a SQLite database lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SqliteUrl {
    /// In a file; the path is relative to the working directory unless it begins with a slash.
    File(String),
    /// In memory, for as long as the [`Database`](crate::Database) lives.
    Memory,
}

impl SqliteUrl {
    /// Reads `sqlite://people.db`, `sqlite:people.db`, `sqlite:///var/people.db`, `sqlite::memory:`.
    pub(crate) fn parse(url: &str) -> Self {
        let rest = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = rest.strip_prefix("//").unwrap_or(rest);
        match path {
            ":memory:" | "" => SqliteUrl::Memory,
            path => SqliteUrl::File(path.to_owned()),
        }
    }

    fn path(&self) -> &str {
        match self {
            SqliteUrl::File(path) => path,
            SqliteUrl::Memory => ":memory:",
        }
    }
}

/// How long a connection on the thread that serves HTTP waits for a lock, in milliseconds.
const INLINE_WAIT: u128 = 50;

/// A checkpoint brings each page into the database once, however often it was written since the last one. Another thread
/// makes them; the writer does only where few writes have filled the log. The cache is in KiB.
const WRITING: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16000; \
                       PRAGMA cache_size = -16000;";

/// What a connection is for, which decides how it is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Write,
    Read,
    /// On the thread that serves HTTP, where nothing may wait.
    Inline,
}

/// Opens a connection.
pub(super) fn open(url: &SqliteUrl, purpose: Purpose, acquire_timeout: Duration) -> Result<SqliteConnection, Error> {
    let mut connection = SqliteConnection::establish(url.path())?;
    let waits = if purpose == Purpose::Inline { INLINE_WAIT } else { acquire_timeout.as_millis() };
    let mut setup = format!("PRAGMA busy_timeout = {waits}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
    match purpose {
        Purpose::Write => setup.push_str(WRITING),
        Purpose::Read | Purpose::Inline => setup.push_str("PRAGMA query_only = ON;"),
    }
    connection.batch_execute(&setup).map_err(Error::unreachable_database)?;
    functions::register(&mut connection)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_of_url() {
        let file = |path: &str| SqliteUrl::File(path.to_owned());
        assert_eq!(SqliteUrl::parse("sqlite://people.db"), file("people.db"));
        assert_eq!(SqliteUrl::parse("sqlite:people.db"), file("people.db"));
        assert_eq!(SqliteUrl::parse("sqlite:///var/people.db"), file("/var/people.db"));
        assert_eq!(SqliteUrl::parse("sqlite::memory:"), SqliteUrl::Memory);
        assert_eq!(SqliteUrl::parse("sqlite://:memory:"), SqliteUrl::Memory);
    }
}
