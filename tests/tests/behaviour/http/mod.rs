//! What HTTP asks of every server.

mod bodies;
mod jsonp;
mod methods;
mod panics;
mod sniffing;
