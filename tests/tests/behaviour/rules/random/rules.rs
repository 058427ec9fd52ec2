//! What a client may do, by chance.

use fastrand::Rng;
use restless_actix::prelude::*;

/// The models of the desk, with the members that can be locked.
pub const MODELS: [(&str, &[&str]); 4] = [
    ("agent", &["name", "tenant", "assigned", "reported", "badge", "teams"]),
    ("ticket", &["name", "tenant", "reporter", "assignee"]),
    ("badge", &["name", "tenant", "agent"]),
    ("team", &["name", "tenant", "members"]),
];

/// The rules of all models.
#[derive(Debug, Clone)]
pub struct Rules(Vec<ModelRules>);

/// The rules of one model.
#[derive(Debug, Clone)]
pub struct ModelRules {
    model: &'static str,
    pub methods: Vec<Method>,
    /// Whether the client sees the rows of the tenant 1 alone.
    pub is_confined: bool,
    locked: Vec<&'static str>,
    pub has_hooks: bool,
    /// Whether validation finds fault with references to the agent 2.
    pub refuses_agent_2: bool,
    /// Whether members may be replaced.
    pub replaces: bool,
    /// Whether members may be removed.
    pub removes: bool,
}

impl Rules {
    /// Any rules.
    pub fn random(random: &mut Rng) -> Self {
        Self(MODELS.iter().map(|(model, members)| ModelRules::random(random, model, members)).collect())
    }

    /// Other rules for a server that runs: methods and settings stay.
    pub fn next(&self, random: &mut Rng) -> Self {
        let keep = |(rules, (model, members)): (&ModelRules, &(&'static str, &[&'static str]))| ModelRules {
            methods: rules.methods.clone(),
            has_hooks: rules.has_hooks,
            replaces: rules.replaces,
            removes: rules.removes,
            ..ModelRules::random(random, model, members)
        };
        Self(self.0.iter().zip(&MODELS).map(keep).collect())
    }

    /// Those of a model.
    pub fn of(&self, model: &str) -> &ModelRules {
        self.0.iter().find(|rules| rules.model == model).expect("a model of the desk")
    }
}

impl ModelRules {
    fn random(random: &mut Rng, model: &'static str, members: &[&'static str]) -> Self {
        let mut methods = vec![Method::GET];
        methods.extend([Method::POST, Method::PATCH, Method::DELETE].into_iter().filter(|_| random.u8(..5) > 0));
        Self {
            model,
            methods,
            is_confined: random.bool(),
            locked: members.iter().copied().filter(|_| random.u8(..7) == 0).collect(),
            has_hooks: random.bool(),
            refuses_agent_2: random.u8(..3) == 0,
            replaces: random.u8(..4) > 0,
            removes: random.u8(..4) > 0,
        }
    }

    /// Whether the client may use the method.
    pub fn may(&self, method: Method) -> bool {
        self.methods.contains(&method)
    }

    /// Whether a member cannot be written.
    pub fn locks(&self, member: &str) -> bool {
        self.locked.contains(&member)
    }

    /// Whether the hooks refuse to change or delete a row.
    pub fn refuses_row(&self, id: &str) -> bool {
        self.has_hooks && id.parse().is_ok_and(|id: i64| id % 3 == 0)
    }

    /// Whether the hooks refuse a new row.
    pub fn refuses_new(&self, name: Option<&str>) -> bool {
        self.has_hooks && name.is_some_and(|name| name.starts_with('x'))
    }
}
