//! Exchanges that were recorded from Flask-Restless, sent again.

mod case;
mod check;
mod models;
mod mount;
mod of_sqlite;
