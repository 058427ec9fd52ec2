//! Random questions about random rows: the answers are what plain Rust finds in the same rows in memory.

mod formula;
mod order;
mod world;

use std::env;

use actix_web::web::ServiceConfig;
use fastrand::Rng;
use restless_actix::prelude::*;

use self::formula::Formula;
use self::order::Order;
use self::world::World;
use super::encode;
use super::newsroom::{self, Article, Person, Profile, Tag};
use crate::server::Server;

/// How many sets of rows there are, and how many questions are asked of each. `RESTLESS_TEST_CASES` has other questions.
const WORLDS: u64 = 5;
const CASES: u64 = 70;

/// A question, and how it is asked.
struct Case {
    collection: &'static str,
    filters: Vec<(Formula, Form)>,
    order: Order,
    size: usize,
}

/// How a filter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Object,
    Brackets,
}

impl Case {
    fn random(random: &mut Rng) -> Self {
        let collection = world::COLLECTIONS[random.usize(..world::COLLECTIONS.len())];
        let mut names = Vec::new();
        let filters = (0..random.usize(..3)).map(|_| {
            let formula = Formula::random(random, collection);
            // A parameter stands once.
            let name = formula.brackets().map(|(name, _)| name).filter(|name| random.bool() && !names.contains(name));
            let form = if name.is_some() { Form::Brackets } else { Form::Object };
            names.extend(name);
            (formula, form)
        });
        let filters = filters.collect();
        Self { collection, filters, order: Order::random(random, collection), size: random.usize(1..=9) }
    }

    fn path(&self) -> String {
        let mut parameters = vec![format!("page[size]={}", self.size)];
        let (objects, others): (Vec<_>, Vec<_>) = self.filters.iter().partition(|(_, form)| *form == Form::Object);
        let objects: Vec<_> = objects.into_iter().map(|(filter, _)| filter.object()).collect();
        if !objects.is_empty() {
            parameters.push(format!("filter[objects]={}", encode(&serde_json::Value::from(objects).to_string())));
        }
        let others = others.into_iter().filter_map(|(filter, _)| filter.brackets());
        parameters.extend(others.map(|(name, value)| format!("{}={}", encode(&name), encode(&value))));
        parameters.extend(self.order.parameters());
        format!("/api/{}?{}", self.collection, parameters.join("&"))
    }

    fn expected(&self, world: &World) -> Vec<String> {
        let rows = world.rows(self.collection);
        let passes = |row: &&world::Row| self.filters.iter().all(|(filter, _)| filter.holds(world, row) == Some(true));
        let mut rows: Vec<&world::Row> = rows.iter().filter(passes).collect();
        self.order.sort(world, &mut rows);
        rows.iter().map(|row| row.id.to_string()).collect()
    }
}

/// The ids on all pages, one after the other, and the totals that they tell.
fn walk(server: &Server, path: &str) -> (Vec<String>, Vec<u64>) {
    let (mut ids, mut totals, mut next) = (Vec::new(), Vec::new(), Some(path.to_owned()));
    while let Some(link) = next {
        let answer = server.get(&link);
        ids.extend(answer.ids().split_whitespace().map(str::to_owned));
        let document = answer.json();
        totals.push(document["meta"]["total"].as_u64().expect("a total"));
        next = document["links"]["next"].as_str().map(str::to_owned);
        assert!(totals.len() < 100, "the pages have no end: {path}");
    }
    totals.dedup();
    (ids, totals)
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().and_then(|text| text.parse().ok())
}

/// The newsroom, of which more may be asked than is usual.
fn mount(services: &mut ServiceConfig) {
    let limits = Limits { max_to_many_path_length: 4, ..Limits::DEFAULT };
    let api = Api::new("/api").resource(Person::api().limits(limits)).resource(Profile::api().limits(limits));
    let api = api.resource(Article::api().limits(limits)).resource(Tag::api().limits(limits));
    services.service(api.scope());
}

fn compare(seed: u64, cases: u64) {
    let mut random = Rng::with_seed(seed);
    let world = World::random(&mut random);
    let server = Server::start(&format!("{}{}", newsroom::TABLES, world.sql()), mount);
    let mut met = 0;
    for case in 0..cases {
        let case_of_world = Case::random(&mut random);
        let (path, expected) = (case_of_world.path(), case_of_world.expected(&world));
        let (ids, totals) = walk(&server, &path);
        let context = format!("RESTLESS_SEED={seed}, case {case}: {path}\n{}", world.sql());
        assert_eq!(ids, expected, "{context}");
        assert_eq!(totals, [expected.len() as u64], "{context}");
        met += usize::from(!expected.is_empty() && expected.len() < world.rows(case_of_world.collection).len());
    }
    println!("{met} of {cases} questions of seed {seed} kept some of the rows");
}

#[test]
fn answers_what_plain_rust_finds() {
    let cases = number("RESTLESS_TEST_CASES").unwrap_or(CASES);
    match number("RESTLESS_SEED") {
        Some(seed) => compare(seed, cases),
        None => (0..WORLDS).for_each(|seed| compare(seed, cases)),
    }
}
