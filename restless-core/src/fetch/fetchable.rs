//! What every model can be in the application's own code: fetched.

use std::any::Any;
use std::future::Future;

use super::plan::{Plan, Wanted};
use super::{Fetch, LoadFrom, first};
use crate::backend::Database;
use crate::clause::{Clause, Location, Name, Operand, Operator, Test};
use crate::dialect::Comparison;
use crate::error::Error;
use crate::query::Paging;
use crate::resource_type::Model;
use crate::typed::Value;
use crate::value::TypedValue;

/// What every model with `#[derive(Restless)]` can be: fetched. Its rows are read by Diesel's `Queryable` and `Selectable`.
pub trait Fetchable: Model {
    /// All of its resources, to be narrowed, sorted and loaded.
    fn fetch() -> Fetch<Self> {
        Fetch::everything()
    }

    /// The resource with that key, if there is one.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be reached.
    fn find(database: &Database, key: impl Value<Self::Key>) -> impl Future<Output = Result<Option<Self>, Error>>
    where
        Self::Key: Any + Send + Sync,
        Self::Backends: LoadFrom<Self>,
    {
        let key = TypedValue::new(key.into_value());
        async move {
            let found = Self::Backends::load(database, by_key(key)).await.map_err(first)?;
            Ok(found.models.into_iter().next())
        }
    }
}

impl<M: Model> Fetchable for M {}

/// The one resource with that key.
fn by_key(key: TypedValue) -> Plan {
    let (operator, operand) = (Operator::Compare(Comparison::Equal), Operand::Typed(key));
    let test = Test { name: Name::Member("id".to_owned()), operator, operand, place: Location::default() };
    let paging = Paging::Whole { most: 0 };
    Plan { clause: Some(Clause::Test(test)), sort: String::new(), paging, wanted: Wanted::One }
}
