//! Types and functions private to the model's module.

#![deny(warnings, dead_code)]

mod people {
    use restless_actix::prelude::*;

    diesel::table! {
        person (id) {
            id -> Integer,
            colour -> Integer,
            shade -> Integer,
        }
    }

    type Colour = i32;

    #[derive(Restless)]
    #[diesel(table_name = person)]
    struct Person {
        id: i32,
        colour: Colour,
        #[restless(serialize_with = write, deserialize_with = "read", default = black)]
        shade: Colour,
    }

    fn write<S: serde::Serializer>(colour: &Colour, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{colour:x}"))
    }

    fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Colour, D::Error> {
        let text: String = serde::Deserialize::deserialize(deserializer)?;
        Colour::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
    }

    fn black() -> Colour {
        0
    }

    pub fn mount() {
        let _ = Person::api_scope();
    }
}

fn main() {
    people::mount();
}
