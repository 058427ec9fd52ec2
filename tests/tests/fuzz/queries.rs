//! Query strings as a whole, orders, inclusions, fieldsets, pages and paths.

use fastrand::Rng;
use restless_core::{Request, RequestMethod};

use crate::get;
use crate::target::run;
use crate::text::{attribute_path, encoded, name, one_of, path, torn, value};

const PATHS: [&str; 9] = [
    "/person",
    "/person/1",
    "/person/1/boss",
    "/person/1/reports",
    "/person/1/relationships/boss",
    "/person/1/relationships/reports",
    "/person/1/reports/2",
    "/article",
    "",
];

fn list(random: &mut Rng, item: impl Fn(&mut Rng) -> String) -> String {
    let length = if random.u8(..30) == 0 { random.usize(..100) } else { random.usize(..4) };
    (0..length).map(|_| item(random)).collect::<Vec<_>>().join(",")
}

fn key(random: &mut Rng) -> String {
    let path = if random.u8(..4) == 0 { path(random) } else { attribute_path(random, ".").0 };
    format!("{}{path}", one_of(random, &["", "", "", "-", "-", "--", "+"]))
}

/// A request with one parameter, whose value may be torn.
fn with(random: &mut Rng, name: &str, value: String) -> Request {
    let value = torn(random, value);
    let query = format!("{name}={}", encoded(random, &value));
    get(one_of(random, &PATHS), query)
}

#[test]
fn query_strings() {
    run(|random| {
        let families = [
            "filter",
            "sort",
            "page[number]",
            "page[size]",
            "include",
            "fields[person]",
            "fields",
            "ignorecase",
            "group",
            "q",
            "Filter",
            "fi lter",
            "filter[age]",
            "filter[name][like]",
            "filter[objects]",
            "filter[single]",
        ];
        let most = if random.u8(..40) == 0 { 400 } else { 5 };
        let pairs = (0..random.usize(..most)).map(|_| {
            let (name, value) = (one_of(random, &families).to_owned(), value(random));
            let name = torn(random, name);
            format!(
                "{}{}{}",
                encoded(random, &name),
                one_of(random, &["=", "=", "=", "", "=="]),
                encoded(random, &value)
            )
        });
        let query = pairs.collect::<Vec<_>>().join(one_of(random, &["&", "&", "&&", ";"]));
        let query = torn(random, query);
        get(one_of(random, &PATHS), query)
    });
}

#[test]
fn orders() {
    run(|random| {
        let value = list(random, key);
        let mut request = with(random, "sort", value);
        request.path = one_of(random, &["/person", "/person", "/person/1/reports", "/article"]).to_owned();
        if random.bool() {
            request.query = format!("{}&ignorecase={}", request.query, one_of(random, &["0", "1", "", "2"]));
        }
        request
    });
}

#[test]
fn inclusions_and_fieldsets() {
    run(|random| {
        let include = list(random, path);
        let mut request = with(random, "include", include);
        if random.bool() {
            let fields = list(random, |random| name(random).to_owned());
            let collection = one_of(random, &["person", "article", "tag", "nothing", ""]);
            request.query = format!("{}&fields[{collection}]={}", request.query, encoded(random, &fields));
        }
        request
    });
}

#[test]
fn pages() {
    run(|random| {
        let numbers =
            ["0", "1", "2", "100", "101", "-1", "9223372036854775807", "18446744073709551615", "1e3", "", "٣"];
        let (number, size) = (one_of(random, &numbers).to_owned(), one_of(random, &numbers).to_owned());
        let (number, size) = (torn(random, number), torn(random, size));
        let (number, size) = (encoded(random, &number), encoded(random, &size));
        get(one_of(random, &PATHS), format!("page[number]={number}&page[size]={size}"))
    });
}

#[test]
fn ids_in_paths() {
    run(|random| {
        let part = |random: &mut Rng| {
            let text = if random.bool() { value(random) } else { name(random).to_owned() };
            let text = torn(random, text);
            encoded(random, &text)
        };
        let collection = one_of(random, &["person", "article", "tag", "profile", "", "nobody", "%70erson"]);
        let id = if random.bool() { random.u8(..9).to_string() } else { part(random) };
        let path = match random.u8(..6) {
            0 => format!("/{collection}"),
            1 | 2 => format!("/{collection}/{id}"),
            3 => format!("/{collection}/{id}/{}", name(random)),
            4 => format!("/{collection}/{id}/relationships/{}", name(random)),
            _ => format!("/{collection}/{id}/{}/{}", name(random), part(random)),
        };
        let mut request = get(torn(random, path), "");
        request.method =
            RequestMethod::parse(one_of(random, &["GET", "GET", "HEAD", "OPTIONS", "DELETE", "PUT", "get"]));
        request
    });
}
