//! What HTTP asks of every server.

mod bodies;
mod methods;
mod panics;
