//! How much is measured. The environment chooses.

use std::error::Error;
use std::str::FromStr;
use std::{env, fmt};

/// How much is measured.
pub struct Settings {
    /// `ROUNDS`: how often each server is loaded with each workload.
    pub rounds: usize,
    /// `DURATION`: the seconds of each load.
    pub duration: u32,
    /// `CONNECTIONS`: how many clients there are at once.
    pub connections: u32,
    /// `WORKLOADS`: the names of what is measured, such as `W1,W5`; nothing means everything.
    pub workloads: String,
}

impl Settings {
    /// The settings of this run.
    pub fn read() -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            rounds: number("ROUNDS", 3)?,
            duration: number("DURATION", 4)?,
            connections: number("CONNECTIONS", 32)?,
            workloads: env::var("WORKLOADS").unwrap_or_default(),
        })
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rounds, duration, connections, .. } = self;
        write!(formatter, "medians of {rounds} rounds of {duration} s, {connections} connections")
    }
}

fn number<N: FromStr>(name: &str, usual: N) -> Result<N, Box<dyn Error>> {
    match env::var(name) {
        Ok(text) => text.parse().map_err(|_| format!("{name} has to be a number, not {text:?}").into()),
        Err(_) => Ok(usual),
    }
}
