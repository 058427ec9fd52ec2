//! Serde's attributes, with its derives and without.

#![deny(warnings, dead_code)]

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

diesel::table! {
    person (id) {
        id -> Integer,
        first_name -> Text,
        password -> Text,
        created -> BigInt,
        colour -> Integer,
        note -> Nullable<Text>,
        hash -> Nullable<Text>,
        room_id -> Nullable<Integer>,
    }
}

/// Serde is not asked: restless alone reads its attributes.
#[derive(Restless)]
#[diesel(table_name = person)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound = "", crate = "serde", expecting = "a person", rename = "P")]
#[restless(belongs_to(room: Self, foreign_key = room_id))]
struct Alone {
    #[serde(skip_deserializing)]
    id: i32,
    #[serde(rename(serialize = "name", deserialize = "name"), alias = "firstName")]
    first_name: String,
    #[serde(skip_serializing, rename(deserialize = "secret"))]
    password: String,
    #[serde(skip_deserializing, rename(serialize = "since"), default = "now")]
    created: i64,
    #[serde(with = "hex")]
    colour: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip, default)]
    hash: Option<String>,
    #[serde(skip)]
    room_id: Option<i32>,
}

/// Both read them, and what `#[restless]` says goes first.
#[derive(Default, Serialize, Deserialize, Restless)]
#[diesel(table_name = person)]
#[serde(default, rename_all(serialize = "camelCase", deserialize = "camelCase"))]
#[restless(rename_all = "kebab-case")]
struct Both {
    id: i32,
    #[serde(rename(serialize = "a", deserialize = "b"))]
    #[restless(rename = "name")]
    first_name: String,
    #[serde(skip)]
    #[restless(read_only)]
    password: String,
    #[serde(with = "hex")]
    #[restless(write_only)]
    colour: i32,
    #[serde(skip, default = "nothing")]
    #[restless(skip)]
    hash: Option<String>,
}

/// A type stands between the fields and the wire, for serde and for restless.
#[derive(Clone, Queryable, Selectable, Serialize, Deserialize, Restless)]
#[diesel(table_name = person)]
#[serde(into = "Wire", from = "Wire")]
#[restless(serializer = Wire, deserializer = Wire)]
struct Converted {
    id: i32,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    number: i32,
}

impl From<Converted> for Wire {
    fn from(model: Converted) -> Self {
        Self { number: model.id }
    }
}

impl From<Wire> for Converted {
    fn from(wire: Wire) -> Self {
        Self { id: wire.number }
    }
}

impl Serializer<Converted> for Wire {
    fn serialize(_: &Converted) -> Result<Map<String, Value>, Error> {
        Ok(Map::new())
    }
}

impl Deserializer<Converted> for Wire {
    fn deserialize(sent: Map<String, Value>) -> Result<Map<String, Value>, ValidationErrors> {
        Ok(sent)
    }
}

mod hex {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{value:x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
        i32::from_str_radix(&String::deserialize(deserializer)?, 16).map_err(serde::de::Error::custom)
    }
}

fn now() -> i64 {
    0
}

fn nothing() -> Option<String> {
    None
}

fn main() {
    let _ = (Alone::api_scope(), Both::api_scope(), Both::default(), Converted::api_scope());
    let _ = |alone: &Alone, both: &Both| (alone.hash.is_none(), alone.room_id, both.hash.is_none());
}
