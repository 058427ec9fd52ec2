//! The constants of filters: each name once.

use std::collections::HashMap;

use syn::Ident;

use crate::context::{Context, refusal};
use crate::model::{Model, Relation};

/// Refuses the second of two fields or relations that have one constant, if their names differ. Those with one name are
/// refused for that.
pub fn check(model: &Model, context: &Context) {
    let fields = model.columns().map(|field| (model.field_constant(field), &field.ident));
    let relations = model.relations.iter().map(|relation: &Relation| (relation.constant(), &relation.ident));
    let mut known: HashMap<String, &Ident> = HashMap::new();
    for (constant, ident) in fields.chain(relations) {
        match known.get(&constant.to_string()) {
            Some(first) if *first != ident => {
                let message = format!("`{first}` and `{ident}` have one constant in filters, `{constant}`");
                context.refuse(refusal(ident, message));
            }
            _ => drop(known.insert(constant.to_string(), ident)),
        }
    }
}
