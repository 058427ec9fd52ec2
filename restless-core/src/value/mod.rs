//! Values on their way between JSON, Rust and the database.
//!
//! A column's value is read as the Rust type of its field and written with serde, and the reverse. What serde does not
//! decide, the [`Kind`](crate::dialect::Kind) of the column's SQL type does: bytes are base64, instants are in UTC, dates
//! have lenient forms, lengths of time are numbers of seconds, and elements of arrays look like values of their own type.
//!
//! A value that the database has and the field's type has not is shown as what it is: `"infinity"` for a date,
//! `"NaN"` for a decimal. Floating point numbers have no such text on the wire; what JSON cannot write of them is null.

mod base64;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod calendar;
mod codec;
mod column_type;
mod decimal;
mod input;
mod interval;
mod items;
mod json_format;
mod limits;
mod mismatch;
mod number;
mod on_wire;
mod output;
mod temporal;
mod typed;

#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use calendar::Calendar;
pub use codec::Codec;
pub use column_type::ColumnType;
pub use input::Input;
pub use json_format::{BySerde, JsonFormat, Unseen, no_deserialize, no_serialize};
pub use mismatch::Mismatch;
pub(crate) use number::{trimmed, write_decimal, write_digits, write_double};
pub use typed::TypedValue;
