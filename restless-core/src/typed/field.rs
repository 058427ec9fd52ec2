//! Fields of a model, and the tests that their types allow.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use diesel::query_source::Column;

use super::{Filter, Nullability, Nullable, Ordered, Required, Textual, Value};
use crate::clause::{Clause, Location, Name, Operand, Operator, Test};
use crate::dialect::Comparison;

/// A field of the model `M` whose values are of the type `T`; if it is [`Nullable`], it may have none.
///
/// The derive writes one for every field, such as `PersonFields::AGE`. The methods are those that the type allows; a value
/// of another type does not compile.
///
/// ```
/// use restless_core::{Field, Filter, Nullable};
/// struct Person;
/// // What the derive writes as `PersonFields::AGE` and `PersonFields::NAME`.
/// const AGE: Field<Person, i16, Nullable> = Field::named("age");
/// const NAME: Field<Person, String> = Field::named("name");
/// let filters: [Filter<Person>; 3] = [AGE.between(18, 21), AGE.is_null(), NAME.in_(["Ann", "Bob"])];
/// ```
///
/// ```compile_fail
/// # use restless_core::Field;
/// # struct Person;
/// # const NAME: Field<Person, String> = Field::named("name");
/// NAME.eq(18);
/// ```
pub struct Field<M, T, N = Required> {
    column: &'static str,
    model: PhantomData<fn() -> M>,
    values: PhantomData<fn() -> (T, N)>,
}

impl<M, T, N> Clone for Field<M, T, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T, N> Copy for Field<M, T, N> {}

impl<M, T, N> fmt::Debug for Field<M, T, N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Field").field(&self.column).finish()
    }
}

impl<M, T, N> Field<M, T, N> {
    /// The field that holds the column `C`.
    #[must_use]
    pub const fn of<C: Column>() -> Self {
        Self::named(C::NAME)
    }

    /// The field that holds the column of that name.
    #[must_use]
    pub const fn named(column: &'static str) -> Self {
        Self { column, model: PhantomData, values: PhantomData }
    }

    /// The name of the column that it holds.
    #[must_use]
    pub const fn column(self) -> &'static str {
        self.column
    }

    fn test(self, operator: Operator, operand: Operand) -> Filter<M> {
        let (name, place) = (Name::Column(self.column), Location::default());
        Filter::new(Clause::Test(Test { name, operator, operand, place }))
    }

    fn test_with<O>(self, comparison: Comparison, other: Field<M, T, O>) -> Filter<M> {
        self.test(Operator::Compare(comparison), Operand::Field(Name::Column(other.column)))
    }

    fn test_for_null(self, operator: Operator) -> Filter<M> {
        self.test(operator, Operand::Nothing)
    }
}

impl<M, T: Any + Send + Sync, N: Nullability> Field<M, T, N> {
    fn held(value: impl Value<T>) -> Operand {
        Operand::Typed(N::hold(value.into_value()))
    }

    fn each<V: Value<T>>(values: impl IntoIterator<Item = V>) -> Operand {
        Operand::List(values.into_iter().map(Self::held).collect())
    }

    fn compare(self, comparison: Comparison, value: impl Value<T>) -> Filter<M> {
        self.test(Operator::Compare(comparison), Self::held(value))
    }

    /// The field is the value.
    #[must_use]
    pub fn eq(self, value: impl Value<T>) -> Filter<M> {
        self.compare(Comparison::Equal, value)
    }

    /// The field is another value.
    #[must_use]
    pub fn ne(self, value: impl Value<T>) -> Filter<M> {
        self.compare(Comparison::NotEqual, value)
    }

    /// The field is one of the values.
    #[must_use]
    pub fn in_<V: Value<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<M> {
        self.test(Operator::In, Self::each(values))
    }

    /// The field is none of the values.
    #[must_use]
    pub fn not_in<V: Value<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<M> {
        self.test(Operator::NotIn, Self::each(values))
    }

    /// Both fields are the same.
    #[must_use]
    pub fn eq_field<O>(self, other: Field<M, T, O>) -> Filter<M> {
        self.test_with(Comparison::Equal, other)
    }

    /// The fields differ.
    #[must_use]
    pub fn ne_field<O>(self, other: Field<M, T, O>) -> Filter<M> {
        self.test_with(Comparison::NotEqual, other)
    }
}

/// Tests of fields whose values have an order.
impl<M, T: Any + Send + Sync, N: Nullability> Field<M, T, N> {
    /// The field is less than the value.
    #[must_use]
    pub fn lt(self, value: impl Value<T>) -> Filter<M>
    where
        T: Ordered,
    {
        self.compare(Comparison::Less, value)
    }

    /// The field is less than the value, or the same.
    #[must_use]
    pub fn le(self, value: impl Value<T>) -> Filter<M>
    where
        T: Ordered,
    {
        self.compare(Comparison::LessOrEqual, value)
    }

    /// The field is greater than the value.
    #[must_use]
    pub fn gt(self, value: impl Value<T>) -> Filter<M>
    where
        T: Ordered,
    {
        self.compare(Comparison::Greater, value)
    }

    /// The field is greater than the value, or the same.
    #[must_use]
    pub fn ge(self, value: impl Value<T>) -> Filter<M>
    where
        T: Ordered,
    {
        self.compare(Comparison::GreaterOrEqual, value)
    }

    /// The field lies between the values, or is one of them.
    #[must_use]
    pub fn between(self, low: impl Value<T>, high: impl Value<T>) -> Filter<M>
    where
        T: Ordered,
    {
        self.test(Operator::Between, Operand::List(vec![Self::held(low), Self::held(high)]))
    }

    /// The field is less than the other.
    #[must_use]
    pub fn lt_field<O>(self, other: Field<M, T, O>) -> Filter<M>
    where
        T: Ordered,
    {
        self.test_with(Comparison::Less, other)
    }

    /// The field is less than the other, or the same.
    #[must_use]
    pub fn le_field<O>(self, other: Field<M, T, O>) -> Filter<M>
    where
        T: Ordered,
    {
        self.test_with(Comparison::LessOrEqual, other)
    }

    /// The field is greater than the other.
    #[must_use]
    pub fn gt_field<O>(self, other: Field<M, T, O>) -> Filter<M>
    where
        T: Ordered,
    {
        self.test_with(Comparison::Greater, other)
    }

    /// The field is greater than the other, or the same.
    #[must_use]
    pub fn ge_field<O>(self, other: Field<M, T, O>) -> Filter<M>
    where
        T: Ordered,
    {
        self.test_with(Comparison::GreaterOrEqual, other)
    }
}

/// Tests of fields whose values are text.
impl<M, T, N> Field<M, T, N> {
    /// The field matches the pattern, in which `%` stands for any text, `_` for one character, and a backslash takes their
    /// meaning from them. Whether the case of letters matters is the database's own way.
    #[must_use]
    pub fn like(self, pattern: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::Compare(Comparison::Like), Operand::Text(pattern.into()))
    }

    /// The field matches the pattern, whatever the case of letters.
    #[must_use]
    pub fn ilike(self, pattern: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::Compare(Comparison::ILike), Operand::Text(pattern.into()))
    }

    /// The field does not match the pattern.
    #[must_use]
    pub fn not_like(self, pattern: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::CompareNot(Comparison::Like), Operand::Text(pattern.into()))
    }

    /// The field does not match the pattern, whatever the case of letters.
    #[must_use]
    pub fn not_ilike(self, pattern: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::CompareNot(Comparison::ILike), Operand::Text(pattern.into()))
    }

    /// The field has the text as a part of it; nothing in the text has a meaning of its own.
    #[must_use]
    pub fn contains(self, text: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::Contains, Operand::Text(text.into()))
    }

    /// The field begins with the text.
    #[must_use]
    pub fn starts_with(self, text: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::StartsWith, Operand::Text(text.into()))
    }

    /// The field ends with the text.
    #[must_use]
    pub fn ends_with(self, text: impl Into<String>) -> Filter<M>
    where
        T: Textual,
    {
        self.test(Operator::EndsWith, Operand::Text(text.into()))
    }
}

impl<M, T> Field<M, T, Nullable> {
    /// The field has no value.
    #[must_use]
    pub fn is_null(self) -> Filter<M> {
        self.test_for_null(Operator::IsNull)
    }

    /// The field has a value.
    #[must_use]
    pub fn is_not_null(self) -> Filter<M> {
        self.test_for_null(Operator::IsNotNull)
    }
}

/// What the derive could not see: the type has another name for `Option<T>`.
impl<M, T> Field<M, Option<T>, Required> {
    /// The field has no value.
    #[must_use]
    pub fn is_null(self) -> Filter<M> {
        self.test_for_null(Operator::IsNull)
    }

    /// The field has a value.
    #[must_use]
    pub fn is_not_null(self) -> Filter<M> {
        self.test_for_null(Operator::IsNotNull)
    }
}
