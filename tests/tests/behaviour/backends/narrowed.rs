//! A model that is made for one database alone.

use std::env;
use std::process::Command;
use std::time::Duration;

use actix_web::{App, HttpServer, rt, web};
use restless_actix::prelude::*;

diesel::table! {
    note (id) {
        id -> Integer,
    }
}

/// What PostgreSQL alone serves.
#[derive(Restless)]
#[diesel(table_name = note, check_for_backend(diesel::pg::Pg))]
struct Note {
    id: i32,
}

/// Makes the test the program that it is about: what databases are open is a matter of the whole process.
const PROGRAM: &str = "RESTLESS_TEST_PROGRAM";

/// How long the program would serve.
const LONG: Duration = Duration::from_secs(10);

const MESSAGE: &str =
    "the model of \"note\" is made for postgres alone, by its check_for_backend; the database is sqlite";

#[test]
fn ends_the_program_that_mounts_it_on_another() {
    if env::var_os(PROGRAM).is_some() {
        return rt::System::new().block_on(serve());
    }
    let name = "backends::narrowed::ends_the_program_that_mounts_it_on_another";
    let mut program = Command::new(env::current_exe().expect("this program"));
    let output = program.args(["--exact", name, "--nocapture"]).env(PROGRAM, "").output().expect("a program");
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(!output.status.success(), "it serves: {said}");
    assert!(said.contains(MESSAGE), "{said}");
}

async fn serve() {
    let database = Database::connect("sqlite::memory:").await.expect("a database");
    let server =
        HttpServer::new(move || App::new().app_data(web::Data::new(database.clone())).service(Note::api_scope()));
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).expect("a free port").run();
    if let Ok(ended) = rt::time::timeout(LONG, server).await {
        ended.expect("a server that starts");
    }
}
