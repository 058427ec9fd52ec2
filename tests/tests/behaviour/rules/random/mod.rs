//! Random writes under random rules: what plain Rust does not allow has not happened, whatever the way.

mod desk;
mod oracle;
mod rows;
mod rules;
mod ways;

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::{Arc, PoisonError, RwLock};
use std::{env, thread};

use fastrand::Rng;
use restless_actix::DatabaseConnection;

use self::oracle::Oracle;
use self::rows::Rows;
use self::rules::Rules;
use self::ways::{Way, Write};
use crate::client::Answer;
use crate::server::Server;

/// How many servers there are with methods and settings of their own, and how many requests each is sent.
/// `RESTLESS_TEST_CASES` has other numbers of requests.
const SERVERS: u64 = 10;
const CASES: u64 = 1000;

/// After so many requests there are other rules, and the rows of the beginning.
const ROUND: u64 = 20;

/// How often a way has changed something, and how often it was refused.
type Tally = BTreeMap<Way, [u64; 2]>;

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().and_then(|text| text.parse().ok())
}

/// A server under attack.
struct Attack {
    seed: u64,
    random: Rng,
    shared: desk::Shared,
    server: Server,
    connection: DatabaseConnection,
    rows: Rows,
}

impl Attack {
    fn start(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let shared = Arc::new(RwLock::new(Rules::random(&mut random)));
        let server = desk::start(&shared);
        let connection = server.connection();
        Self { seed, random, shared, server, connection, rows: Rows::default() }
    }

    fn rules(&self) -> Rules {
        self.shared.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Other rules, and the rows of the beginning.
    fn begin_anew(&mut self) {
        let next = self.rules().next(&mut self.random);
        *self.shared.write().unwrap_or_else(PoisonError::into_inner) = next;
        self.server.execute(desk::ROWS);
        self.rows = Rows::read(&self.server, &mut self.connection);
    }

    /// Sends a request, and compares the rows with what may have become of them.
    fn send(&mut self, tally: &mut Tally) {
        let write = Write::random(&mut self.random);
        let request = self.server.request(write.method, &write.path).header("Accept", write.media_type);
        let request = match &write.body {
            Some(body) => request.header("Content-Type", write.media_type).body(body.to_string()),
            None => request,
        };
        let answer = request.send_to_anyone();
        let after = Rows::read(&self.server, &mut self.connection);
        self.check(&write, &answer, &after);
        let has_changed = self.rows != after;
        let counts = tally.entry(write.way).or_default();
        counts[0] += u64::from(has_changed);
        counts[1] += u64::from(answer.status >= 400);
        self.rows = after;
    }

    fn check(&self, write: &Write, answer: &Answer, after: &Rows) {
        let rules = self.rules();
        let oracle = Oracle { rules: &rules, before: &self.rows, after };
        let context =
            || format!("RESTLESS_SEED={}\n{write:?}\n{} {}\n{rules:#?}", self.seed, answer.status, answer.body);
        let differences = self.rows.until(after);
        assert!(answer.status < 500, "{}", context());
        assert!(answer.status < 300 || differences.is_empty(), "refused, and done: {differences:?}\n{}", context());
        for difference in &differences {
            if let Err(reason) = oracle.allows(difference) {
                panic!("{reason}: {difference:?}\n{}", context());
            }
        }
    }
}

fn attack(seed: u64, cases: u64) -> Tally {
    let mut attack = Attack::start(seed);
    let mut tally = Tally::new();
    for case in 0..cases {
        if case % ROUND == 0 {
            attack.begin_anew();
        }
        attack.send(&mut tally);
    }
    tally
}

/// Attacks servers side by side, each with a seed of its own.
fn attack_all(seeds: Range<u64>, cases: u64) -> Tally {
    let mut tally = Tally::new();
    thread::scope(|scope| {
        let attacks: Vec<_> = seeds.map(|seed| scope.spawn(move || attack(seed, cases))).collect();
        for attack in attacks {
            let found = attack.join().unwrap_or_else(|panic| resume_unwind(panic));
            for (way, [changed, refused]) in found {
                let counts = tally.entry(way).or_default();
                counts[0] += changed;
                counts[1] += refused;
            }
        }
    });
    tally
}

#[test]
fn change_nothing_that_the_rules_do_not_allow() {
    let cases = number("RESTLESS_TEST_CASES").unwrap_or(CASES);
    let tally = match number("RESTLESS_SEED") {
        Some(seed) => attack(seed, cases),
        None => attack_all(0..SERVERS, cases),
    };
    println!("ways, with how often they changed something and were refused: {tally:?}");
    for way in Way::ALL.into_iter().filter(|_| cases >= CASES && number("RESTLESS_SEED").is_none()) {
        let [changed, refused] = tally.get(&way).copied().unwrap_or_default();
        assert!(changed > 10 && refused > 10, "{way:?}: {changed} changes, {refused} refusals");
    }
}
