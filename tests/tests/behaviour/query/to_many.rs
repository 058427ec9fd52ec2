//! Filters by paths over several to-many relationships, whose cost could multiply with each.

use std::thread;
use std::time::{Duration, Instant};

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{encode, with_objects};
use crate::expected::at_parameter;
use crate::server::{Server, Setup};

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    team (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    member (person_id, team_id) {
        person_id -> Integer,
        team_id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(many_to_many(teams: Team, through = member, foreign_key = person_id, target_key = team_id))]
struct Person {
    id: i32,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = team)]
#[restless(many_to_many(people: Person, through = member, foreign_key = team_id, target_key = person_id))]
struct Team {
    id: i32,
    name: String,
}

/// 400 people, each of them in each of 40 teams; `p400` is in a team of its own besides.
const ROWS: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE member (
        person_id INTEGER NOT NULL REFERENCES person (id), team_id INTEGER NOT NULL REFERENCES team (id),
        PRIMARY KEY (person_id, team_id)
    );
    INSERT INTO person
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 400)
        SELECT n, 'p' || n FROM numbers;
    INSERT INTO team
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 41)
        SELECT n, 't' || n FROM numbers;
    INSERT INTO member SELECT person.id, team.id FROM person, team WHERE team.id <= 40;
    INSERT INTO member VALUES (400, 41);
    CREATE INDEX member_by_team ON member (team_id);
";

fn mount(services: &mut ServiceConfig) {
    services.service(Api::new("/api").resource(Person::api()).resource(Team::api()).scope());
}

/// The same for clients that may ask for as much as the number of relationships allows.
fn mount_unlimited(services: &mut ServiceConfig) {
    let limits = Limits { max_to_many_path_length: 4, ..Limits::DEFAULT };
    let api = Api::new("/api").resource(Person::api().limits(limits)).resource(Team::api().limits(limits));
    services.service(api.scope());
}

/// A path of so many relationships.
fn path(number: usize) -> String {
    ["teams__", "people__"].into_iter().cycle().take(number).collect()
}

/// The attack: who is in a team with somebody who is in a team with somebody, and so on, called that.
fn attack(length: usize) -> String {
    with_objects("person", &json!([{"name": format!("{}name", path(length)), "op": "any", "val": "x"}]))
}

/// The same with an alternative at each step.
fn attack_with_or(length: usize) -> String {
    let object = (0..length).rev().fold(json!({"name": "name", "op": "eq", "val": "x"}), |inner, hop| {
        let name = if hop % 2 == 0 { "teams" } else { "people" };
        json!({"or": [{"name": "name", "op": "eq", "val": "y"}, {"name": name, "op": "any", "val": inner}]})
    });
    with_objects("person", &json!([object]))
}

/// What the slowest of twenty reads takes.
fn slowest(server: &Server) -> Duration {
    let times = (0..20).map(|_| {
        let began = Instant::now();
        assert_eq!(server.get("/api/team?filter[name]=t7&sort=name").ids(), "7");
        began.elapsed()
    });
    times.max().unwrap_or_default()
}

#[test]
fn are_answered_soon() {
    let server = Server::start(ROWS, mount);
    let asked = [attack(1), attack(2), attack_with_or(1), attack_with_or(2)];
    for path in asked {
        let began = Instant::now();
        assert_eq!(server.get(&path).ids(), "", "{path}");
        assert!(began.elapsed() < Duration::from_secs(3), "{path} took {:?}", began.elapsed());
    }
}

#[test]
fn find_what_there_is() {
    let server = Server::start(ROWS, mount_unlimited);
    let ask = |objects: Value| server.get(&format!("{}&page[size]=3", with_objects("person", &objects))).ids();
    let last = json!({"name": "teams", "op": "any", "val": {"name": "name", "op": "eq", "val": "t41"}});
    assert_eq!(ask(json!([last])), "400");
    assert_eq!(ask(json!([{"not": last}])), "1 2 3");
    let mate = json!({"name": "teams__people__name", "op": "any", "val": "p400"});
    assert_eq!(ask(json!([mate])), "1 2 3");
    assert_eq!(ask(json!([{"not": mate}])), "");
    // Every team of theirs has somebody who is in no such team.
    let within = json!({"name": "people", "op": "any", "val": {"not": last}});
    assert_eq!(ask(json!([{"name": "teams", "op": "any", "val": {"not": within}}])), "400");
    let nobody = json!({"name": "people", "op": "is_null"});
    assert_eq!(ask(json!([{"name": "teams", "op": "any", "val": nobody}])), "");
}

#[test]
fn hold_nobody_up() {
    let timeout = Duration::from_secs(1);
    let server = Setup { statement_timeout: Some(timeout), ..Setup::new(ROWS) }.start(mount_unlimited);
    let alone = slowest(&server);
    let beside = thread::scope(|scope| {
        let attacks = [attack(4), attack_with_or(4), attack(4), attack_with_or(4)];
        let attackers: Vec<_> = attacks
            .into_iter()
            .map(|path| {
                let server = &server;
                scope.spawn(move || {
                    let began = Instant::now();
                    let answer = server.get(&path);
                    (answer.status, began.elapsed())
                })
            })
            .collect();
        thread::sleep(Duration::from_millis(50));
        let beside = slowest(&server);
        for attacker in attackers {
            let (status, took) = attacker.join().expect("an attacker");
            // Whether it can be answered in that time is the database's matter.
            assert!(matches!(status, 200 | 503), "{status}");
            assert!(took < Duration::from_secs(10), "{took:?}");
        }
        beside
    });
    assert!(beside < Duration::from_secs(3) + 20 * alone, "{beside:?} beside it, {alone:?} alone");
}

#[test]
fn have_a_limit_that_is_named() {
    let server = Server::start(ROWS, mount);
    let detail = "expected 2 to-many relationships on the way at most, found 3";
    let refuses = |path: &str, parameter: &str, place: &str| {
        server.get(path).refuses(400, &[at_parameter(parameter, &format!("{parameter}: {place}{detail}"))]);
    };
    refuses("/api/person?filter[teams.people.teams.name]=x", "filter[teams.people.teams.name]", "");
    refuses(&attack(3), "filter[objects]", "/0/name: ");
    let nested = (0..3).rev().fold(
        json!({"name": "name", "op": "eq", "val": "x"}),
        |inner, hop| json!({"name": if hop % 2 == 0 { "teams" } else { "people" }, "op": "any", "val": inner}),
    );
    refuses(&with_objects("person", &json!([nested])), "filter[objects]", "/0/val/val/name: ");
    // The ids of related resources, and whether there are any, are found like their attributes.
    let members = json!([{"name": "teams__people__teams", "op": "in", "val": [1]}]);
    refuses(&with_objects("person", &members), "filter[objects]", "/0: ");
    let absent = json!([{"name": "teams__people__teams", "op": "is_null"}]);
    refuses(&with_objects("person", &absent), "filter[objects]", "/0: ");
    // Beside each other they are not multiplied.
    let two = json!({"name": "teams__people__name", "op": "any", "val": "p1"});
    assert_eq!(server.get(&format!("{}&page[size]=2", with_objects("person", &json!([two, two, two])))).ids(), "1 2");
}

#[test]
fn have_the_limit_in_the_classic_format_too() {
    let server = Server::start(ROWS, mount);
    let search = json!({"filters": [{"name": "teams__people__teams__name", "op": "any", "val": "x"}]});
    let path = format!("/api/person?q={}", encode(&search.to_string()));
    let answer = server.request("GET", &path).header("Accept", "application/json").send_to_anyone();
    let detail = "q: /filters/0/name: expected 2 to-many relationships on the way at most, found 3";
    let expected = json!({"message": format!("Unable to construct query: {detail}")});
    assert_eq!((answer.status, answer.json()), (400, expected), "{answer:#?}");
}
