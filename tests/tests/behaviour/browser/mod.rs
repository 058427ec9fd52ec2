//! Pages in a real browser, headless, that read and write in both formats.

mod chromium;
mod of_sqlite;
