//! A help desk: models with every kind of relationship, mounted by rules that change while the server runs.

use std::sync::{Arc, PoisonError, RwLock};

use diesel::prelude::*;
use restless_actix::prelude::*;

use super::rules::{ModelRules, Rules};
use crate::server::Server;

diesel::table! {
    agent (id) {
        id -> Integer,
        name -> Text,
        tenant -> Integer,
    }
}

diesel::table! {
    ticket (id) {
        id -> Integer,
        name -> Text,
        tenant -> Integer,
        reporter_id -> Integer,
        assignee_id -> Nullable<Integer>,
    }
}

diesel::table! {
    badge (id) {
        id -> Integer,
        name -> Text,
        tenant -> Integer,
        agent_id -> Nullable<Integer>,
    }
}

diesel::table! {
    team (id) {
        id -> Integer,
        name -> Text,
        tenant -> Integer,
    }
}

diesel::table! {
    team_agent (team_id, agent_id) {
        team_id -> Integer,
        agent_id -> Integer,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = agent)]
#[restless(
    has_many(assigned: Ticket, foreign_key = ticket::assignee_id),
    has_many(reported: Ticket, foreign_key = ticket::reporter_id, on_delete = "cascade"),
    has_one(badge: Badge, foreign_key = badge::agent_id),
    many_to_many(teams: Team, through = team_agent, foreign_key = agent_id, target_key = team_id)
)]
pub struct Agent {
    pub id: i32,
    pub name: String,
    pub tenant: i32,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = ticket)]
#[restless(belongs_to(reporter: Agent, foreign_key = reporter_id), belongs_to(assignee: Agent, foreign_key = assignee_id))]
pub struct Ticket {
    pub id: i32,
    pub name: String,
    pub tenant: i32,
    pub reporter_id: i32,
    pub assignee_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = badge)]
#[restless(belongs_to(agent: Agent, foreign_key = agent_id))]
pub struct Badge {
    pub id: i32,
    pub name: String,
    pub tenant: i32,
    pub agent_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = team)]
#[restless(many_to_many(members: Agent, through = team_agent, foreign_key = team_id, target_key = agent_id))]
pub struct Team {
    pub id: i32,
    pub name: String,
    pub tenant: i32,
}

const TABLES: &str = "
    CREATE TABLE agent (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL DEFAULT 'none', tenant INTEGER NOT NULL DEFAULT 1);
    CREATE TABLE ticket (
        id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL DEFAULT 'none', tenant INTEGER NOT NULL DEFAULT 1,
        reporter_id INTEGER NOT NULL REFERENCES agent (id),
        assignee_id INTEGER REFERENCES agent (id) ON DELETE SET NULL);
    CREATE TABLE badge (
        id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL DEFAULT 'none', tenant INTEGER NOT NULL DEFAULT 1,
        agent_id INTEGER REFERENCES agent (id) ON DELETE SET NULL);
    CREATE TABLE team (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL DEFAULT 'none', tenant INTEGER NOT NULL DEFAULT 1);
    CREATE TABLE team_agent (
        team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
        agent_id INTEGER NOT NULL REFERENCES agent (id) ON DELETE CASCADE, PRIMARY KEY (team_id, agent_id));
";

/// Makes the rows what they are at the beginning: three of each kind belong to the tenant 1.
pub const ROWS: &str = "
    DELETE FROM team_agent; DELETE FROM badge; DELETE FROM ticket; DELETE FROM team; DELETE FROM agent;
    INSERT INTO agent (id, name, tenant) VALUES (1, 'a1', 1), (2, 'a2', 1), (3, 'a3', 1), (4, 'a4', 2), (5, 'a5', 1);
    INSERT INTO ticket (id, name, tenant, reporter_id, assignee_id) VALUES
        (1, 't1', 1, 1, 1), (2, 't2', 1, 1, 2), (3, 't3', 1, 2, NULL), (4, 't4', 2, 1, 1), (5, 't5', 1, 4, 4), (6, 't6', 2, 4, 2);
    INSERT INTO badge (id, name, tenant, agent_id) VALUES
        (1, 'b1', 1, 1), (2, 'b2', 1, NULL), (3, 'b3', 1, 3), (4, 'b4', 2, NULL), (5, 'b5', 2, 4);
    INSERT INTO team (id, name, tenant) VALUES (1, 'm1', 1), (2, 'm2', 1), (3, 'm3', 1), (4, 'm4', 2);
    INSERT INTO team_agent (team_id, agent_id) VALUES (1, 1), (1, 2), (2, 1), (2, 4), (4, 1), (4, 4);
";

/// The rules of the requests to come.
pub type Shared = Arc<RwLock<Rules>>;

/// What the rules say of a model.
fn of(shared: &Shared, model: &str) -> ModelRules {
    shared.read().unwrap_or_else(PoisonError::into_inner).of(model).clone()
}

/// Refuses what the rules say.
struct Guard {
    model: &'static str,
    shared: Shared,
}

impl Guard {
    fn check_row(&self, id: &str) -> Result<(), Error> {
        if of(&self.shared, self.model).refuses_row(id) { Err(Error::forbidden("not this row")) } else { Ok(()) }
    }

    fn check_new(&self, name: Option<&str>) -> Result<(), Error> {
        if of(&self.shared, self.model).refuses_new(name) {
            return Err(Error::forbidden("not that name"));
        }
        Ok(())
    }
}

/// The hooks of a model, and how it is mounted.
macro_rules! guarded {
    ($model:ident, $fields:ident, $name:literal, $mount:ident, [$($member:literal => $constant:ident),*], [$($foreign_key:ident),*]) => {
        impl Processor<$model> for Guard {
            async fn before_post_resource(&self, _: &Context, changes: &mut Changes<$model>) -> Result<(), Error> {
                self.check_new(changes.get($fields::NAME).value().as_deref())
            }

            async fn before_patch_resource(
                &self,
                _: &Context,
                id: &mut String,
                _: &mut Changes<$model>,
            ) -> Result<(), Error> {
                self.check_row(id)
            }

            async fn before_delete_resource(
                &self,
                _: &Context,
                id: &mut String,
                _: Option<&Row<$model>>,
            ) -> Result<(), Error> {
                self.check_row(id)
            }

            async fn before_patch_relationship(
                &self,
                _: &Context,
                relation: &mut Relation,
                _: &mut Members,
            ) -> Result<(), Error> {
                self.check_row(&relation.id)
            }
        }

        fn $mount(shared: &Shared) -> restless_actix::ResourceApi<$model> {
            let rules = of(shared, $name);
            let (rows, members, values) = (Arc::clone(shared), Arc::clone(shared), Arc::clone(shared));
            let seen = move |_: &Context| match of(&rows, $name).is_confined {
                true => $fields::TENANT.eq(1),
                false => Filter::all([]),
            };
            let locked = move |_: &Context| {
                let rules = of(&members, $name);
                let mut fields = FieldAccess::all();
                $(if rules.locks($member) { fields = fields.lock($fields::$constant); })*
                fields
            };
            let valid = move |changes: &Changes<$model>| {
                let _ = changes;
                let rules = of(&values, $name);
                let refused = [$(changes.get($fields::$foreign_key).value()),*].contains(&Some(2));
                match rules.refuses_agent_2 && refused {
                    true => Err(ValidationErrors::new().with("name", "not this agent")),
                    false => Ok(()),
                }
            };
            let api = $model::api().methods(rules.methods.clone()).row_filter(seen).field_access(locked).validate(valid);
            let api = if rules.has_hooks { api.processor(Guard { model: $name, shared: Arc::clone(shared) }) } else { api };
            let api = if rules.replaces { api.allow_to_many_replacement() } else { api };
            if rules.removes { api.allow_delete_from_to_many_relationships() } else { api }
        }
    };
}

guarded!(Agent, AgentFields, "agent", agents, [
    "name" => NAME, "tenant" => TENANT, "assigned" => ASSIGNED, "reported" => REPORTED, "badge" => BADGE, "teams" => TEAMS
], []);
guarded!(Ticket, TicketFields, "ticket", tickets, [
    "name" => NAME, "tenant" => TENANT, "reporter" => REPORTER, "assignee" => ASSIGNEE
], [ASSIGNEE_ID]);
guarded!(Badge, BadgeFields, "badge", badges, ["name" => NAME, "tenant" => TENANT, "agent" => AGENT], [AGENT_ID]);
guarded!(Team, TeamFields, "team", teams, ["name" => NAME, "tenant" => TENANT, "members" => MEMBERS], []);

/// The desk, mounted by these rules. Methods and settings stay as they are at the start.
pub fn start(shared: &Shared) -> Server {
    let shared = Arc::clone(shared);
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let api = Api::new("/api").allow_client_generated_ids().allow_patch_many().allow_delete_many();
        let api = api.resource(agents(&shared)).resource(tickets(&shared));
        services.service(api.resource(badges(&shared)).resource(teams(&shared)).scope());
    })
}
