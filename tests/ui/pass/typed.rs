//! Constants for fields of every type, and none that is not used is warned about.

#![deny(warnings, dead_code)]

pub mod people {
    use diesel::prelude::*;
    use restless_actix::prelude::*;

    diesel::table! {
        person (id) {
            id -> Integer,
            name -> Text,
            age -> Nullable<Double>,
            rank -> SmallInt,
            views -> BigInt,
        }
    }

    type Rank = i16;

    #[derive(Queryable, Selectable, Restless)]
    #[diesel(table_name = person)]
    pub struct Person {
        id: i32,
        name: String,
        age: Option<f64>,
        rank: Rank,
        views: i64,
    }

    pub fn filter() -> Filter<Person> {
        let rank = PersonFields::RANK.gt(3) & PersonFields::VIEWS.in_([1, 2]);
        let adults = PersonFields::AGE.gt(18.0).and(PersonFields::NAME.like("%y%"));
        rank | !adults
    }

    pub async fn load(database: &Database) -> Result<Vec<Person>, Error> {
        let page: Page<Person> = Person::fetch().filter(filter()).sort("-age").page(1, 20).load(database).await?;
        let _: Option<Person> = Person::find(database, 7).await?;
        Ok(page.items)
    }
}

fn main() {
    let _ = (people::filter(), people::load);
}
