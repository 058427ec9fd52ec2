//! What whoever starts an application without a database reads on standard error, though there is no logger.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::models;
use crate::server::Setup;

/// Makes this test the application.
const PART: &str = "RESTLESS_TEST_FORGETFUL";

#[test]
fn without_a_database_is_told_at_once() {
    if std::env::var_os(PART).is_some() {
        let _server = Setup { has_database: false, ..Setup::new("") }.start(models::mount);
        return std::thread::sleep(Duration::from_millis(2500));
    }
    let said = run("at the start");
    assert_eq!(said.matches("restless: no database is open").count(), 1, "{said}");
    assert!(said.contains("`.app_data(web::Data::new(database))`"), "{said}");
}

#[test]
fn without_its_database_is_told_at_the_first_request() {
    if std::env::var_os(PART).is_some() {
        let _open = crate::models::empty();
        let server = Setup { has_database: false, ..Setup::new("") }.start(models::mount);
        assert_eq!((server.get("/api/person").status, server.get("/api/person").status), (500, 500));
        return;
    }
    let said = run("at the first request");
    assert_eq!(said.matches("restless: the application has no database").count(), 1, "{said}");
    assert!(said.contains("`.app_data(web::Data::new(database))`"), "{said}");
}

/// Runs the calling test as an application of its own, and gives what that says on standard error.
fn run(when: &str) -> String {
    let name = std::thread::current().name().expect("the name of a test").to_owned();
    let mut application = Command::new(std::env::current_exe().expect("this program"));
    application.args(["--exact", &name, "--nocapture"]).env(PART, when).stdout(Stdio::null());
    let output = application.output().expect("an application");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}
