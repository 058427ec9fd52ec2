//! The load, which wrk makes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fastrand::Rng;

use crate::server::Server;
use crate::workload::Workload;

/// How many different requests are sent, again and again. Each row is updated several times in a round of them, to other
/// values each time: SQLite writes nothing where a row has its new values already.
const REQUESTS: usize = 50_000;

/// What wrk sends for one workload.
pub struct Load {
    script: PathBuf,
    requests: PathBuf,
    name: &'static str,
}

/// What came of a load.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Requests a second.
    pub rate: f64,
    /// Milliseconds that one request of a hundred takes longer than.
    pub p99: f64,
    /// Microseconds that the server computes for a request; not a number where the system does not tell.
    pub cpu: f64,
}

impl Load {
    /// Writes script and requests into the directory.
    pub fn new(workload: &Workload, directory: &Path) -> Result<Self, Box<dyn Error>> {
        let script = directory.join("load.lua");
        fs::write(&script, include_str!("load.lua"))?;
        let requests = directory.join(workload.name);
        let mut rng = Rng::with_seed(2);
        let lines = (0..REQUESTS).map(|_| {
            let request = (workload.request)(&mut rng);
            format!("{}\t{}\t{}\n", request.method, request.path, request.body)
        });
        fs::write(&requests, lines.collect::<String>())?;
        Ok(Self { script, requests, name: workload.name })
    }

    /// Sends requests for some seconds.
    ///
    /// Fails if one of them does not succeed.
    pub fn run(&self, server: &Server, connections: u32, seconds: u32) -> Result<Sample, Box<dyn Error>> {
        let mut command = Command::new("wrk");
        command.args(["--threads=1", "--timeout=10s", "--script"]).arg(&self.script);
        command.arg(format!("--connections={connections}")).arg(format!("--duration={seconds}s"));
        let before = server.cpu();
        let output = command.arg(&server.address).arg("--").arg(&self.requests).output()?;
        let cpu = server.cpu().zip(before).map(|(after, before)| after - before);
        let text = String::from_utf8_lossy(&output.stdout);
        let result = text.lines().find_map(|line| line.strip_prefix("result "));
        let sample = result.and_then(|line| parse(line, cpu));
        sample.ok_or_else(|| {
            let errors = String::from_utf8_lossy(&output.stderr);
            format!("{} has failed at {}:\n{text}{errors}", self.name, server.address).into()
        })
    }
}

/// Reads the line that the script prints: requests, microseconds, the slowest of a hundred in microseconds, and how many
/// have failed.
fn parse(line: &str, cpu: Option<u64>) -> Option<Sample> {
    let numbers: Result<Vec<u32>, _> = line.split(' ').map(str::parse).collect();
    let [requests, duration, p99, 0] = *numbers.ok()? else {
        return None;
    };
    let (requests, duration, p99) = (f64::from(requests), f64::from(duration), f64::from(p99));
    let cpu = cpu.and_then(|ticks| u32::try_from(ticks).ok()).map_or(f64::NAN, f64::from);
    Some(Sample { rate: requests * 1e6 / duration, p99: p99 / 1e3, cpu: cpu * 1e4 / requests })
}
