//! Keys of a field that contradict each other: who may read and write it, and how.

use syn::Ident;

use crate::attr::{FieldKeys, Given};
use crate::context::{Context, refusal};
use crate::model::{Field, Model};

/// Refuses the contradictions of every field.
pub fn check(model: &Model, context: &Context) {
    for field in &model.fields {
        skipped(&field.keys, context);
        contradictions(&field.keys, context);
        context.keep(always_shown(model, field));
    }
}

/// Refuses what a skipped field says about its place on the wire.
fn skipped(keys: &FieldKeys, context: &Context) {
    let Some(skip) = &keys.skip else {
        return;
    };
    for other in keys.about_the_wire() {
        context
            .refuse(refusal(other, format_args!("`{other}` contradicts `{}`: the field is not on the wire", skip.key)));
    }
}

/// Refuses pairs of keys of which one forbids what the other is about.
fn contradictions(keys: &FieldKeys, context: &Context) {
    let read_only = keys.read_only.as_ref().map(Given::key);
    let write_only = keys.write_only.as_ref().map(Given::key);
    let create_only = keys.create_only.as_ref().map(Given::key);
    let serialize_with = keys.serialize_with.as_ref().map(Given::key);
    let no_filter = keys.no_filter.as_ref().map(Given::key);
    let no_sort = keys.no_sort.as_ref().map(Given::key);
    let deserialize_with = keys.deserialize_with.as_ref().map(Given::key);
    let refuse = |pair, why| context.keep(contradiction(pair, why));
    refuse((read_only, write_only), "the field could be neither shown nor sent");
    refuse((read_only, create_only), "a client may not send the field, not even to create");
    refuse((read_only, deserialize_with), "a client never sends the field");
    refuse((write_only, serialize_with), "the field is never shown");
    refuse((write_only, no_filter), "what is never shown cannot be filtered by");
    refuse((write_only, no_sort), "what is never shown cannot be sorted by");
}

/// Refuses to leave out now and then what says which resource it is, or to which one it belongs.
fn always_shown(model: &Model, field: &Field) -> syn::Result<()> {
    let Some(Given { key, .. }) = &field.keys.skip_serializing_if else {
        return Ok(());
    };
    let what = match (model.is_key(field), model.is_foreign_key(field)) {
        (true, _) => "the primary key, which every resource shows",
        (_, true) => "the foreign key of a relation, which every resource shows",
        _ => return Ok(()),
    };
    Err(refusal(key, format_args!("`{key}` is about an attribute, found {what}")))
}

/// Refuses the second of two keys if both are given.
fn contradiction(pair: (Option<&Ident>, Option<&Ident>), why: &str) -> syn::Result<()> {
    match pair {
        (Some(first), Some(second)) => Err(refusal(second, format_args!("`{second}` contradicts `{first}`: {why}"))),
        _ => Ok(()),
    }
}
