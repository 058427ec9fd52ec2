//! Names on the wire: of the collection, and of the members of a resource.

use std::collections::HashMap;

use syn::ext::IdentExt;

use super::member::Member;
use super::member_name::{mistake, resembling};
use crate::context::{Context, refusal_with_help};
use crate::model::{Model, Name};

/// The separator between a relation and its field in the name of a search.
const SEPARATOR: &str = "__";

/// Refuses names that JSON:API forbids, that say two things, or that two members share.
pub fn check(model: &Model, context: &Context) {
    collection(&model.collection, context);
    let (own, members): (Vec<_>, Vec<_>) = Member::all(model).partition(|member| member.is_reserved(model));
    for member in own {
        reserved(model, member, context);
    }
    for member in &members {
        legal(model, *member, context);
    }
    unique(&members, context);
}

/// Refuses a collection's name that cannot be a JSON:API `type`.
fn collection(name: &Name, context: &Context) {
    if let Some(mistake) = mistake(&name.text) {
        let message = format!("the collection name `{}` {mistake}", name.text);
        let help = format!(r#"`#[restless(collection_name = "{}")]`"#, resembling(&name.text));
        context.refuse(refusal_with_help(&name.place, message, help));
    }
}

/// Refuses a member's name that JSON:API forbids or that a search could not tell from a relation's field.
fn legal(model: &Model, member: Member, context: &Context) {
    let name = member.name();
    let forbidden = match member {
        Member::ForeignKey(_) => None,
        Member::Field(_) | Member::Computed(_) | Member::Relation(_) => mistake(&name.text),
    };
    if let Some(mistake) = forbidden.or_else(|| ambiguity(&name.text)) {
        let message = format!("the name `{}` {mistake}", name.text);
        let help = match resembling(&name.text).as_str() {
            own @ (Name::ID | Name::TYPE) => member.renamed(&attributed(model, own)),
            legal => member.renamed(legal),
        };
        context.refuse(refusal_with_help(&name.place, message, help));
    }
}

/// The ambiguity of a name in a search, as the end of a sentence that begins with the name.
fn ambiguity(name: &str) -> Option<String> {
    let mistake = "has two underscores in a row, which separate a relation from its field in searches";
    name.contains(SEPARATOR).then(|| mistake.to_owned())
}

/// Refuses a member that takes a name of the resource itself.
fn reserved(model: &Model, member: Member, context: &Context) {
    let Name { text, place } = member.name();
    let (this, one) = (member.kind(), member.some());
    let message = match text.as_str() {
        Name::ID => format!("`id` is the name of the primary key, which this {this} is not"),
        _ => format!("`{text}` is the name of the resource's own type, which {one} cannot have"),
    };
    let help = member.renamed_or_left_out(&attributed(model, text));
    context.refuse(refusal_with_help(place, message, help));
}

/// Refuses the second of two members that share a name.
fn unique(members: &[Member], context: &Context) {
    let mut first: HashMap<&str, Member> = HashMap::new();
    for member in members {
        match first.get(member.name().text.as_str()) {
            Some(other) if !other.gives_way_to(*member) => context.refuse(shared(*other, *member)),
            _ => drop(first.insert(&member.name().text, *member)),
        }
    }
}

/// The refusal of the second of two members that share a name.
fn shared(first: Member, second: Member) -> syn::Error {
    let Name { text, place } = second.name();
    let who = match (first, second) {
        (Member::Computed(_), Member::Computed(_)) => "two methods have",
        (_, Member::Computed(_)) => "a field and a method have",
        (Member::Computed(_), _) => "a method and a relation have",
        (_, Member::Field(_) | Member::ForeignKey(_)) => "two fields have",
        (Member::Field(_) | Member::ForeignKey(_), _) => "a field and a relation have",
        (Member::Relation(_), _) => "two relations have",
    };
    let help = second.renamed_or_left_out(&format!("other_{text}"));
    let (first, second) = (first.plain_name(), second.plain_name());
    let message = format!("{who} the name `{text}`: `{first}` and `{second}`");
    refusal_with_help(place, message, help)
}

/// A name for an attribute that cannot have the resource's own name.
fn attributed(model: &Model, name: &str) -> String {
    format!("{}_{name}", model.ident.unraw().to_string().to_lowercase())
}
