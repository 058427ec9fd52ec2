//! Where field rules are said.

use restless_actix::prelude::*;
use serde_json::json;

use super::{Department, DepartmentFilter, Employee, EmployeeFilter, ROWS};
use crate::server::Server;

#[test]
fn a_mount_replaces_the_attributes() {
    let server = Server::start(ROWS, |services| {
        let open = Employee::api().prefix("/open").fields(|_| Fields::all());
        let names = Employee::api().prefix("/names").fields(|_| Fields::all().hide(EmployeeFilter::SALARY));
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
        let departments = Department::api().include(["employees"]).fields(|context| match context.header("x-role") {
            Some(_) => Fields::all(),
            None => Fields::all().hide(DepartmentFilter::EMPLOYEES).hide(DepartmentFilter::BUDGET),
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
