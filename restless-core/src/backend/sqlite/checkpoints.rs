//! Bringing what the log holds into the database: a thread of its own waits for the disk, so that the writer does not.

use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::connection::SimpleConnection as _;
use diesel::sqlite::SqliteConnection;

use super::pool::spawn;
use crate::error::Error;

/// After how many writes the log is brought into the database.
const WRITES: usize = 4000;

/// What is written during one checkpoint is left to the next, which takes less time. It holds nobody up.
const PASSES: usize = 2;

/// How many writes may wait for their checkpoint before the writer waits for the disk: the log must not grow without end.
const MOST: usize = 4 * WRITES;

/// The thread that makes checkpoints, by turns with the writer: only while that adds nothing to the log can the end of it
/// be brought in, and only then does it begin anew.
pub(super) struct Checkpoints {
    due: Sender<()>,
    done: Receiver<()>,
    is_under_way: bool,
    writes: usize,
}

impl Checkpoints {
    /// Starts the thread, which ends with this value.
    pub(super) fn start(mut connection: SqliteConnection) -> Result<Self, Error> {
        let (due, waiting) = bounded(1);
        let (finished, done) = bounded(1);
        spawn("restless-sqlite-checkpoints", move || {
            for () in waiting {
                (0..PASSES).for_each(|_| make(&mut connection));
                let _ = finished.send(());
            }
        })?;
        Ok(Self { due, done, is_under_way: false, writes: 0 })
    }

    /// Counts writes that the writer has committed. When there are enough of them, the thread makes a checkpoint; when it
    /// has, the writer brings in what is left.
    pub(super) fn count(&mut self, writes: usize, writer: &mut SqliteConnection) {
        self.writes += writes;
        if self.is_under_way && self.is_done() {
            make(writer);
            self.is_under_way = false;
            self.writes = 0;
        }
        if !self.is_under_way && self.writes >= WRITES {
            self.is_under_way = self.due.try_send(()).is_ok();
        }
    }

    fn is_done(&self) -> bool {
        if self.writes < MOST { self.done.try_recv().is_ok() } else { self.done.recv().is_ok() }
    }
}

/// Brings in as much as can be without waiting for anybody.
fn make(connection: &mut SqliteConnection) {
    if let Err(error) = connection.batch_execute("PRAGMA wal_checkpoint(PASSIVE)") {
        log::warn!("a checkpoint has failed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;
    use std::{env, fs, process, thread};

    use super::*;
    use crate::backend::sqlite::connect::{Purpose, SqliteUrl, open};

    #[test]
    fn brings_the_log_into_the_database_after_enough_writes() {
        let path = env::temp_dir().join(format!("restless-checkpoints-{}.db", process::id()));
        let url = SqliteUrl::File(path.display().to_string());
        let mut writer = open(&url, Purpose::Write, Duration::ZERO).unwrap();
        let written = "PRAGMA wal_autocheckpoint = 0; CREATE TABLE a AS SELECT zeroblob(100000) AS b";
        writer.batch_execute(written).unwrap();
        let mut checkpoints = Checkpoints::start(open(&url, Purpose::Read, Duration::ZERO).unwrap()).unwrap();
        let is_brought_in = || fs::metadata(&path).unwrap().len() > 100_000;

        checkpoints.count(WRITES - 1, &mut writer);
        thread::sleep(Duration::from_millis(50));
        assert!(!is_brought_in());

        checkpoints.count(1, &mut writer);
        let mut waits = 0..200;
        while !is_brought_in() && waits.next().is_some() {
            thread::sleep(Duration::from_millis(50));
        }
        assert!(is_brought_in());
        drop((checkpoints, writer));
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", path.display()));
        }
    }
}
