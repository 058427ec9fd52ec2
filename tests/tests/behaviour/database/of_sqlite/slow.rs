//! SQLite has no limit to what a statement may take, so that one of ours stands in everything that may be long.

use std::time::{Duration, Instant};

use crate::database::timeouts::{mount, schema};
use crate::expected::error;
use crate::server::Setup;

#[test]
fn statements_are_stopped_whatever_they_do() {
    let timeout = Duration::from_millis(100);
    let server = Setup { statement_timeout: Some(timeout), ..Setup::new(schema()) }.start(mount);
    let paths = [
        "/api/endless",
        "/api/endless?sort=name",
        "/api/endless?sort=-name&ignorecase=1",
        "/api/endless?filter[name]=x",
        "/api/endless?filter[name][ilike]=x",
        "/api/endless?filter[id][lt]=0&page[size]=0",
        "/api/endless?page[number]=1000000",
        r#"/api/eval/endless?functions=[{"name":"sum","field":"id"}]"#,
        r#"/api/eval/endless?functions=[{"name":"count","field":"id"}]&group=name"#,
    ];
    for path in paths {
        let began = Instant::now();
        let expected = error(503, "Service Unavailable", "the database took too long for this request");
        server.get(&path.replace('"', "%22")).refuses(503, &[expected]);
        assert!(began.elapsed() < Duration::from_secs(3), "{path} took {:?}", began.elapsed());
    }
    assert_eq!(server.get("/api/person?sort=name").ids(), "5 4 1 3 2");
}

#[test]
fn statements_in_memory_are_stopped_too() {
    let timeout = Duration::from_millis(100);
    let setup = Setup { statement_timeout: Some(timeout), is_in_memory: true, ..Setup::new(schema()) };
    let server = setup.start(mount);
    assert_eq!(server.get("/api/endless?sort=name").status, 503);
    assert_eq!(server.get("/api/person?sort=name").ids(), "5 4 1 3 2");
}
