//! What restless says in the log.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// Keeps the warnings of restless.
struct Kept;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Whether statements are kept, and what servers say of them.
static STATEMENTS: AtomicBool = AtomicBool::new(false);

impl log::Log for Kept {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        let is_warning = metadata.level() <= log::Level::Warn && metadata.target().starts_with("restless");
        let is_of_statements =
            ["restless::statement", "tokio_postgres"].iter().any(|target| metadata.target().starts_with(target));
        is_warning || (is_of_statements && metadata.level() <= log::Level::Debug && STATEMENTS.load(Ordering::Relaxed))
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

/// The same, and from now on the statements too.
pub fn keep_statements() {
    keep();
    STATEMENTS.store(true, Ordering::Relaxed);
    log::set_max_level(log::LevelFilter::Debug);
}

/// The kept lines that say that.
pub fn lines_with(words: &str) -> Vec<String> {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.iter().filter(|line| line.contains(words)).cloned().collect()
}
