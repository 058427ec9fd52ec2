//! What becomes of requests when statements are slow, connections are killed and servers go away.

mod application;
mod clients;
mod connections;
pub mod instance;
mod kills;
mod mysql_instance;
mod restart;
mod slow;
