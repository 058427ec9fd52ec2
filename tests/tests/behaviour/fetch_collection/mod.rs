//! Fetching collections.

mod document;
mod fields;
mod filter;
mod pagination;
mod sort;
