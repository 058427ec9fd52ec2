//! Relationships of a model, and tests of the resources that they lead to.

use std::fmt;
use std::marker::PhantomData;

use super::Filter;
use crate::clause::{Clause, Location, Name, Operand, Operator, Quantifier, Related, Test};

/// A relationship that leads from the model `M` to one `T` at the most.
///
/// ```
/// use restless_core::{Field, Filter, ToOne};
/// struct Person;
/// struct Computer;
/// // What the derive writes as `ComputerFields::OWNER` and `PersonFields::NAME`.
/// const OWNER: ToOne<Computer, Person> = ToOne::named("owner");
/// const NAME: Field<Person, String> = Field::named("name");
/// let filter: Filter<Computer> = OWNER.has(NAME.eq("Ann")).or(OWNER.is_null());
/// ```
pub struct ToOne<M, T> {
    name: &'static str,
    models: PhantomData<fn() -> (M, T)>,
}

/// A relationship that leads from the model `M` to any number of `T`.
///
/// ```
/// use restless_core::{Field, Filter, ToMany};
/// struct Person;
/// struct Computer;
/// // What the derive writes as `PersonFields::COMPUTERS` and `ComputerFields::VENDOR`.
/// const COMPUTERS: ToMany<Person, Computer> = ToMany::named("computers");
/// const VENDOR: Field<Computer, String> = Field::named("vendor");
/// let filter: Filter<Person> = COMPUTERS.any(VENDOR.eq("Apple"));
/// ```
pub struct ToMany<M, T> {
    name: &'static str,
    models: PhantomData<fn() -> (M, T)>,
}

macro_rules! relation {
    ($($relation:ident)*) => {$(
        impl<M, T> Clone for $relation<M, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<M, T> Copy for $relation<M, T> {}

        impl<M, T> fmt::Debug for $relation<M, T> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.debug_tuple(stringify!($relation)).field(&self.name).finish()
            }
        }

        impl<M, T> $relation<M, T> {
            /// The relationship with that name on the wire.
            #[must_use]
            pub const fn named(name: &'static str) -> Self {
                Self { name, models: PhantomData }
            }

            /// The name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                self.name
            }

            /// It leads nowhere.
            #[must_use]
            pub fn is_null(self) -> Filter<M> {
                whole(self.name, Operator::IsNull)
            }

            /// It leads somewhere.
            #[must_use]
            pub fn is_not_null(self) -> Filter<M> {
                whole(self.name, Operator::IsNotNull)
            }
        }
    )*};
}

relation!(ToOne ToMany);

impl<M, T> ToOne<M, T> {
    /// It leads to a resource that passes the filter.
    #[must_use]
    pub fn has(self, filter: Filter<T>) -> Filter<M> {
        related(self.name, Quantifier::Has, filter)
    }
}

impl<M, T> ToMany<M, T> {
    /// One of the resources that it leads to passes the filter.
    #[must_use]
    pub fn any(self, filter: Filter<T>) -> Filter<M> {
        related(self.name, Quantifier::Any, filter)
    }
}

fn whole<M>(name: &'static str, operator: Operator) -> Filter<M> {
    let (name, place) = (Name::Relationship(name), Location::default());
    Filter::new(Clause::Test(Test { name, operator, operand: Operand::Nothing, place }))
}

fn related<M, T>(name: &'static str, quantifier: Quantifier, filter: Filter<T>) -> Filter<M> {
    let (relationship, clause) = (Name::Relationship(name), Box::new(filter.into_clause()));
    Filter::new(Clause::Related(Related { relationship, quantifier, clause, place: Location::default() }))
}
