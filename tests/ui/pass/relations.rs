//! Relations of every kind, in every direction.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

mod schema {
    diesel::table! {
        person (id) {
            id -> Integer,
            manager_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        profile (id) {
            id -> BigInt,
            person_id -> Integer,
        }
    }

    diesel::table! {
        computer (id) {
            id -> Integer,
            owner_id -> Integer,
            room -> Nullable<Text>,
        }
    }

    diesel::table! {
        room (name) {
            name -> Text,
        }
    }

    diesel::table! {
        article (id) {
            id -> Integer,
            author_id -> Integer,
            editor_id -> Nullable<Integer>,
            person_id -> Integer,
        }
    }

    diesel::table! {
        article_tag (article_id, tag_id) {
            article_id -> Integer,
            tag_id -> BigInt,
        }
    }

    diesel::table! {
        tag (serial) {
            serial -> BigInt,
            name -> Text,
        }
    }

    diesel::allow_tables_to_appear_in_same_query!(article, article_tag, computer, person, profile, room, tag);
}

use schema::{article, article_tag, computer, person, profile, room, tag};

/// It manages itself, and its computers lead back to it.
#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(belongs_to(manager: Self, foreign_key = manager_id), has_many(reports: Person, foreign_key = person::manager_id))]
#[restless(has_one(profile: Profile, foreign_key = profile::person_id, on_delete = "restrict"))]
#[restless(has_many(computers: crate::Computer, foreign_key = schema::computer::owner_id, on_delete = "cascade"))]
#[restless(include(profile, computers.owner), max_include_depth = 4)]
struct Person {
    id: i32,
    manager_id: Option<i32>,
}

/// Its foreign key has no field.
#[derive(Restless)]
#[diesel(table_name = profile)]
#[restless(belongs_to(person: Person, foreign_key = person_id, no_include))]
struct Profile {
    id: i64,
}

/// Its relations have the names of the columns.
#[derive(Restless)]
#[diesel(table_name = computer, belongs_to(Person, foreign_key = owner_id))]
#[restless(belongs_to(owner: Person), belongs_to(room: Room, foreign_key = room, read_only))]
struct Computer {
    id: i32,
    #[restless(rename = "owner")]
    owner_id: i32,
    room: Option<String>,
}

/// Its key is a text.
#[derive(Restless)]
#[diesel(table_name = room, primary_key(name))]
#[restless(has_many(computers: Computer, foreign_key = computer::room, on_delete = "set_null"))]
struct Room {
    name: String,
}

/// Three relations lead to one model; Diesel calls the foreign key of one of them as it likes.
#[derive(Restless)]
#[diesel(table_name = article, belongs_to(crate::Person))]
#[restless(rename_all = "camelCase", allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(belongs_to(author: Person, foreign_key = author_id), belongs_to(editor: Person, foreign_key = editor_id))]
#[restless(belongs_to(written_for: Person))]
#[restless(many_to_many(
    all_tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id, on_delete = "cascade"
))]
#[restless(include(written_for.manager))]
struct Article {
    id: i32,
    author_id: i32,
    editor_id: Option<i32>,
}

/// Its id is not what the join table refers to.
#[derive(Restless)]
#[diesel(table_name = tag, primary_key(serial))]
#[restless(primary_key = name)]
#[restless(many_to_many(articles: Article, through = schema::article_tag, foreign_key = tag_id, target_key = article_id))]
struct Tag {
    #[restless(skip)]
    serial: i64,
    name: String,
}

macro_rules! linked {
    ($model:ident, $name:ident: $target:ty, $column:ident, $many:path) => {
        #[derive(Restless)]
        #[diesel(table_name = computer)]
        #[restless(belongs_to($name: $target, foreign_key = $column), has_many(parts: $target, foreign_key = $many))]
        struct $model {
            id: i32,
        }
    };
}

linked!(Linked, owner: Person, owner_id, person::manager_id);

impl Tag {
    fn serial(&self) -> i64 {
        self.serial
    }
}

fn main() {
    let _ = (Person::api_scope(), Profile::api_scope(), Computer::api_scope(), Room::api_scope());
    let _ = (Article::api_scope(), Tag::api_scope(), Linked::api_scope(), Tag::serial);
}
