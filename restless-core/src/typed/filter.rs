//! What resources of a model must satisfy.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use crate::clause::Clause;

/// What resources of the model `M` must satisfy: tests of its fields and relationships, combined.
///
/// ```
/// use restless_core::{Field, Filter, Nullable};
/// struct Person;
/// // What the derive writes as `PersonFields::NAME` and `PersonFields::AGE`.
/// const NAME: Field<Person, String> = Field::named("name");
/// const AGE: Field<Person, f64, Nullable> = Field::named("age");
///
/// let adults: Filter<Person> = AGE.gt(18.0).and(NAME.like("%y%"));
/// let others = !adults | AGE.is_null();
/// ```
pub struct Filter<M> {
    clause: Clause,
    model: PhantomData<fn() -> M>,
}

impl<M> Filter<M> {
    pub(crate) const fn new(clause: Clause) -> Self {
        Self { clause, model: PhantomData }
    }

    /// Every one of the filters; of none, every resource passes.
    #[must_use]
    pub fn all(filters: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Clause::All(filters.into_iter().map(Self::into_clause).collect()))
    }

    /// At least one of the filters; of none, no resource passes.
    #[must_use]
    pub fn any(filters: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Clause::Any(filters.into_iter().map(Self::into_clause).collect()))
    }

    /// This and the other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut clauses = match self.clause {
            Clause::All(clauses) => clauses,
            clause => vec![clause],
        };
        clauses.push(other.clause);
        Self::new(Clause::All(clauses))
    }

    /// This or the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut clauses = match self.clause {
            Clause::Any(clauses) => clauses,
            clause => vec![clause],
        };
        clauses.push(other.clause);
        Self::new(Clause::Any(clauses))
    }

    /// The opposite. As in SQL, what a field without a value is compared with is neither true nor false, and so is the
    /// opposite.
    #[must_use]
    pub fn not(self) -> Self {
        Self::new(Clause::Not(Box::new(self.clause)))
    }

    pub(crate) fn into_clause(self) -> Clause {
        self.clause
    }
}

impl<M> Clone for Filter<M> {
    fn clone(&self) -> Self {
        Self::new(self.clause.clone())
    }
}

impl<M> fmt::Debug for Filter<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Filter").field(&self.clause).finish()
    }
}

impl<M> BitAnd for Filter<M> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<M> BitOr for Filter<M> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<M> Not for Filter<M> {
    type Output = Self;

    fn not(self) -> Self {
        Filter::not(self)
    }
}
