//! What becomes of requests when statements are slow, connections are killed and servers go away.

mod application;
mod clients;
pub mod instance;
mod kills;
mod restart;
mod slow;
