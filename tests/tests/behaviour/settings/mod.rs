//! The keys of `#[restless(...)]` on structs, and the same settings where a model is mounted.

mod crate_key;
mod formats;
mod functions;
mod ids;
mod ignore_read_only;
mod methods;
mod paging;
mod paths;
mod related_pages;
mod rename_all;
mod switched_off;
mod validation_status;
