//! The operators of PostgreSQL on the other databases.

use serde_json::json;

use super::{ask, newsroom};
use crate::backends::Backend;
use crate::expected::at_parameter;

#[test]
fn operators_of_postgres_are_refused() {
    if Backend::current() == Backend::Postgres {
        return;
    }
    let server = newsroom::server();
    for operator in ["<<", "<<=", ">>", ">>=", "&&", "@>", "<@", "!@>", "!<@", "to_tsquery", "plainto_tsquery"] {
        let objects = json!([{"name": "name", "op": operator, "val": "x"}]);
        let detail = "filter[objects]: /0: this operator needs PostgreSQL";
        ask(&server, "person", &objects).refuses(400, &[at_parameter("filter[objects]", detail)]);
    }
    for operator in ["to_tsquery", "plainto_tsquery"] {
        let parameter = format!("filter[name][{operator}]");
        let detail = format!("{parameter}: this operator needs PostgreSQL");
        let answer = server.get(&format!("/api/person?{parameter}=x"));
        answer.refuses(400, &[at_parameter(&parameter, &detail)]);
    }
}
