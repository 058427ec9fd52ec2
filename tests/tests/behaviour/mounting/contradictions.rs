//! What contradicts itself ends the program when it is mounted, and names both sides.

use std::panic::{AssertUnwindSafe, catch_unwind};

use restless_actix::prelude::*;

use crate::relationships::blog::{Article, Person, Profile};

/// What mounting says when it fails.
pub fn refusal<T>(mount: impl FnOnce() -> T) -> String {
    let refused = catch_unwind(AssertUnwindSafe(mount)).map(drop).expect_err("it is mounted");
    refused.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn of_page_sizes() {
    let said = refusal(|| Person::api().page_size(200).scope());
    assert!(said.contains("\"person\": page_size (200) is above max_page_size (100)"), "{said}");
    let said = refusal(|| Api::new("/api").max_page_size(5).resource(Person::api()).scope());
    assert!(said.contains("page_size (10) is above max_page_size (5)"), "{said}");
    let said = refusal(|| Person::api().related_page_size(200).scope());
    assert!(said.contains("\"person\": related_page_size (200) is above max_page_size (100)"), "{said}");
}

#[test]
fn of_statuses() {
    let said = refusal(|| Person::api().validation_status(409).scope());
    assert!(said.contains("\"person\": validation_status is 400 or 422, not 409"), "{said}");
}

#[test]
fn of_formats() {
    let said = refusal(|| Person::api().formats(["json_api"]).default_format("classic").scope());
    assert!(said.contains("\"person\": default_format is \"classic\", which formats switches off"), "{said}");
    let said =
        refusal(|| Api::new("/api").default_format("json_api").formats(["classic"]).resource(Person::api()).scope());
    assert!(said.contains("\"person\": default_format is \"json_api\", which formats switches off"), "{said}");
    let said = refusal(|| Person::api().formats(["xml"]).scope());
    assert!(said.contains("formats: expected \"json_api\" or \"classic\", found \"xml\""), "{said}");
    let said = refusal(|| Person::api().formats([Format::Classic; 0]).scope());
    assert!(said.contains("formats: expected at least one of \"json_api\" and \"classic\""), "{said}");
}

#[test]
fn of_includes() {
    let said = refusal(|| Article::api().include(["author.profile"]).max_include_depth(1).scope());
    assert!(said.contains("\"author.profile\", 2 relationships deep; max_include_depth is 1"), "{said}");
    let said = refusal(|| Article::api().include(["nonsense"]).scope());
    assert!(said.contains("\"article\" has no such relationship: \"nonsense\""), "{said}");
    let said = refusal(|| Article::api().include(["author.nonsense"]).scope());
    assert!(said.contains("\"person\" has no such relationship: \"nonsense\""), "{said}");
}

#[test]
fn of_names() {
    let twice = || Api::new("/api").resource(Person::api()).resource(Profile::api().collection_name("person")).scope();
    let said = refusal(twice);
    assert!(said.contains("two resources are called \"person\" under \"/api\""), "{said}");
    for name in ["", "a/b"] {
        let said = refusal(|| Person::api().collection_name(name).scope());
        assert!(said.contains("cannot be a segment of a URL"), "{said}");
    }
    for prefix in ["api", "/api/", "/"] {
        let said = refusal(|| Person::api().prefix(prefix).scope());
        assert!(said.contains("has to begin with a slash and must not end with one"), "{said}");
    }
}
