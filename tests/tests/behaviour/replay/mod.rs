//! Exchanges that were recorded from Flask-Restless, sent again.

mod case;
mod check;
mod classic;
mod json_api;
mod of_sqlite;
