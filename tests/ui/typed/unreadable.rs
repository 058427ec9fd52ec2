//! What is fetched is read by Diesel.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite))]
struct Person {
    id: i32,
}

async fn load(database: &Database) -> Result<Page<Person>, Error> {
    Person::fetch().load(database).await
}

fn main() {
    let _ = load;
}
