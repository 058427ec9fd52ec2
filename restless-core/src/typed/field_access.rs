//! Which fields there are for whoever asks.

use std::fmt;
use std::marker::PhantomData;

use super::{Field, ToMany, ToOne};
use crate::clause::Name;

/// What a client may know of the fields of the model `M` in one request, besides what its attributes say.
///
/// A hidden field does not exist for the client: it is not shown, nothing is filtered, sorted, grouped or included by it,
/// and who sends it is told that there is none (400). A locked one is shown, and 403 when a client sends it.
///
/// ```
/// use restless_core::{Context, Field, FieldAccess};
/// # struct Person;
/// // What the derive writes as `PersonFields::SALARY` and `PersonFields::ROLE`.
/// const SALARY: Field<Person, f64> = Field::named("salary");
/// const ROLE: Field<Person, String> = Field::named("role");
/// fn fields(context: &Context) -> FieldAccess<Person> {
///     match context.header("x-role") {
///         Some("manager") => FieldAccess::all(),
///         _ => FieldAccess::all().hide(SALARY).lock(ROLE),
///     }
/// }
/// ```
pub struct FieldAccess<M> {
    rules: FieldRules,
    model: PhantomData<fn() -> M>,
}

/// The same, whatever the model.
#[derive(Debug, Clone, Default)]
pub struct FieldRules {
    pub(crate) hidden: Vec<Name>,
    pub(crate) locked: Vec<Name>,
    /// Whether nothing is to be seen at all.
    pub(crate) is_closed: bool,
}

impl FieldRules {
    /// Where nobody can say what a client may know, it knows nothing.
    pub(crate) fn closed() -> Self {
        Self { is_closed: true, ..Self::default() }
    }
}

impl<M> FieldAccess<M> {
    /// Every field that the model's attributes show.
    #[must_use]
    pub fn all() -> Self {
        Self { rules: FieldRules::default(), model: PhantomData }
    }

    /// Without this field or relationship. The relationship in the other direction is one of the other model, which hides
    /// it by rules of its own; it is not written then.
    #[must_use]
    pub fn hide(mut self, member: impl MemberOf<M>) -> Self {
        self.rules.hidden.push(member.place());
        self
    }

    /// Without the member of that name on the wire, such as a computed attribute, which has no constant.
    #[must_use]
    pub fn hide_named(mut self, name: impl Into<String>) -> Self {
        self.rules.hidden.push(Name::Member(name.into()));
        self
    }

    /// With this field or relationship as one that clients read and do not write.
    #[must_use]
    pub fn lock(mut self, member: impl MemberOf<M>) -> Self {
        self.rules.locked.push(member.place());
        self
    }

    /// What was said.
    pub(crate) fn into_rules(self) -> FieldRules {
        self.rules
    }
}

impl<M> Default for FieldAccess<M> {
    fn default() -> Self {
        Self::all()
    }
}

impl<M> fmt::Debug for FieldAccess<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rules.fmt(formatter)
    }
}

/// A field or relationship of the model `M`: one of the constants that the derive writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no field and no relationship of `{M}`",
    label = "expected a constant such as `PersonFields::AGE`, of the model's own filter"
)]
pub trait MemberOf<M>: sealed::Named {}

impl<M, T, N> MemberOf<M> for Field<M, T, N> {}
impl<M, T> MemberOf<M> for ToOne<M, T> {}
impl<M, T> MemberOf<M> for ToMany<M, T> {}

mod sealed {
    use super::{Field, Name, ToMany, ToOne};

    /// What has a place among the members of a resource.
    pub trait Named {
        /// The column of a field, or the name of a relationship.
        fn place(self) -> Name;
    }

    impl<M, T, N> Named for Field<M, T, N> {
        fn place(self) -> Name {
            Name::Column(self.column())
        }
    }

    impl<M, T> Named for ToOne<M, T> {
        fn place(self) -> Name {
            Name::Relationship(self.name())
        }
    }

    impl<M, T> Named for ToMany<M, T> {
        fn place(self) -> Name {
            Name::Relationship(self.name())
        }
    }
}
