//! Values of filters that only the database finds fault with: they are the client's mistake, never the server's.

use crate::backends::by_backend;
use crate::expected::at_parameter;
use crate::models;

/// Full-text queries with a mistake, percent-encoded.
const MALFORMED: [&str; 9] = ["a%20b", "a%20%26", "%26", "(a", "a)", "!", "a%20%7C%7C%20b", "a%20%3C-1%3E%20b", "'"];

fn is_refused(path: &str, parameter: &str) {
    let detail = if by_backend(false, true, false) {
        format!("{parameter}: the database cannot work with this value")
    } else {
        format!("{parameter}: this operator needs PostgreSQL")
    };
    models::five_people().get(path).refuses(400, &[at_parameter(parameter, &detail)]);
}

#[test]
fn are_malformed_full_text_queries() {
    let server = models::five_people();
    for query in MALFORMED {
        let answer = server.get(&format!("/api/person?filter[name][to_tsquery]={query}"));
        assert!(matches!(answer.status, 200 | 400), "{query}: {answer:#?}");
        assert_eq!(answer.json()["errors"][0]["source"]["parameter"], "filter[name][to_tsquery]", "{query}");
    }
    if by_backend(false, true, false) {
        assert_eq!(server.get("/api/person?filter[name][to_tsquery]=Lucy%20%7C%20Katy").ids(), "3 4");
        assert_eq!(server.get("/api/person?filter[name][plainto_tsquery]=Lucy%20%26%26%20(").ids(), "3");
    }
}

#[test]
fn are_refused_on_every_way_to_a_row() {
    for path in ["/api/person", "/api/person?filter[single]=1", "/api/person?page[number]=2&page[size]=1"] {
        let separator = if path.contains('?') { '&' } else { '?' };
        let parameter = "filter[name][to_tsquery]";
        is_refused(&format!("{path}{separator}{parameter}=a%20b"), parameter);
    }
}

#[test]
fn are_told_apart_from_those_beside_them() {
    if by_backend(true, false, true) {
        return;
    }
    let detail = "filter[objects]: the database cannot work with this value";
    let objects = "[{%22not%22:{%22name%22:%22name%22,%22op%22:%22to_tsquery%22,%22val%22:%22a%20b%22}}]";
    let answer = models::five_people().get(&format!("/api/person?filter[age]=19&filter[objects]={objects}"));
    answer.refuses(400, &[at_parameter("filter[objects]", detail)]);
}

mod of_sqlite {
    //! The length that a pattern may have.

    use restless_actix::Limits;
    use restless_actix::prelude::*;

    use crate::expected::at_parameter;
    use crate::models::{FIVE, Person, TABLES};
    use crate::server::Server;

    #[test]
    fn are_patterns_that_are_too_long() {
        let server = Server::start(&format!("{TABLES}{FIVE}"), |services| {
            let limits = Limits { value_length: 100_000, pattern_length: 100_000, ..Limits::default() };
            services.service(Person::api().limits(limits).scope());
        });
        let pattern = "a".repeat(50_001);
        for operator in ["like", "ilike", "contains"] {
            let parameter = format!("filter[name][{operator}]");
            let detail = format!("{parameter}: the database cannot work with this value");
            let answer = server.get(&format!("/api/person?{parameter}={pattern}"));
            answer.refuses(400, &[at_parameter(&parameter, &detail)]);
        }
    }
}
