//! The classic format of Flask-Restless 0.17.

mod errors;
mod many;
mod negotiation;
mod nested;
mod options;
mod reading;
mod rules;
mod searching;
pub mod shop;
mod updating;

pub use shop::encode;
