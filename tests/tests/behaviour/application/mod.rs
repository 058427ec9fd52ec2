//! What an application meets where it has its own code: errors, handlers, hooks, and what is said to whoever starts it.

mod context;
mod handlers;
mod hooks;
mod journal;
mod start;
