//! The foreign key of a relation that does not name it: the one that `#[diesel(belongs_to(...))]` says.

use syn::ext::IdentExt;
use syn::{Ident, Path, Result};

use super::table;
use crate::attr::{DieselBelongsTo, DieselModel, FOREIGN_KEY, WrittenRelation};
use crate::context::refusal_with_help;

/// The column by which Diesel has the model belong to the relation's target, if there is exactly one.
pub fn of_diesel(relation: &WrittenRelation, diesel: &DieselModel) -> Result<Ident> {
    let parents = diesel.belongs_to.iter().filter(|diesel| is_same(&diesel.parent, &relation.target));
    let columns: Vec<_> = parents.filter_map(column).collect();
    match columns.as_slice() {
        [column] => Ok(column.clone()),
        [] => Err(none(relation)),
        columns => Err(several(relation, columns)),
    }
}

/// Returns true if the paths name one type, as far as one can see: they end alike.
fn is_same(one: &Path, other: &Path) -> bool {
    let pairs = one.segments.iter().rev().zip(other.segments.iter().rev());
    pairs.into_iter().all(|(one, other)| one.ident.unraw() == other.ident.unraw())
}

/// The column that Diesel was told, else its default.
fn column(diesel: &DieselBelongsTo) -> Option<Ident> {
    diesel.foreign_key.clone().or_else(|| {
        let parent = &diesel.parent.segments.last()?.ident;
        Some(Ident::new(&format!("{}_id", table::snake(parent)), parent.span()))
    })
}

fn none(relation: &WrittenRelation) -> syn::Error {
    let name = &relation.name;
    let message = format!("the relation `{name}` has no `{FOREIGN_KEY}`, and `#[diesel(belongs_to)]` names none");
    refusal_with_help(name, message, format_args!("`{FOREIGN_KEY} = {}_id`", name.unraw()))
}

fn several(relation: &WrittenRelation, columns: &[Ident]) -> syn::Error {
    let name = &relation.name;
    let message = format!("the relation `{name}` has no `{FOREIGN_KEY}`, and `#[diesel(belongs_to)]` names several");
    let columns: Vec<_> = columns.iter().map(|column| format!("`{FOREIGN_KEY} = {column}`")).collect();
    refusal_with_help(name, message, columns.join(" or "))
}

#[cfg(test)]
mod tests {
    use syn::{Path, parse_quote};

    use super::is_same;

    #[test]
    fn knows_a_model_by_the_end_of_its_path() {
        let person: Path = parse_quote!(Person);
        assert!(is_same(&person, &person));
        assert!(is_same(&person, &parse_quote!(crate::models::Person)));
        assert!(is_same(&parse_quote!(crate::models::Person), &parse_quote!(models::Person)));
    }

    #[test]
    fn tells_models_of_one_name_apart() {
        assert!(!is_same(&parse_quote!(Person), &parse_quote!(People)));
        assert!(!is_same(&parse_quote!(old::Person), &parse_quote!(new::Person)));
    }
}
