//! What is true of SQLite alone: its files, its databases in memory, its one writer.

mod files;
mod full;
mod memory;
mod slow;
mod writer;
