//! What functions cost the database.

use super::{ROWS, mount, q, tables};
use crate::statements::{costs, watch};

#[test]
fn are_one_and_a_second_where_groups_have_to_be_counted() {
    let server = watch(&format!("{}{ROWS}", tables()), mount);
    let cases: [(&str, &[&str]); 6] = [
        ("", &["SELECT"]),
        ("&filter[owner.name]=Ann", &["SELECT"]),
        ("&group=vendor", &["SELECT"]),
        ("&group=vendor&page[size]=2", &["SELECT", "SELECT"]),
        ("&group=vendor&page[size]=2&page[number]=2", &["SELECT"]),
        ("&group=owner.name,owner.boss.name", &["SELECT"]),
    ];
    for (query, expected) in cases {
        let path = format!("/api/eval/sale?{}{query}", q(&["count__id", "sum__medium", "max__day"]));
        costs(&server, || server.request("GET", &path).send_to_anyone(), 200, expected);
    }
    costs(&server, || server.request("GET", "/api/eval/sale?q={}").send_to_anyone(), 200, &[]);
}

#[test]
fn join_a_table_once_for_several_attributes_of_it() {
    let server = watch(&format!("{}{ROWS}", tables()), mount);
    let path = format!("/api/eval/sale?{}&group=owner.name,owner.id&sort=-count__id", q(&["count__id"]));
    let found = costs(&server, || server.request("GET", &path).send_to_anyone(), 200, &["SELECT"]);
    assert_eq!(found[0].matches(" JOIN ").count(), 1, "{found:?}");
}
