//! The names of the constants, and models in unusual places.

use diesel::prelude::*;
use restless_actix::prelude::*;

use super::{run, server};

mod deep {
    diesel::table! {
        thing (r#type) {
            r#type -> Integer,
            #[sql_name = "whole-name"]
            whole -> Text,
            part_of -> Nullable<Integer>,
        }
    }
}

/// Its names are unusual, and so is where it stands.
#[test]
fn follow_the_fields_of_a_model_in_a_function() {
    type Maybe = Option<i32>;

    #[derive(Queryable, Selectable, Restless)]
    #[diesel(table_name = deep::thing, primary_key(r#type))]
    #[restless(belongs_to(part: Thing, foreign_key = part_of), crate = "::restless_actix")]
    #[expect(non_snake_case, reason = "fields may be spelt so")]
    struct Thing {
        #[restless(rename = "number")]
        r#type: i32,
        #[diesel(column_name = whole)]
        fullName: String,
        #[diesel(column_name = part_of)]
        part: Maybe,
    }

    let server = server();
    server.execute(
        "CREATE TABLE thing (type INTEGER PRIMARY KEY, whole_name TEXT NOT NULL, part_of INTEGER);
         ALTER TABLE thing RENAME COLUMN whole_name TO \"whole-name\";
         INSERT INTO thing VALUES (1, 'All', NULL), (2, 'Some', 1)",
    );
    let filters = [
        ThingFields::TYPE.eq(2),
        ThingFields::FULL_NAME.eq("Some"),
        ThingFields::PART.has(ThingFields::FULL_NAME.eq("All")),
        ThingFields::PART_KEY.is_not_null(),
        ThingFields::PART_KEY.eq(Some(1)),
    ];
    for filter in filters {
        let found = run(&server, |database| async move { Thing::fetch().filter(filter).load(&database).await });
        let found: Vec<(i32, String, Maybe)> =
            found.expect("things").into_iter().map(|thing| (thing.r#type, thing.fullName, thing.part)).collect();
        assert_eq!(found, [(2, "Some".to_owned(), Some(1))]);
    }
}
