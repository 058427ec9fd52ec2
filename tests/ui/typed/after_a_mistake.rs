//! Filters and fetching of a model with a mistake add no mistakes of their own.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(pagesize = 10, has_many(friends: Self, foreign_key = person::id))]
struct Person {
    id: i32,
    name: String,
}

async fn load(database: &Database) -> Result<Page<Person>, Error> {
    let _ = Person::find(database, 7).await?;
    let filter = PersonFields::NAME.like("%y").and(PersonFields::FRIENDS.any(PersonFields::ID.gt(1)));
    Person::fetch().filter(filter).load(database).await
}

fn main() {
    let _ = load;
}
