//! Reading `#[restless(...)]`, `#[diesel(...)]` and doc comments. Attributes are interpreted here and nowhere else.

pub use backend::Backend;
pub use count::Count;
pub use diesel::{DieselField, DieselModel};
pub use entry::Given;
pub use field_keys::FieldKeys;
pub use method::Method;
pub use model_keys::{MAX_PAGE_SIZE, ModelKeys, PAGE_SIZE};
pub use nearest::nearest;

mod backend;
mod count;
mod diesel;
pub mod documentation;
mod entry;
mod field_keys;
mod key;
mod method;
mod model_keys;
mod nearest;
mod value;
mod word;
