//! The relations that are included by default.

use std::collections::HashSet;

use crate::attr::{Given, IncludePath, nearest, setting};
use crate::context::{Context, refusal, refusal_with_help};
use crate::model::{Model, Relation};

const MAX_INCLUDE_DEPTH: &str = setting!(name max_include_depth);
const DEFAULT_MAX_INCLUDE_DEPTH: u32 = setting!(default max_include_depth);

/// Refuses paths that begin with no relation, or that no client may ask for.
pub fn check(model: &Model, context: &Context) {
    let Some(Given { value: paths, .. }) = &model.keys.include else {
        return;
    };
    let mut known = HashSet::new();
    for path in paths {
        if !known.insert(path.text()) {
            context.refuse(refusal(path, format_args!("`{}` is given twice", path.text())));
        }
        match model.relation(&path.first) {
            Some(relation) => includable(relation, path, context),
            None if model.keys.has_unread_relations => {}
            None => context.refuse(unknown(model, path)),
        }
        depth(model, path, context);
    }
}

/// Refuses a relation that no client may include.
fn includable(relation: &Relation, path: &IncludePath, context: &Context) {
    if let Some(Given { key, .. }) = &relation.keys.no_include {
        let message = format!("`include` contradicts `{key}`: the relation `{}` cannot be included", path.first);
        context.refuse(refusal(&path.first, message));
    }
}

/// Refuses a path that is longer than what a client may ask for.
fn depth(model: &Model, path: &IncludePath, context: &Context) {
    let given = model.keys.max_include_depth.as_ref();
    let max = given.map_or(DEFAULT_MAX_INCLUDE_DEPTH, |given| given.value);
    let (text, depth) = (path.text(), path.depth());
    if u32::try_from(depth).is_ok_and(|depth| depth <= max) {
        return;
    }
    let message = match given {
        Some(_) => format!("`{text}` is {depth} deep, above the `{MAX_INCLUDE_DEPTH}` of {max}"),
        None => format!("`{text}` is {depth} deep, above the default `{MAX_INCLUDE_DEPTH}` of {max}"),
    };
    context.refuse(refusal_with_help(path, message, format_args!("`{MAX_INCLUDE_DEPTH} = {depth}`")));
}

/// The refusal of a path that begins with no relation.
fn unknown(model: &Model, path: &IncludePath) -> syn::Error {
    let found = path.first.to_string();
    let message = format!("`{}` has no relation `{found}` that could be included", model.ident);
    let names: Vec<_> = model.relations.iter().map(Relation::plain_name).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let renamed = model.relations.iter().find(|relation| relation.name.text == found).map(Relation::plain_name);
    let meant = renamed.or_else(|| nearest(&found, &names).map(str::to_owned));
    match meant {
        Some(name) => refusal_with_help(&path.first, message, format_args!("did you mean `{name}`?")),
        None => refusal(&path.first, message),
    }
}
