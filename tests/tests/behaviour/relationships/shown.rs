//! The resources of the blog as documents show them.

use serde_json::{Map, Value, json};

use crate::expected;

/// A resource identifier object.
pub fn identifier(type_name: &str, id: u32) -> Value {
    json!({"type": type_name, "id": id.to_string()})
}

/// Several of them.
pub fn identifiers(type_name: &str, ids: &[u32]) -> Value {
    ids.iter().map(|id| identifier(type_name, *id)).collect()
}

/// The document that a client sends about a relationship.
pub fn linkage(data: &Value) -> Value {
    json!({"data": data})
}

/// A resource object with relationships: their names, and their linkage if it is shown.
pub fn resource(type_name: &str, id: &str, attributes: &Value, relationships: &[(&str, Option<Value>)]) -> Value {
    let mut object = expected::resource(type_name, id, attributes);
    let itself = format!("/api/{type_name}/{id}");
    let relationships = relationships.iter().map(|(name, linkage)| {
        let links = json!({"self": format!("{itself}/relationships/{name}"), "related": format!("{itself}/{name}")});
        let mut relationship = json!({"links": links});
        if let Some(linkage) = linkage {
            relationship["data"] = linkage.clone();
        }
        ((*name).to_owned(), relationship)
    });
    object["relationships"] = Value::Object(relationships.collect::<Map<_, _>>());
    object
}

/// The linkage of a to-one relationship.
pub fn to_one(type_name: &str, id: Option<u32>) -> Value {
    id.map_or(Value::Null, |id| identifier(type_name, id))
}

/// A person of the blog, and the id of the profile.
pub fn person(id: u32, (name, age): (&str, Option<u32>), profile: Option<u32>) -> Value {
    let profile = to_one("profile", profile);
    let relationships = [("articles", None), ("edited", None), ("comments", None), ("profile", Some(profile))];
    resource("person", &id.to_string(), &json!({"name": name, "age": age}), &relationships)
}

pub fn ann() -> Value {
    person(1, ("Ann", Some(30)), Some(1))
}

pub fn bob() -> Value {
    person(2, ("Bob", None), None)
}

/// An article of the blog, and the ids of author and editor.
pub fn article(id: u32, title: &str, (author, editor): (Option<u32>, Option<u32>)) -> Value {
    let (author, editor) = (to_one("person", author), to_one("person", editor));
    let relationships = [("author", Some(author)), ("editor", Some(editor)), ("comments", None), ("tags", None)];
    resource("article", &id.to_string(), &json!({"title": title}), &relationships)
}

pub fn first() -> Value {
    article(1, "First", (Some(1), Some(2)))
}

pub fn second() -> Value {
    article(2, "Second", (Some(1), None))
}

pub fn third() -> Value {
    article(3, "Third", (None, None))
}

/// A comment of the blog, and the ids of article and author.
pub fn comment(id: u32, content: &str, (article, author): (u32, Option<u32>)) -> Value {
    let (article, author) = (to_one("article", Some(article)), to_one("person", author));
    resource(
        "comment",
        &id.to_string(),
        &json!({"content": content}),
        &[("article", Some(article)), ("author", Some(author))],
    )
}

pub fn tag(id: u32, name: &str) -> Value {
    resource("tag", &id.to_string(), &json!({"name": name}), &[("articles", None)])
}

pub fn profile(id: u32, bio: &str, person: Option<u32>) -> Value {
    resource("profile", &id.to_string(), &json!({"bio": bio}), &[("person", Some(to_one("person", person)))])
}

/// Adds the linkage of a relationship to a resource object.
pub fn linking(mut resource: Value, name: &str, linkage: Value) -> Value {
    resource["relationships"][name]["data"] = linkage;
    resource
}

/// Adds what is included to a document.
pub fn including(mut document: Value, included: &[Value]) -> Value {
    document["included"] = included.into();
    document
}

/// The document of a to-one relationship.
pub fn relationship(resource: &str, name: &str, data: &Value) -> Value {
    let links = json!({"self": format!("{resource}/relationships/{name}"), "related": format!("{resource}/{name}")});
    json!({"jsonapi": {"version": "1.1"}, "links": links, "data": data})
}

/// The document of a to-many relationship that fits its first page of ten.
pub fn relationship_page(resource: &str, name: &str, data: &Value) -> Value {
    let data = data.as_array().expect("an array");
    let mut document = expected::related_collection(&format!("{resource}/relationships/{name}"), "", data);
    document["links"]["related"] = format!("{resource}/{name}").into();
    document
}

/// What a type has no relationship of that name is told.
pub fn no_such_relationship(type_name: &str, name: &str) -> Value {
    expected::error(404, "Not Found", &format!("\"{type_name}\" has no relationship {name:?}"))
}

/// A member that does not exist, where the client names it.
pub fn no_such_member((type_name, id): (&str, &str), pointer: &str) -> Value {
    let mut error = expected::no_such_resource(type_name, id);
    error["source"] = json!({"pointer": pointer});
    error
}

/// A member of a type that the relationship does not lead to.
pub fn wrong_type(expected: &str, found: &str, pointer: &str) -> Value {
    let detail = format!("expected the type \"{expected}\", found {found:?}");
    crate::expected::at_pointer(409, "Wrong type", &detail, pointer)
}
