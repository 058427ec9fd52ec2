//! Names on the wire: of the collection, and of the members of a resource.

use std::collections::HashMap;

use syn::ext::IdentExt;

use super::member_name::{mistake, resembling};
use crate::context::{Context, refusal_with_help};
use crate::model::{Field, Model, Name};

/// What separates a relation from its field in the name of a search.
const SEPARATOR: &str = "__";

/// Refuses names that JSON:API forbids, that say two things, or that two members share.
pub fn check(model: &Model, context: &Context) {
    collection(&model.collection, context);
    let (own, members): (Vec<_>, Vec<_>) =
        model.members().partition(|field| is_reserved(model, field));
    for field in own {
        reserved(model, field, context);
    }
    for field in &members {
        member(model, &field.name, context);
    }
    unique(&members, context);
}

/// Refuses a collection's name that cannot be a JSON:API `type`.
fn collection(name: &Name, context: &Context) {
    if let Some(mistake) = mistake(&name.text) {
        let message = format!("the collection name `{}` {mistake}", name.text);
        let help = format!(
            r#"`#[restless(collection_name = "{}")]`"#,
            resembling(&name.text)
        );
        context.refuse(refusal_with_help(&name.place, message, help));
    }
}

/// Refuses a member's name that JSON:API forbids or that a search could not tell from a relation's field.
fn member(model: &Model, name: &Name, context: &Context) {
    if let Some(mistake) = mistake(&name.text).or_else(|| ambiguity(&name.text)) {
        let message = format!("the name `{}` {mistake}", name.text);
        let help = match resembling(&name.text).as_str() {
            own @ (Name::ID | Name::TYPE) => renamed(&attributed(model, own)),
            legal => renamed(legal),
        };
        context.refuse(refusal_with_help(&name.place, message, help));
    }
}

/// What a search could mistake in a name, as the end of a sentence that begins with the name.
fn ambiguity(name: &str) -> Option<String> {
    let mistake =
        "has two underscores in a row, which separate a relation from its field in searches";
    name.contains(SEPARATOR).then(|| mistake.to_owned())
}

/// Whether the field takes a name that belongs to the resource itself.
fn is_reserved(model: &Model, field: &Field) -> bool {
    match field.name.text.as_str() {
        Name::ID => model.key().is_some_and(|key| key.ident != field.ident),
        Name::TYPE => true,
        _ => false,
    }
}

/// Refuses such a field.
fn reserved(model: &Model, field: &Field, context: &Context) {
    let Name { text, place } = &field.name;
    let message = match text.as_str() {
        Name::ID => "`id` is the name of the primary key, which this field is not".to_owned(),
        _ => format!(
            "`{text}` is the name of the resource's own type, which an attribute cannot have"
        ),
    };
    let help = format!(
        "{} or `#[restless(skip)]`",
        renamed(&attributed(model, text))
    );
    context.refuse(refusal_with_help(place, message, help));
}

/// Refuses the second of two members that share a name.
fn unique(members: &[&Field], context: &Context) {
    let mut first: HashMap<&str, &Field> = HashMap::new();
    for field in members {
        match first.get(field.name.text.as_str()) {
            Some(other) => context.refuse(shared(other, field)),
            None => drop(first.insert(&field.name.text, field)),
        }
    }
}

/// The refusal of the second of two members that share a name.
fn shared(first: &Field, second: &Field) -> syn::Error {
    let Name { text, place } = &second.name;
    let (first, second) = (first.plain_name(), second.plain_name());
    let message = format!("two fields have the name `{text}`: `{first}` and `{second}`");
    let help = format!(
        "{} or `#[restless(skip)]`",
        renamed(&format!("other_{text}"))
    );
    refusal_with_help(place, message, help)
}

/// A name for an attribute that cannot have the resource's own name.
fn attributed(model: &Model, name: &str) -> String {
    format!("{}_{name}", model.ident.unraw().to_string().to_lowercase())
}

/// How a field is renamed.
fn renamed(name: &str) -> String {
    format!(r#"`#[restless(rename = "{name}")]`"#)
}
