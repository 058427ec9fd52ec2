//! The primary key: on the wire, readable, and of a type that a URL can hold.

use syn::{Ident, Type};

use crate::attr::Given;
use crate::context::{Context, refusal, refusal_with_help};
use crate::model::{Field, Model};

/// Types of which one can see that they are no keys. What else is none, rustc says.
const NO_KEYS: [&str; 9] =
    ["f32", "f64", "bool", "Vec", "Option", "NaiveDate", "NaiveTime", "NaiveDateTime", "DateTime"];

/// Refuses a primary key that cannot identify a resource in a URL.
pub fn check(model: &Model, context: &Context) {
    let Some(key) = model.key() else {
        return;
    };
    hidden(key.keys.skip.as_ref(), key, context);
    hidden(key.keys.write_only.as_ref(), key, context);
    withheld(key.keys.no_filter.as_ref(), key, context);
    withheld(key.keys.no_sort.as_ref(), key, context);
    if let Some(found) = no_key(&key.ty) {
        let message = format!("a primary key is an integer, a text or a UUID, found {found}");
        context.refuse(refusal(&key.ty, message));
    }
    if let (Some(allowed), Some(read_only)) = (&model.keys.allow_client_generated_ids, &key.keys.read_only) {
        let message =
            format!("`{}` contradicts `{}`: the primary key is what a client would send", read_only.key, allowed.key);
        context.refuse(refusal(&read_only.key, message));
    }
}

/// Refuses a key of `#[restless]` that would hide the primary key.
fn hidden(given: Option<&Given<()>>, field: &Field, context: &Context) {
    if let Some(Given { key, .. }) = given {
        let message = format!("`{key}` hides the primary key `{}`, which every resource shows", field.plain_name());
        context.refuse(refusal_with_help(key, message, "`#[restless(read_only)]` keeps clients from choosing it"));
    }
}

/// Refuses a key of `#[restless]` that would keep the primary key from being searched.
fn withheld(given: Option<&Given<()>>, field: &Field, context: &Context) {
    if let Some(Given { key, .. }) = given {
        context.refuse(refusal(
            key,
            format_args!(
                "`{key}` is about an attribute, found the primary key `{}`, which finds and orders resources",
                field.plain_name()
            ),
        ));
    }
}

/// Describes the type if one can see that it is no key.
fn no_key(ty: &Type) -> Option<String> {
    match ty {
        Type::Group(group) => no_key(&group.elem),
        Type::Paren(paren) => no_key(&paren.elem),
        Type::Array(_) | Type::Slice(_) => Some("an array".to_owned()),
        Type::Tuple(_) => Some("a tuple".to_owned()),
        Type::Path(path) => {
            let last: &Ident = &path.path.segments.last()?.ident;
            NO_KEYS.iter().find(|name| last == *name).map(|name| format!("`{name}`"))
        }
        _ => None,
    }
}
