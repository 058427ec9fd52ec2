//! Attributes that the model itself tells.

mod computed;
mod deserializer;
mod serializer;

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Map, Value, json};

use crate::server::Server;

diesel::table! {
    team (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    player (id) {
        id -> Integer,
        first_name -> Text,
        last_name -> Text,
        goals -> Nullable<Integer>,
        secret -> Text,
        team_id -> Nullable<Integer>,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = team)]
#[restless(
    methods(GET, POST, PATCH),
    serializer = Shield,
    deserializer = Shield,
    validate = polite,
    has_many(players: Player, foreign_key = player::team_id)
)]
pub struct Team {
    pub id: i32,
    pub name: String,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = player)]
#[restless(
    methods(GET, POST, PATCH),
    rename_all = "camelCase",
    computed(full_name, is_scorer, secret_length),
    belongs_to(team: Team, foreign_key = team_id)
)]
pub struct Player {
    pub id: i32,
    pub first_name: String,
    pub last_name: String,
    pub goals: Option<i32>,
    #[restless(skip)]
    pub secret: String,
    pub team_id: Option<i32>,
}

impl Player {
    fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    fn is_scorer(&self) -> Option<bool> {
        self.goals.map(|goals| goals > 0)
    }

    fn secret_length(&self) -> usize {
        self.secret.len()
    }
}

fn polite(changes: &Changes<Team>) -> Result<(), ValidationErrors> {
    match changes.get(TeamFields::NAME).value() {
        Some(name) if name == "losers" => Err(ValidationErrors::new().with("name", "must be polite")),
        _ => Ok(()),
    }
}

/// Shows a team by its name in capitals and its motto; one without a name cannot be shown.
pub struct Shield;

impl Serializer<Team> for Shield {
    fn serialize(team: &Team) -> Result<Map<String, Value>, Error> {
        match team.name.as_str() {
            "" => Err(Error::unprocessable_content("a team needs a name")),
            "Bugs" => Err(Error::internal("a bug of the application's own")),
            name => Ok(Map::from_iter([
                ("title".to_owned(), json!(name.to_uppercase())),
                ("motto".to_owned(), json!(["we", name])),
            ])),
        }
    }
}

impl Deserializer<Team> for Shield {
    fn deserialize(mut sent: Map<String, Value>) -> Result<Map<String, Value>, ValidationErrors> {
        sent.remove("motto");
        let Some(title) = sent.remove("title") else {
            return Ok(sent);
        };
        match title.as_str() {
            Some(title) if title.len() > 20 => return Err(ValidationErrors::new().with("title", "must be short")),
            Some(title) => sent.insert("name".to_owned(), json!(title.to_lowercase())),
            None => sent.insert("name".to_owned(), title),
        };
        Ok(sent)
    }
}

pub const ROWS: &str = "
    CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> 'evil'));
    CREATE TABLE player (
        id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, goals INTEGER,
        secret TEXT NOT NULL DEFAULT 'abc', team_id INTEGER REFERENCES team (id));
    INSERT INTO team (id, name) VALUES (1, 'Lions'), (2, 'Owls');
    INSERT INTO player (id, first_name, last_name, goals, secret, team_id) VALUES
        (1, 'Ann', 'Lee', 3, 'a', 1), (2, 'Bob', 'Ray', NULL, 'bcd', 1), (3, 'Cleo', 'Moss', 0, '', NULL);
";

pub fn server() -> Server {
    Server::start(ROWS, |services| {
        services.service(Api::new("/api").resource(Team::api()).resource(Player::api()).scope());
    })
}
