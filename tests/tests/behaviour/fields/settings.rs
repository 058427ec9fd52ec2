//! Where field rules are said.

use restless_actix::prelude::*;
use serde_json::json;

use super::{Department, DepartmentFields, Employee, EmployeeFields, ROWS};
use crate::server::Server;

#[test]
fn a_mount_replaces_the_attributes() {
    let server = Server::start(ROWS, |services| {
        let open = Employee::api().prefix("/open").field_access(|_| FieldAccess::all());
        let names = Employee::api().prefix("/names").field_access(|_| FieldAccess::all().hide(EmployeeFields::SALARY));
        services.service(open.scope()).service(names.scope());
    });
    assert_eq!(server.get("/open/employee/1").attributes()["salary"], 4200);
    assert_eq!(
        server.get("/names/employee/1").attributes(),
        json!({"name": "Ann", "grade": "senior", "badge": "gold"})
    );
}

#[test]
fn a_default_include_leaves_out_what_is_hidden() {
    let server = Server::start(ROWS, |services| {
        let departments =
            Department::api().include(["employees"]).field_access(|context| match context.header("x-role") {
                Some(_) => FieldAccess::all(),
                None => FieldAccess::all().hide(DepartmentFields::EMPLOYEES).hide(DepartmentFields::BUDGET),
            });
        services.service(Api::new("/api").resource(departments).resource(Employee::api()).scope());
    });
    let seen = server.request("GET", "/api/department/1").header("X-Role", "clerk").send().json();
    assert_eq!(seen["included"].as_array().map(Vec::len), Some(2), "{seen}");
    let answer = server.get("/api/department/1");
    assert_eq!((answer.status, answer.attributes()), (200, json!({"name": "Wood"})));
    assert!(!answer.body.contains("employees"), "{}", answer.body);
}

#[test]
fn lone_scopes_keep_those_of_the_attributes() {
    let server = Server::start(ROWS, |services| {
        services.service(Department::api_scope());
    });
    let answer = server.get("/api/department/1?include=employees");
    assert!(answer.body.contains("Ann") && !answer.body.contains("4200"), "{}", answer.body);
}

#[test]
fn reach_what_has_no_constant() {
    use crate::presentation::{Player, PlayerFields, ROWS, Team};
    let server = Server::start(ROWS, |services| {
        let players = Player::api().field_access(|context| match context.header("x-role") {
            Some(_) => FieldAccess::all(),
            None => FieldAccess::all().hide(PlayerFields::LAST_NAME).hide_named("fullName").hide_named("secretLength"),
        });
        services.service(Api::new("/api").resource(players).resource(Team::api()).scope());
    });
    let seen = json!({"firstName": "Ann", "goals": 3, "isScorer": true});
    assert_eq!(server.get("/api/player/1").attributes(), seen);
    assert_eq!(server.get("/api/team/1?include=players").json()["included"][0]["attributes"], seen);
    let (hidden, missing) =
        (server.get("/api/player/1?fields[player]=fullName"), server.get("/api/player/1?fields[player]=nonsense"));
    assert_eq!((hidden.status, hidden.body.replace("fullName", "nonsense")), (400, missing.body));
    let sent = |name: &str| json!({"data": {"type": "player", "id": "1", "attributes": {name: 1}}});
    let (hidden, missing) =
        (server.patch("/api/player/1", &sent("fullName")), server.patch("/api/player/1", &sent("nonsense")));
    assert_eq!((hidden.status, hidden.body.replace("fullName", "nonsense")), (400, missing.body));
    assert_eq!(server.request("GET", "/api/player/1").header("X-Role", "x").send().attributes()["fullName"], "Ann Lee");
}
