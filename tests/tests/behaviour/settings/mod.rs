//! The keys of `#[restless(...)]` on structs, and the same settings where a model is mounted.

mod crate_key;
mod formats;
mod functions;
mod ids;
mod methods;
mod paging;
mod paths;
mod related_pages;
mod rename_all;
mod validation_status;
