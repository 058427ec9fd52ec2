//! Reading `#[restless(...)]`, `#[diesel(...)]`, `#[serde(...)]` and doc comments. Attributes are interpreted here and nowhere else.

pub use backend::Backend;
pub use count::Count;
pub use default::DefaultValue;
pub use diesel::{DieselBelongsTo, DieselField, DieselModel};
pub use entry::Given;
pub use field_keys::FieldKeys;
pub use format::Format;
pub use include::IncludePath;
pub use method::Method;
pub use model_keys::ModelKeys;
pub use nearest::nearest;
pub use on_delete::OnDelete;
pub use relation::{RelationKind, WrittenRelation};
pub use relation_keys::{FOREIGN_KEY, RelationKeys, TARGET_KEY, THROUGH};
pub(crate) use setting::find as setting;

mod backend;
mod count;
mod default;
mod diesel;
pub mod documentation;
mod entry;
mod field_keys;
mod format;
mod include;
mod key;
mod kind;
mod method;
mod model_keys;
mod nearest;
mod on_delete;
mod relation;
mod relation_keys;
mod serde;
mod setting;
mod value;
mod word;
