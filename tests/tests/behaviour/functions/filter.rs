//! Filters are applied before functions are evaluated.

use serde_json::json;

use super::{ask, objects, q, server};
use crate::expected::at_parameter;

#[test]
fn of_every_form_are_applied_first() {
    let server = server();
    let cases = [
        ("filter[vendor]=foo", 30),
        ("filter[medium][gt]=10", 50),
        ("filter[owner]=1", 40),
        ("filter[owner.name]=Bob", 20),
        ("filter[objects]=[{%22name%22:%22vendor%22,%22op%22:%22ne%22,%22val%22:%22foo%22}]", 30),
        ("filter[vendor]=foo&filter[medium][gt]=10", 20),
    ];
    for (filter, sum) in cases {
        ask(&server, &format!("{}&{filter}", q(&["sum__medium"]))).is(200, &json!({"sum__medium": sum}));
        let list = format!("functions=[{}]&{filter}", objects(&["sum__medium"]));
        ask(&server, &list).is(200, &json!({"data": [sum]}));
    }
}

#[test]
fn may_stand_beside_the_functions() {
    let server = server();
    let query =
        |filters: &str| format!("q={{%22functions%22:[{}],%22filters%22:{filters}}}", objects(&["sum__medium"]));
    let by_vendor = "[{%22name%22:%22vendor%22,%22op%22:%22eq%22,%22val%22:%22foo%22}]";
    ask(&server, &query(by_vendor)).is(200, &json!({"sum__medium": 30}));
    ask(&server, &query("[]")).is(200, &json!({"sum__medium": 60}));
    let both = format!("{}&filter[medium][gt]=10", query(by_vendor));
    ask(&server, &both).is(200, &json!({"sum__medium": 20}));
    let through = "[{%22name%22:%22owner%22,%22op%22:%22has%22,%22val%22:{%22name%22:%22name%22,%22op%22:%22eq%22,%22val%22:%22Ann%22}}]";
    ask(&server, &query(through)).is(200, &json!({"sum__medium": 40}));
}

#[test]
fn with_mistakes_are_refused_where_they_stand() {
    let server = server();
    let get = |query: &str| server.get(&format!("/api/eval/sale?{query}"));
    let filters = "q={%22filters%22:[{%22name%22:%22bogus%22,%22op%22:%22eq%22,%22val%22:1}]}";
    get(filters).refuses(400, &[at_parameter("q", "q: /filters/0: there is no attribute \"bogus\"")]);
    let filters = "q={%22filters%22:{}}";
    get(filters).refuses(400, &[at_parameter("q", "q: /filters: expected a list of filter objects")]);
    let single = format!("{}&filter[single]=1", q(&["count__id"]));
    let detail = "filter[single]: functions are of any number of resources";
    get(&single).refuses(400, &[at_parameter("filter[single]", detail)]);
}
