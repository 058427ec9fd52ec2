//! One target: inputs from a seed, each sent to a service, until the time is over.

use std::env;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use actix_web::rt::System;
use diesel::connection::SimpleConnection as _;
use fastrand::Rng;
use restless_actix::Mountable as _;
use restless_core::{Api, Database, Method, Pipeline, Request, Response};

use crate::models::{Article, Person, Profile, ROWS, TABLES, Tag};

/// How long an input may take, without optimisation and beside others.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest query string: actix-web lets no longer one through.
const LONGEST: usize = 65_535;

/// How many inputs one database is given: those that write make it grow.
const INPUTS: u64 = 2000;

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().and_then(|text| text.parse().ok())
}

/// Sends inputs of one kind for as long as it may, and asserts of each answer what holds of all.
#[track_caller]
pub fn run(input: impl Fn(&mut Rng) -> Request) {
    let seconds = number("RESTLESS_FUZZ_SECONDS").unwrap_or(1);
    let first = number("RESTLESS_SEED").unwrap_or_else(|| fastrand::u64(..1 << 48));
    println!("RESTLESS_SEED={first}");
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seeds = first..;
    let (mut good, mut bad) = (0, 0);
    while Instant::now() < end {
        let world = World::new();
        for seed in seeds.by_ref().take(usize::try_from(INPUTS).expect("few inputs")) {
            let mut request = input(&mut Rng::with_seed(seed));
            let mut lengths = (0..=request.query.len().min(LONGEST)).rev();
            request.query.truncate(lengths.find(|at| request.query.is_char_boundary(*at)).unwrap_or(0));
            let status = world.check(seed, &request);
            *(if status < 400 { &mut good } else { &mut bad }) += 1;
            if Instant::now() > end {
                break;
            }
        }
    }
    println!("{good} inputs were answered, {bad} refused");
    assert!(good > 0 && bad > 0, "the inputs are all alike: {good} were answered, {bad} refused");
}

/// How long it takes to refuse each of these requests.
#[track_caller]
pub fn refused(requests: impl IntoIterator<Item = Request>) -> Vec<(Duration, Request)> {
    let world = World::new();
    let requests = requests.into_iter().map(|request| {
        let (status, took) = world.ask(0, &request);
        assert!((400..500).contains(&status), "{status} for {}", shown(&request));
        (took, request)
    });
    requests.collect()
}

/// The newsroom in memory.
struct World {
    system: actix_web::rt::SystemRunner,
    service: Pipeline,
    database: Database,
}

impl World {
    fn new() -> Self {
        let system = System::new();
        let database = system.block_on(async {
            let database = Database::connect("sqlite::memory:").await.expect("a database");
            let schema = format!("{TABLES}{ROWS}");
            database.run(move |connection| connection.batch_execute(&schema)).await.expect("a valid schema");
            database
        });
        let methods = Method::ALL;
        let people = Person::api().methods(methods).allow_client_generated_ids();
        let articles = Article::api().methods(methods);
        let api = Api::new("")
            .allow_patch_many()
            .allow_delete_many()
            .allow_functions()
            .resource(people.allow_to_many_replacement().allow_delete_from_to_many_relationships())
            .resource(articles.allow_to_many_replacement().allow_delete_from_to_many_relationships())
            .resource(Profile::api())
            .resource(Tag::api());
        Self { system, service: Pipeline::of_api(api).expect("a service"), database }
    }

    /// Sends a request, which may not take long; gives the status of its answer.
    fn check(&self, seed: u64, request: &Request) -> u16 {
        let (status, took) = self.ask(seed, request);
        assert!(took < PATIENCE, "RESTLESS_SEED={seed}: {took:?} for {}", shown(request));
        status
    }

    /// Sends a request; gives the status of its answer and how long it took.
    fn ask(&self, seed: u64, request: &Request) -> (u16, Duration) {
        let start = Instant::now();
        let handle = || self.system.block_on(self.service.handle(&self.database, request));
        let answer = std::panic::catch_unwind(AssertUnwindSafe(handle));
        let took = start.elapsed();
        let Ok(answer) = answer else {
            panic!("RESTLESS_SEED={seed}: a panic, for {}", shown(request));
        };
        if let Err(reason) = judge(&answer) {
            panic!("RESTLESS_SEED={seed}: {reason}: {} for {}", shown(&answer), shown(request));
        }
        (answer.status, took)
    }
}

/// As much of something as a message shows.
fn shown(what: &impl std::fmt::Debug) -> String {
    format!("{what:?}").chars().take(3000).collect()
}

/// What is true of every answer.
fn judge(answer: &Response) -> Result<(), &'static str> {
    if answer.status >= 500 {
        return Err("the server's fault");
    }
    let document: serde_json::Value = match answer.body.as_slice() {
        [] => serde_json::Value::Null,
        body => serde_json::from_slice(body).map_err(|_| "no JSON")?,
    };
    if answer.header("content-type") == Some("application/json") {
        return judge_classic(answer, &document);
    }
    let errors = document["errors"].as_array().map_or(0, Vec::len);
    if answer.status >= 400 && errors == 0 {
        return Err("no errors");
    }
    if answer.status < 400 && errors > 0 {
        return Err("errors in an answer to a good request");
    }
    Ok(())
}

/// The same in the classic format.
fn judge_classic(answer: &Response, object: &serde_json::Value) -> Result<(), &'static str> {
    let members = object.as_object().ok_or("no object")?;
    let is_refusal = members.contains_key("message") || members.contains_key("validation_errors");
    match answer.status {
        404 if members.is_empty() => Ok(()),
        400.. if !is_refusal => Err("no message"),
        _ => Ok(()),
    }
}
