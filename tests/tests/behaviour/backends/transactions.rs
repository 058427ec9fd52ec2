//! Transactions beside each other on the servers that run several at once.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use restless_actix::prelude::*;
use restless_actix::{DatabaseBuilder, DatabaseConnection, Isolation};
use serde_json::{Value, json};

use super::{Backend, Place, skipped};
use crate::server::{Server, Setup};

diesel::table! {
    team (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    member (id) {
        id -> Integer,
        name -> Text,
        team_id -> Integer,
    }
}

/// A team, which may be a view that takes its time.
#[derive(Restless)]
#[diesel(table_name = team)]
#[restless(methods(GET, PATCH), has_many(members: Member, foreign_key = member::team_id), allow_to_many_replacement)]
struct Team {
    id: i32,
    name: String,
}

/// Somebody in a team.
#[derive(Restless)]
#[diesel(table_name = member)]
#[restless(methods(GET, POST, PATCH), belongs_to(team: Team, foreign_key = team_id))]
struct Member {
    id: i32,
    name: String,
    team_id: i32,
}

const MEMBERS: &str = "CREATE TABLE member (id INTEGER PRIMARY KEY, name TEXT NOT NULL, team_id INTEGER NOT NULL);
    INSERT INTO member VALUES (1, 'Ann', 1), (2, 'Bob', 1);";

const TEAMS: &str = "CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    INSERT INTO team VALUES (1, 'red'), (2, 'blue');";

/// How many connections a server lets sleep at the moment.
const SLEEPERS: [&str; 2] = [
    "SELECT count(*) AS value FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    "SELECT count(*) AS value FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User sleep'",
];

/// A server on each of the databases that is there, with tables and settings.
fn on_servers(schema: &str, settings: fn(DatabaseBuilder) -> DatabaseBuilder, test: impl Fn(Backend, &Server)) {
    for backend in [Backend::Postgres, Backend::Mysql] {
        let Some(url) = backend.find() else {
            skipped(&format!("a {backend} server at {}", backend.url()));
            continue;
        };
        let setup = Setup { settings, ..Setup::new(schema) };
        let server = setup.start_in(Place::on(backend, &url), |services| {
            services.service(Team::api_scope()).service(Member::api_scope());
        });
        test(backend, &server);
    }
}

fn renamed(kind: &str, id: &str, name: &str) -> Value {
    json!({"data": {"type": kind, "id": id, "attributes": {"name": name}}})
}

fn by<'a>(backend: Backend, postgres: &'a str, mysql: &'a str) -> &'a str {
    if backend == Backend::Postgres { postgres } else { mysql }
}

#[derive(QueryableByName)]
struct Level {
    #[diesel(sql_type = Text)]
    level: String,
}

fn level(connection: &mut DatabaseConnection, variable: &str) -> String {
    let query = format!("SELECT {variable} AS level");
    let level = diesel::sql_query(query).get_result::<Level>(connection).expect("the level");
    level.level.to_lowercase().replace('-', " ")
}

#[test]
fn are_isolated_as_the_application_says() {
    type Settings = fn(DatabaseBuilder) -> DatabaseBuilder;
    let cases: [(Settings, &str); 3] = [
        (|builder| builder.isolation(Isolation::ReadCommitted), "read committed"),
        (|builder| builder.isolation(Isolation::RepeatableRead), "repeatable read"),
        (|builder| builder.isolation(Isolation::Serializable), "serializable"),
    ];
    for (settings, expected) in cases {
        on_servers(MEMBERS, settings, |backend, server| {
            let variable = by(backend, "current_setting('transaction_isolation')", "@@session.tx_isolation").to_owned();
            assert_eq!(server.run(move |connection| Ok(level(connection, &variable))), expected, "{backend}");
        });
    }
}

/// Makes teams a view that takes a second for each.
fn slow_down(backend: Backend, server: &Server) {
    let name = by(backend, "name || pg_sleep(1)", "concat(name, sleep(1))");
    let view = format!("ALTER TABLE team RENAME TO quick; CREATE VIEW team AS SELECT id, {name} AS name FROM quick");
    server.connection().batch_execute(&view).expect("a view");
}

/// The members that a read with `include` shows, if one joins the team while the teams are being read.
fn read_while_one_joins(backend: Backend, server: &Server) -> String {
    slow_down(backend, server);
    let document = thread::scope(|scope| {
        let reading = scope.spawn(|| server.get("/api/team?include=members").json());
        while !reading.is_finished() && server.line(by(backend, SLEEPERS[0], SLEEPERS[1])) == "0" {
            thread::sleep(Duration::from_millis(10));
        }
        server.execute("INSERT INTO member VALUES (3, 'Cid', 1)");
        reading.join().expect("a document")
    });
    let members = document["included"].as_array().expect("members");
    members.iter().filter_map(|member| member["id"].as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn that_read_see_one_moment_if_the_application_wants_it() {
    let schema = format!("{MEMBERS}{TEAMS}");
    on_servers(
        &schema,
        |builder| builder,
        |backend, server| {
            assert_eq!(read_while_one_joins(backend, server), "1 2 3", "{backend} sees each statement's own moment");
        },
    );
    on_servers(&schema, DatabaseBuilder::snapshot_reads, |backend, server| {
        assert_eq!(read_while_one_joins(backend, server), "1 2", "{backend} sees one moment");
    });
}

/// Whoever the server chooses as the victim is the request: the other has written more, or looks later.
fn take_rows(connection: &mut DatabaseConnection, backend: Backend) {
    let first = by(backend, "SET deadlock_timeout = '1min'; BEGIN;", "BEGIN;");
    let rows = (10..60).map(|id| format!("({id}, 'x', 1)")).collect::<Vec<_>>().join(", ");
    let take = format!("{first} INSERT INTO member VALUES {rows}; UPDATE member SET name = 'B' WHERE id = 2");
    connection.batch_execute(&take).expect("rows");
}

#[test]
fn that_are_in_a_deadlock_are_tried_again() {
    on_servers(
        &format!("{MEMBERS}{TEAMS}"),
        |builder| builder,
        |backend, server| {
            let mut other = server.connection();
            take_rows(&mut other, backend);
            thread::scope(|scope| {
                let both = json!([{"type": "member", "id": "1"}, {"type": "member", "id": "2"}]);
                let document = json!({"data": {
                    "type": "team", "id": "2", "attributes": {"name": "green"}, "relationships": {"members": {"data": both}},
                }});
                let request = scope.spawn(move || server.patch("/api/team/2", &document));
                thread::sleep(Duration::from_millis(400));
                // The request has its team, and waits for the second member.
                other.batch_execute("UPDATE team SET name = 'lost' WHERE id = 2; COMMIT").expect("a commit");
                let answer = request.join().expect("an answer");
                assert!(answer.status < 300, "{backend}: {answer:#?}");
            });
            assert_eq!(server.line("SELECT name AS value FROM team WHERE id = 2"), "green", "{backend}");
            assert_eq!(server.line("SELECT id AS value FROM member WHERE team_id = 2 ORDER BY id"), "1 2", "{backend}");
        },
    );
}

/// Makes every change of a member take ten seconds.
const fn slow_trigger(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => {
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(10); RETURN NEW; END $$;
             CREATE TRIGGER wait BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION wait()"
        }
        _ => "CREATE TRIGGER wait BEFORE UPDATE ON member FOR EACH ROW DO sleep(10)",
    }
}

#[test]
fn that_take_too_long_are_given_up() {
    let limited = |builder: DatabaseBuilder| builder.statement_timeout(Duration::from_millis(300));
    on_servers(&format!("{MEMBERS}{TEAMS}"), limited, |backend, server| {
        slow_down(backend, server);
        server.connection().batch_execute(slow_trigger(backend)).expect("a trigger");
        let began = Instant::now();
        let update = renamed("member", "1", "Eve");
        for answer in [server.get("/api/team"), server.get("/api/team/1"), server.patch("/api/member/1", &update)] {
            assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{backend}: {answer:#?}");
        }
        assert!(began.elapsed() < Duration::from_secs(5), "{backend} took {:?}", began.elapsed());
        assert_eq!(server.get("/api/member/1").attributes(), json!({"name": "Ann"}), "{backend}");
    });
}

#[test]
fn that_write_may_take_longer_than_reads() {
    on_servers(
        MEMBERS,
        |builder| builder,
        |backend, server| {
            server.connection().batch_execute(slow_trigger(backend)).expect("a trigger");
            let began = Instant::now();
            server.patch("/api/member/1", &renamed("member", "1", "Eve")).tells_what_is_read_from(server);
            assert!(began.elapsed() > Duration::from_secs(9), "{backend} took {:?}", began.elapsed());
        },
    );
}

/// Stops whatever sleeps, as an administrator would.
fn stop_sleepers(backend: Backend, server: &Server) {
    let sleepers = by(
        backend,
        "SELECT pg_cancel_backend(pid)::text AS value FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event = 'PgSleep'",
        "SELECT CONCAT('KILL QUERY ', ID) AS value FROM information_schema.PROCESSLIST
            WHERE DB = DATABASE() AND STATE = 'User sleep'",
    );
    for stopped in server.values(sleepers).into_iter().flatten() {
        if backend == Backend::Mysql {
            server.connection().batch_execute(&stopped).expect("a statement that is stopped");
        }
    }
}

#[test]
fn that_read_and_are_stopped_by_others_read_again() {
    on_servers(
        &format!("{MEMBERS}{TEAMS}"),
        |builder| builder,
        |backend, server| {
            slow_down(backend, server);
            thread::scope(|scope| {
                let reader = scope.spawn(|| server.get("/api/team?sort=name"));
                thread::sleep(Duration::from_millis(700));
                stop_sleepers(backend, server);
                let answer = reader.join().expect("a reader");
                assert_eq!((answer.status, answer.ids()), (200, "2 1".to_owned()), "{backend}");
            });
        },
    );
}

/// What a server says of a deadlock, said by a trigger.
const fn always_deadlocked(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => {
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$;
             CREATE TRIGGER refuse BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION refuse()"
        }
        _ => {
            "CREATE TRIGGER refuse BEFORE UPDATE ON member FOR EACH ROW
                SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213,
                MESSAGE_TEXT = 'Deadlock found when trying to get lock; try restarting transaction'"
        }
    }
}

#[test]
fn that_others_are_always_in_the_way_of_are_a_conflict_with_a_hint() {
    on_servers(
        MEMBERS,
        |builder| builder,
        |backend, server| {
            server.connection().batch_execute(always_deadlocked(backend)).expect("a trigger");
            let answer = server.patch("/api/member/1", &renamed("member", "1", "Eve"));
            let error = answer.json()["errors"][0].clone();
            assert_eq!(
                (answer.status, &error["title"], &error["meta"]),
                (409, &json!("Concurrent change"), &json!({"retry": true})),
                "{backend}: {answer:#?}"
            );
            assert_eq!(server.line("SELECT name AS value FROM member WHERE id = 1"), "Ann", "{backend}");
        },
    );
}
