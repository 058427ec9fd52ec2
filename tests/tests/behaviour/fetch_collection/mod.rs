//! Fetching collections.

mod document;
mod fields;
mod filter;
mod operators;
mod pagination;
mod sort;
mod unworkable;
