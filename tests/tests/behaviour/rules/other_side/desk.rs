//! Agents, their tickets, badges and teams, with every reason for which a foreign key or a join table is not written.

use restless_actix::Model;
use restless_actix::prelude::*;

use crate::server::Server;

diesel::table! {
    agent (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    ticket (id) {
        id -> Integer,
        title -> Text,
        assignee_id -> Nullable<Integer>,
    }
}

diesel::table! {
    badge (id) {
        id -> Integer,
        code -> Text,
        holder_id -> Nullable<Integer>,
    }
}

diesel::table! {
    team (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    membership (agent_id, team_id) {
        agent_id -> Integer,
        team_id -> Integer,
    }
}

diesel::allow_tables_to_appear_in_same_query!(agent, ticket, badge, team, membership);

const SCHEMA: &str = "
    CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE ticket (id INTEGER PRIMARY KEY, title TEXT NOT NULL, assignee_id INTEGER REFERENCES agent (id));
    CREATE TABLE badge (id INTEGER PRIMARY KEY, code TEXT NOT NULL, holder_id INTEGER REFERENCES agent (id));
    CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE membership (
        agent_id INTEGER NOT NULL REFERENCES agent (id), team_id INTEGER NOT NULL REFERENCES team (id),
        PRIMARY KEY (agent_id, team_id));
    INSERT INTO agent (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cyd');
    INSERT INTO ticket (id, title, assignee_id) VALUES (1, 't1', 1), (2, 't2', 1), (3, 't3', 2), (4, 't4', NULL);
    INSERT INTO badge (id, code, holder_id) VALUES (1, 'b1', 1), (2, 'b2', 2), (3, 'b3', NULL);
    INSERT INTO team (id, name) VALUES (1, 'red'), (2, 'blue'), (3, 'green');
    INSERT INTO membership (agent_id, team_id) VALUES (1, 1), (1, 2), (2, 3);
";

/// The four models, with what is said of the fields that are foreign keys, and of the relationships that they are.
macro_rules! desk {
    ($name:ident, [$(#[$field:meta])*], [$($relation:tt)*]) => {
        pub mod $name {
            use diesel::prelude::*;
            use restless_actix::prelude::*;

            use super::{agent, badge, membership, team, ticket};

            #[derive(Queryable, Selectable, Restless)]
            #[diesel(table_name = agent)]
            #[restless(
                methods(GET, POST, PATCH, DELETE),
                allow_patch_many,
                allow_to_many_replacement,
                allow_delete_from_to_many_relationships,
                has_many(tickets: Ticket, foreign_key = ticket::assignee_id),
                has_one(badge: Badge, foreign_key = badge::holder_id),
                many_to_many(teams: Team, through = membership, foreign_key = agent_id, target_key = team_id)
            )]
            pub struct Agent {
                pub id: i32,
                pub name: String,
            }

            #[derive(Queryable, Selectable, Restless)]
            #[diesel(table_name = ticket)]
            #[restless(
                methods(GET, POST, PATCH, DELETE),
                allow_patch_many,
                belongs_to(assignee: Agent, foreign_key = assignee_id $($relation)*)
            )]
            pub struct Ticket {
                pub id: i32,
                pub title: String,
                $(#[$field])*
                pub assignee_id: Option<i32>,
            }

            #[derive(Queryable, Selectable, Restless)]
            #[diesel(table_name = badge)]
            #[restless(
                methods(GET, POST, PATCH, DELETE),
                allow_patch_many,
                belongs_to(holder: Agent, foreign_key = holder_id $($relation)*)
            )]
            pub struct Badge {
                pub id: i32,
                pub code: String,
                $(#[$field])*
                pub holder_id: Option<i32>,
            }

            #[derive(Queryable, Selectable, Restless)]
            #[diesel(table_name = team)]
            #[restless(
                methods(GET, POST, PATCH, DELETE),
                many_to_many(
                    agents: Agent, through = membership, foreign_key = team_id, target_key = agent_id $($relation)*
                )
            )]
            pub struct Team {
                pub id: i32,
                pub name: String,
            }
        }
    };
}

desk!(plain, [], []);
desk!(read_only_field, [#[restless(read_only)]], []);
desk!(read_only_relation, [], [, read_only]);
desk!(create_only_field, [#[restless(create_only)]], []);

/// Why a foreign key or a join table is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is none.
    Nothing,
    ReadOnlyField,
    ReadOnlyRelation,
    CreateOnlyField,
    Locked,
    Hidden,
    /// The other end answers GET alone.
    Methods,
    Validation,
}

impl Reason {
    pub const ALL: [Self; 7] = [
        Self::ReadOnlyField,
        Self::ReadOnlyRelation,
        Self::CreateOnlyField,
        Self::Locked,
        Self::Hidden,
        Self::Methods,
        Self::Validation,
    ];
}

/// The desk, mounted so that the other end of every relationship has that reason.
pub fn desk(reason: Reason) -> Server {
    Server::start(SCHEMA, move |services| {
        services.service(api(reason).scope());
    })
}

macro_rules! of {
    ($name:ident) => {
        (Api::new("/api").resource($name::Agent::api()), $name::Ticket::api(), $name::Badge::api(), $name::Team::api())
    };
}

fn api(reason: Reason) -> Api {
    match reason {
        Reason::ReadOnlyField => mounted(of!(read_only_field)),
        Reason::ReadOnlyRelation => mounted(of!(read_only_relation)),
        Reason::CreateOnlyField => mounted(of!(create_only_field)),
        _ => limited(reason),
    }
}

fn mounted<A: Model, B: Model, C: Model>(
    (api, tickets, badges, teams): (Api, ResourceApi<A>, ResourceApi<B>, ResourceApi<C>),
) -> Api {
    api.resource(tickets).resource(badges).resource(teams)
}

/// What the mounts say, and not the models.
fn limited(reason: Reason) -> Api {
    use plain::{BadgeFields, TeamFields, TicketFields};
    let (api, tickets, badges, teams) = of!(plain);
    let (tickets, badges, teams) = match reason {
        Reason::Locked => (
            tickets.field_access(|_| FieldAccess::all().lock(TicketFields::ASSIGNEE_ID)),
            badges.field_access(|_| FieldAccess::all().lock(BadgeFields::HOLDER)),
            teams.field_access(|_| FieldAccess::all().lock(TeamFields::AGENTS)),
        ),
        Reason::Hidden => (
            tickets.field_access(|_| FieldAccess::all().hide(TicketFields::ASSIGNEE)),
            badges.field_access(|_| FieldAccess::all().hide(BadgeFields::HOLDER_ID)),
            teams.field_access(|_| FieldAccess::all().hide(TeamFields::AGENTS)),
        ),
        Reason::Methods => {
            (tickets.methods([Method::GET]), badges.methods([Method::GET]), teams.methods([Method::GET]))
        }
        Reason::Validation => (tickets.validate(unassigned), badges.validate(unheld), teams),
        _ => (tickets, badges, teams),
    };
    mounted((api, tickets, badges, teams))
}

/// Refuses whatever is said of the assignee.
fn unassigned(changes: &Changes<plain::Ticket>) -> Result<(), ValidationErrors> {
    refuse(changes.names().any(|name| name == "assignee_id"), "assignee_id")
}

/// Refuses whatever is said of the holder.
fn unheld(changes: &Changes<plain::Badge>) -> Result<(), ValidationErrors> {
    refuse(changes.json("holder_id").is_some(), "holder_id")
}

fn refuse(is_refused: bool, name: &str) -> Result<(), ValidationErrors> {
    if is_refused { Err(ValidationErrors::new().with(name, "stays as it is")) } else { Ok(()) }
}

/// Everything in the database, to be compared.
pub fn everything(server: &Server) -> Vec<String> {
    [
        "SELECT id AS value FROM agent ORDER BY id",
        "SELECT name AS value FROM agent ORDER BY id",
        "SELECT id AS value FROM ticket ORDER BY id",
        "SELECT title AS value FROM ticket ORDER BY id",
        "SELECT assignee_id AS value FROM ticket ORDER BY id",
        "SELECT id AS value FROM badge ORDER BY id",
        "SELECT code AS value FROM badge ORDER BY id",
        "SELECT holder_id AS value FROM badge ORDER BY id",
        "SELECT name AS value FROM team ORDER BY id",
        "SELECT agent_id AS value FROM membership ORDER BY agent_id, team_id",
        "SELECT team_id AS value FROM membership ORDER BY agent_id, team_id",
    ]
    .map(|sql| server.line(sql))
    .to_vec()
}

/// The desk, with row rules of tickets and teams.
pub fn ruled(tickets: fn() -> Filter<plain::Ticket>, teams: fn() -> Filter<plain::Team>) -> Server {
    Server::start(SCHEMA, move |services| {
        let (api, all_tickets, badges, all_teams) = of!(plain);
        let (tickets, teams) = (all_tickets.row_filter(move |_| tickets()), all_teams.row_filter(move |_| teams()));
        services.service(mounted((api, tickets, badges, teams)).scope());
    })
}
