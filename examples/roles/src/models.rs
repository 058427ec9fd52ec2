//! Employees, and who sees what of them.

use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::roles::Role;
use crate::schema::employee;

/// Somebody who works here.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = employee)]
#[restless(methods(GET, POST, PATCH), field_access = by_role, allow_functions)]
pub struct Employee {
    pub id: i32,
    pub name: String,
    pub title: String,
    pub salary: i32,
}

/// Managers see and change everything. For everybody else there is no salary: it is not shown, and neither filtered,
/// sorted nor summed up by. A title is theirs to read.
fn by_role(context: &Context) -> FieldAccess<Employee> {
    match context.extension::<Role>() {
        Some(Role::Manager) => FieldAccess::all(),
        Some(Role::Employee) | None => FieldAccess::all().hide(EmployeeFields::SALARY).lock(EmployeeFields::TITLE),
    }
}
