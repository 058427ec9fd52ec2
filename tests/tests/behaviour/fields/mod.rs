//! Fields that one request may know of, and another not.

mod hidden;
mod locked;
mod settings;

use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::client::Request;
use crate::server::Server;

diesel::table! {
    department (id) {
        id -> Integer,
        name -> Text,
        budget -> Integer,
    }
}

diesel::table! {
    employee (id) {
        id -> Integer,
        name -> Text,
        salary -> Nullable<Integer>,
        grade -> Text,
        badge -> Text,
        department_id -> Nullable<Integer>,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = department)]
#[restless(methods(GET, POST, PATCH), allow_functions, has_many(employees: Employee, foreign_key = employee::department_id))]
pub struct Department {
    pub id: i32,
    pub name: String,
    pub budget: i32,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = employee)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    field_access = by_role,
    allow_functions,
    allow_client_generated_ids,
    belongs_to(department: Department, foreign_key = department_id)
)]
pub struct Employee {
    pub id: i32,
    pub name: String,
    pub salary: Option<i32>,
    pub grade: String,
    pub badge: String,
    pub department_id: Option<i32>,
}

/// Managers see everything; nobody else sees a salary or a badge, or changes a grade.
fn by_role(context: &Context) -> FieldAccess<Employee> {
    match context.header("x-role") {
        Some("manager") => FieldAccess::all(),
        Some("clerk") => FieldAccess::all().lock(EmployeeFields::DEPARTMENT).lock(EmployeeFields::GRADE),
        Some("guest") => FieldAccess::all().hide(EmployeeFields::DEPARTMENT),
        _ => FieldAccess::all().hide(EmployeeFields::SALARY).hide(EmployeeFields::BADGE).lock(EmployeeFields::GRADE),
    }
}

const ROWS: &str = "
    CREATE TABLE department (id INTEGER PRIMARY KEY, name TEXT NOT NULL, budget INTEGER NOT NULL);
    CREATE TABLE employee (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, salary INTEGER, grade TEXT NOT NULL DEFAULT 'junior',
        badge TEXT NOT NULL DEFAULT 'none' UNIQUE, department_id INTEGER REFERENCES department (id));
    INSERT INTO department (id, name, budget) VALUES (1, 'Wood', 100), (2, 'Iron', 200);
    INSERT INTO employee (id, name, salary, grade, badge, department_id) VALUES
        (1, 'Ann', 4200, 'senior', 'gold', 1), (2, 'Bob', 4242, 'junior', 'tin', 1), (3, 'Cleo', NULL, 'junior', 'zinc', NULL);
";

pub fn server() -> Server {
    Server::start(ROWS, |services| {
        services.service(Api::new("/api").resource(Department::api()).resource(Employee::api()).scope());
    })
}

fn manager<'a>(server: &'a Server, method: &str, path: &str) -> Request<'a> {
    server.request(method, path).header("X-Role", "manager")
}
