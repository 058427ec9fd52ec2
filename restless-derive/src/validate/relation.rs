//! Relations: what they say of the rows at their other end.

use syn::ext::IdentExt;

use crate::attr::{FOREIGN_KEY, Given, OnDelete, RelationKind, TARGET_KEY};
use crate::context::{Context, refusal, refusal_with_help};
use crate::model::{Link, Model, Relation};

/// Refuses what a relation of its kind cannot say.
pub fn check(model: &Model, context: &Context) {
    for relation in &model.relations {
        on_delete(relation, context);
        columns(relation, context);
    }
}

/// Refuses an `on_delete` that there is nothing for.
fn on_delete(relation: &Relation, context: &Context) {
    let Some(Given { key, value }) = &relation.keys.on_delete else {
        return;
    };
    match (relation.kind, value) {
        (RelationKind::BelongsTo, _) => {
            let message = format!("`{key}` belongs to the relation of the resource that is deleted");
            let target = target(relation);
            let help = format!("write it on the `has_many` or `has_one` of `{target}`");
            context.refuse(refusal_with_help(key, message, help));
        }
        (RelationKind::ManyToMany, OnDelete::SetNull) => {
            let message = format!("`{key}` of a relation through a join table can only delete rows of that table");
            context.refuse(refusal_with_help(key, message, format_args!(r#"`{key} = "cascade"`"#)));
        }
        _ => {}
    }
}

/// Refuses a join table of which one column refers to both ends.
fn columns(relation: &Relation, context: &Context) {
    let Some(Link::Through { own, other, .. }) = &relation.link else {
        return;
    };
    if own.unraw() == other.unraw() {
        let message = format!("`{TARGET_KEY}` and `{FOREIGN_KEY}` are one column, expected one for each end");
        context.refuse(refusal(other, message));
    }
}

/// The name of the model at the other end.
fn target(relation: &Relation) -> String {
    relation.target.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}
