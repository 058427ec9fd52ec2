//! Measures restless against a server written by hand, on one database in one run, and says where it is too slow.

mod agreement;
mod comparison;
mod load;
mod server;
mod settings;
mod workload;

use std::error::Error;
use std::process::ExitCode;

use tempfile::TempDir;
use throughput::database::{Database, NAME};

use crate::comparison::Comparison;
use crate::load::Load;
use crate::server::Server;
use crate::settings::Settings;
use crate::workload::Workload;

/// The two that are compared, in the order in which they are everywhere.
type Pair<T> = [T; 2];

const NAMES: Pair<&str> = ["hand-written", "restless-server"];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let settings = Settings::read()?;
    let workloads = workload::chosen(&settings.workloads);
    let database = Database::create()?;
    let servers = [Server::start(NAMES[0], database.url())?, Server::start(NAMES[1], database.url())?];

    agreement::check(&workloads, &servers, &database)?;
    eprintln!("{NAME}: both servers give the same answers");
    let comparisons = measure(&workloads, &servers, &Bench { database: &database, settings: &settings })?;

    println!("{NAME}, {settings}:\n");
    comparison::print(&comparisons);
    Ok(if comparisons.iter().all(Comparison::is_met) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What every measurement is made with.
struct Bench<'a> {
    database: &'a Database,
    settings: &'a Settings,
}

/// Warms both servers up, then loads them in turn, round after round.
fn measure(
    workloads: &[&'static Workload],
    servers: &Pair<Server>,
    bench: &Bench<'_>,
) -> Result<Vec<Comparison>, Box<dyn Error>> {
    let directory = TempDir::with_prefix("restless-throughput-")?;
    let mut comparisons = Vec::new();
    for workload in workloads {
        let load = Load::new(workload, directory.path())?;
        for server in servers {
            load.run(server, bench.settings.connections, 1)?;
            bench.database.reset()?;
        }
        comparisons.push((Comparison::new(workload), load));
    }
    for round in 0..bench.settings.rounds {
        for (comparison, load) in &mut comparisons {
            // Whoever is first in one round is second in the next.
            for place in [round % 2, (round + 1) % 2] {
                let sample = load.run(&servers[place], bench.settings.connections, bench.settings.duration)?;
                comparison.add(place, sample);
                bench.database.reset()?;
            }
        }
        eprintln!("round {} of {}", round + 1, bench.settings.rounds);
    }
    Ok(comparisons.into_iter().map(|(comparison, _)| comparison).collect())
}
