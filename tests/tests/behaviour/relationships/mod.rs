//! Models that belong together, served together.

pub mod blog;
pub mod graph;
pub mod shown;

mod concurrency;
mod crawler;
mod create;
mod dangling;
mod default_include;
mod dependants;
mod fieldsets;
mod filter;
mod has_one;
mod include;
mod include_limits;
mod keys;
mod linkage;
mod many_to_many;
mod member;
mod mounting;
mod on_delete;
mod random_graphs;
mod related;
mod relationship_endpoint;
mod root_document;
mod self_referential;
mod statements;
mod to_many;
mod to_one;
mod update;
