//! `Accept`, `Content-Type` and `Prefer`.

use fastrand::Rng;
use restless_core::{Body, Request, RequestMethod};

use crate::get;
use crate::target::run;
use crate::text::{one_of, torn};

fn media_types(random: &mut Rng) -> String {
    let types = [
        "application/vnd.api+json",
        "application/json",
        "*/*",
        "application/*",
        "text/html",
        "application/vnd.api+json;ext=\"x\"",
        "application/vnd.api+json; profile=\"http://a b\"",
        "application/vnd.api+json;charset=utf-8",
        "",
        "*",
        "a/b/c",
    ];
    let weights = ["", "", ";q=0", ";q=1", ";q=0.5", ";q=2", ";q=", ";q=-1", ";q=0.0001", ";Q=0.3", "; q = 1"];
    let types = (0..random.usize(1..4)).map(|_| format!("{}{}", one_of(random, &types), one_of(random, &weights)));
    types.collect::<Vec<_>>().join(one_of(random, &[",", ", ", ",,", ";"]))
}

fn preferences(random: &mut Rng) -> String {
    let preferences = [
        "count=exact",
        "count=none",
        "count",
        "count=\"none\"",
        "return=representation",
        "return=minimal",
        "wait=10",
        "return",
        "=",
        ";",
        "count=none;x=\"a,b\"",
        "COUNT=none",
    ];
    (0..random.usize(1..4))
        .map(|_| one_of(random, &preferences))
        .collect::<Vec<_>>()
        .join(one_of(random, &[",", "; ", " "]))
}

/// A header of that name, maybe twice, maybe torn.
fn add(random: &mut Rng, request: &mut Request, (name, value): (&str, fn(&mut Rng) -> String)) {
    for _ in 0..random.usize(..3) {
        let value = value(random);
        let value = torn(random, value);
        let name = if random.bool() { name.to_owned() } else { name.to_ascii_lowercase() };
        request.headers.push((name, value));
    }
}

#[test]
fn media_types_and_preferences() {
    run(|random| {
        let path = one_of(random, &["/person", "/person/1", "/person/1/reports", "/person/1/relationships/reports"]);
        let mut request = get(path, "");
        add(random, &mut request, ("Accept", media_types));
        add(random, &mut request, ("Prefer", preferences));
        if random.u8(..3) == 0 {
            request.method = RequestMethod::parse("PATCH");
            "/person/1".clone_into(&mut request.path);
            request.body = Body::Complete(br#"{"data":{"type":"person","id":"1","attributes":{"age":1}}}"#.to_vec());
            add(random, &mut request, ("Content-Type", media_types));
        }
        request
    });
}
