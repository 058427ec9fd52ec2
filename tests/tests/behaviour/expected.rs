//! The documents that tests expect.

use serde_json::{Value, json};

/// A resource object of a collection that is mounted under `/api`.
pub fn resource(type_name: &str, id: &str, attributes: &Value) -> Value {
    json!({
        "type": type_name,
        "id": id,
        "attributes": attributes,
        "links": {"self": format!("/api/{type_name}/{id}")},
    })
}

/// A person without a birth date.
pub fn person(id: u32, name: &str, age: Option<i32>) -> Value {
    resource("person", &id.to_string(), &json!({"name": name, "age": age, "birth_date": null}))
}

/// The document of a single resource.
pub fn document(itself: &str, data: &Value) -> Value {
    json!({"jsonapi": {"version": "1.1"}, "links": {"self": itself}, "data": data})
}

/// The document of a person, asked for by its own URL.
pub fn person_document(id: u32, name: &str, age: Option<i32>) -> Value {
    document(&format!("/api/person/{id}"), &person(id, name, age))
}

/// The document of a collection that fits its first page of ten; `query` is written as links write it.
pub fn collection(path: &str, query: &str, data: &[Value]) -> Value {
    page_of(10, (path, query), data)
}

/// The same of related resources, or of the members of a relationship, whose first page has a hundred.
pub fn related_collection(path: &str, query: &str, data: &[Value]) -> Value {
    page_of(100, (path, query), data)
}

fn page_of(size: u32, (path, query): (&str, &str), data: &[Value]) -> Value {
    let (separator, kept) = if query.is_empty() { ("", String::new()) } else { ("?", format!("{query}&")) };
    let page = format!("{path}?{kept}page%5Bnumber%5D=1&page%5Bsize%5D={size}");
    json!({
        "jsonapi": {"version": "1.1"},
        "links": {"self": format!("{path}{separator}{query}"), "first": page, "last": page, "prev": null, "next": null},
        "data": data,
        "meta": {"total": data.len()},
    })
}

/// An error object without a source.
pub fn error(status: u16, title: &str, detail: &str) -> Value {
    json!({"status": status.to_string(), "title": title, "detail": detail})
}

fn sourced(mut error: Value, member: &str, source: &str) -> Value {
    error["source"] = json!({member: source});
    error
}

/// An error object that points into the request's document.
pub fn at_pointer(status: u16, title: &str, detail: &str, pointer: &str) -> Value {
    sourced(error(status, title, detail), "pointer", pointer)
}

/// A value that does not fit, at the attribute.
pub fn invalid_value(name: &str, detail: &str) -> Value {
    at_pointer(400, "Invalid value", detail, &format!("/data/attributes/{name}"))
}

/// A query parameter that is refused.
pub fn at_parameter(name: &str, detail: &str) -> Value {
    sourced(error(400, "Invalid query parameter", detail), "parameter", name)
}

/// A header that is refused.
pub fn at_header(status: u16, title: &str, detail: &str, header: &str) -> Value {
    sourced(error(status, title, detail), "header", header)
}

/// A resource that does not exist.
pub fn no_such_resource(type_name: &str, id: &str) -> Value {
    error(404, "Not Found", &format!("there is no resource of type \"{type_name}\" with the id {id:?}"))
}

/// What stands at no URL.
pub fn nothing_there() -> Value {
    error(404, "Not Found", "there is nothing at this URL")
}

/// What the server cannot help, and what it tells a client of it.
pub fn internal() -> Value {
    error(
        500,
        "Internal Server Error",
        "the server failed to answer this request; its log says more under the error's id",
    )
}
