//! The application's say in tables.

use restless_actix::prelude::*;

use super::{is_table, table};
use crate::models::Person;
use crate::server::Server;
use crate::{fields, models, rules};

#[test]
fn row_filters_hide_rows_and_related_ids() {
    let server = rules::blog();
    is_table(
        &table(&server, "/api/person?sort=id").send_to_anyone(),
        &["id,name,age,profile", "2,Bob,,", "3,Cleo,20,"],
    );
    let lines = ["id,title,author,editor", "2,Second,,", "3,Third,,"];
    is_table(&table(&server, "/api/article?sort=id").send_to_anyone(), &lines);
    let granted = table(&server, "/api/article?sort=id").header("X-Word", "please").send_to_anyone();
    is_table(&granted, &["id,title,author,editor", "1,First,1,2", "2,Second,1,", "3,Third,,"]);
}

#[test]
fn field_access_hides_columns() {
    let server = fields::server();
    let lines = ["id,name,grade,department", "1,Ann,senior,1", "2,Bob,junior,1", "3,Cleo,junior,"];
    is_table(&table(&server, "/api/employee?sort=id").send_to_anyone(), &lines);
    let manager = table(&server, "/api/employee?sort=id&fields[employee]=salary,badge").header("X-Role", "manager");
    is_table(&manager.send_to_anyone(), &["id,salary,badge", "1,4200,gold", "2,4242,tin", "3,,zinc"]);
    let guest = table(&server, "/api/employee?sort=id&filter[id]=1").header("X-Role", "guest");
    is_table(&guest.send_to_anyone(), &["id,name,salary,grade,badge", "1,Ann,4200,senior,gold"]);
    assert_eq!(table(&server, "/api/employee?fields[employee]=salary").send().status, 400);
}

/// Nobody's name is told whole.
struct Initials;

impl Processor<Person> for Initials {
    async fn after_get_collection(&self, _: &Context, people: &mut ResponseResources<Person>) -> Result<(), Error> {
        for person in &mut people.resources {
            let name = person.attributes["name"].as_str().unwrap_or_default();
            let initial: String = name.chars().take(1).collect();
            person.attributes.insert("name".to_owned(), initial.into());
            person.attributes.insert("is_short".to_owned(), true.into());
        }
        Ok(())
    }
}

#[test]
fn processors_change_cells_and_add_columns() {
    let rows = "INSERT INTO person (id, name, age) VALUES (1, 'Ann', 30), (2, 'Bob', NULL), (3, 'Cleo', 20);";
    let server = Server::start(&format!("{}{rows}", models::TABLES), |services| {
        services.service(Person::api().processor(Initials).scope());
    });
    let answer = table(&server, "/api/person?sort=id&fields[person]=name,age").send_to_anyone();
    is_table(&answer, &["id,name,age,is_short", "1,A,30,true", "2,B,,true", "3,C,20,true"]);
}
