//! What restless says in the log.

use std::sync::{Mutex, Once, PoisonError};

/// Keeps the warnings of restless.
struct Kept;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl log::Log for Kept {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn && metadata.target().starts_with("restless")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{} {}", record.level(), record.args());
            LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    }

    fn flush(&self) {}
}

/// Keeps what is said from now on, of all tests in the process.
pub fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Kept).expect("no other logger");
        log::set_max_level(log::LevelFilter::Warn);
    });
}

/// The kept lines that say that.
pub fn lines_with(words: &str) -> Vec<String> {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.iter().filter(|line| line.contains(words)).cloned().collect()
}
