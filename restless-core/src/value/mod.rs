//! Values on their way between JSON, Rust and the database.
//!
//! A column's value is read as the Rust type of its field and written with serde, and the reverse. What serde does not
//! decide, the [`Kind`](crate::dialect::Kind) of the column's SQL type does: bytes are base64, instants are in UTC, dates have lenient forms.

mod base64;
mod codec;
mod fits;
mod input;
mod mismatch;
mod output;
mod temporal;
mod wire;

pub use codec::Codec;
pub use fits::Fits;
pub use input::Input;
pub use mismatch::Mismatch;
pub use wire::{BySerde, Wire, no_deserialize, no_serialize};
