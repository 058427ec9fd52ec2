//! What validators of other crates find, in our words.

#[cfg(any(feature = "validator", feature = "garde"))]
use super::ValidationErrors;

/// What `validator` finds: the fields of the checked struct are taken for attributes of the same names.
///
/// ```
/// use restless_core::{Changes, ValidationErrors};
/// use validator::Validate;
///
/// #[derive(Validate)]
/// struct Candidate {
///     #[validate(range(min = 0, max = 150, message = "must be between 0 and 150"))]
///     age: Option<i32>,
/// }
///
/// # struct Person;
/// # const AGE: restless_core::Field<Person, i32, restless_core::Nullable> = restless_core::Field::named("age");
/// fn check(changes: &Changes<Person>) -> Result<(), ValidationErrors> {
///     Ok(Candidate { age: changes.get(AGE).value() }.validate()?)
/// }
/// ```
#[cfg(feature = "validator")]
impl From<validator::ValidationErrors> for ValidationErrors {
    fn from(found: validator::ValidationErrors) -> Self {
        let mut errors = Self::new();
        add(&mut errors, "", &found);
        errors
    }
}

/// Adds what is wrong below a name; fields come in the order of their names.
#[cfg(feature = "validator")]
fn add(errors: &mut ValidationErrors, above: &str, found: &validator::ValidationErrors) {
    use validator::ValidationErrorsKind as Kind;
    let mut fields: Vec<_> = found.errors().iter().collect();
    fields.sort_by_key(|(field, _)| *field);
    for (field, kind) in fields {
        let name = format!("{above}{field}");
        match kind {
            Kind::Field(mistakes) => {
                for mistake in mistakes {
                    let message = mistake.message.as_ref().map_or_else(|| told(&mistake.code), ToString::to_string);
                    errors.add(name.as_str(), message);
                }
            }
            Kind::Struct(below) => add(errors, &format!("{name}."), below),
            Kind::List(items) => {
                for (index, below) in items {
                    add(errors, &format!("{name}[{index}]."), below);
                }
            }
        }
    }
}

/// What a rule without a message of its own has found.
#[cfg(feature = "validator")]
fn told(code: &str) -> String {
    format!("does not satisfy the rule \"{code}\"")
}

/// What `garde` finds: the fields of the checked struct are taken for attributes of the same names.
///
/// ```
/// use garde::Validate;
/// use restless_core::{Changes, ValidationErrors};
///
/// #[derive(Validate)]
/// struct Candidate {
///     #[garde(range(min = 0, max = 150))]
///     age: Option<i32>,
/// }
///
/// # struct Person;
/// # const AGE: restless_core::Field<Person, i32, restless_core::Nullable> = restless_core::Field::named("age");
/// fn check(changes: &Changes<Person>) -> Result<(), ValidationErrors> {
///     Ok(Candidate { age: changes.get(AGE).value() }.validate()?)
/// }
/// ```
#[cfg(feature = "garde")]
impl From<garde::Report> for ValidationErrors {
    fn from(found: garde::Report) -> Self {
        let mut errors = Self::new();
        for (path, mistake) in found.iter() {
            errors.add(path.to_string(), mistake.message());
        }
        errors
    }
}
