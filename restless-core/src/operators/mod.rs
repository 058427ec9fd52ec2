//! Operators of filters that the application makes.

mod sql;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::dialect::Kind;
use crate::error::Error;

pub use sql::OperatorSql;
pub(crate) use sql::Piece;

/// What makes the SQL of an operator from the client's value.
type Build = dyn Fn(&Value) -> Result<OperatorSql, Error> + Send + Sync;

/// An operator of filters that the application makes: a function from the client's value to SQL with bind parameters.
///
/// The SQL stands in a `WHERE` and is true for the resources that are wanted. What comes from the client is bound, since
/// only text of the program itself can be SQL. The function refuses a value by returning an error, whose detail the
/// client is told with 400. `null` is what it is given where the client sends no value.
///
/// ```
/// use diesel::sql_types::Integer;
/// use restless_core::{CustomOperator, Error, Kind, OperatorSql};
///
/// let divisible_by = CustomOperator::new(|value| {
///     let divisor = value.as_i64().and_then(|number| i32::try_from(number).ok()).filter(|number| *number > 0);
///     let divisor = divisor.ok_or_else(|| Error::bad_request("expected a whole number from 1 on"))?;
///     Ok(OperatorSql::new().column().sql(" % ").bind::<Integer, _>(divisor).sql(" = 0"))
/// })
/// .kinds([Kind::Integer]);
/// # let _ = divisible_by;
/// ```
#[derive(Clone)]
pub struct CustomOperator {
    build: Arc<Build>,
    /// The kinds of attributes that it suits; `None` if all.
    kinds: Option<Vec<Kind>>,
}

impl CustomOperator {
    /// The operator that `build` makes the SQL of.
    pub fn new(build: impl Fn(&Value) -> Result<OperatorSql, Error> + Send + Sync + 'static) -> Self {
        Self { build: Arc::new(build), kinds: None }
    }

    /// Lets it be used with attributes of these kinds alone; with others it is 400.
    #[must_use]
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.kinds = Some(kinds.into_iter().collect());
        self
    }

    pub(crate) fn suits(&self, kind: Kind) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }

    pub(crate) fn build(&self, value: &Value) -> Result<OperatorSql, Error> {
        (self.build)(value)
    }
}

impl fmt::Debug for CustomOperator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CustomOperator").field("kinds", &self.kinds).finish_non_exhaustive()
    }
}

/// The operators that the application has given names; such a name may be one that restless knows itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Operators(HashMap<String, CustomOperator>);

impl Operators {
    pub(crate) fn insert(&mut self, name: String, operator: CustomOperator) {
        self.0.insert(name, operator);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&CustomOperator> {
        self.0.get(name)
    }

    /// Adds those of the others whose names are not taken.
    pub(crate) fn add_missing(&mut self, others: &Operators) {
        for (name, operator) in &others.0 {
            self.0.entry(name.clone()).or_insert_with(|| operator.clone());
        }
    }
}
