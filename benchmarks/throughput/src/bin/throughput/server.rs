//! A server of this package, running.

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// A server that runs as long as this value lives.
pub struct Server {
    process: Child,
    /// Where it listens: scheme, host and port.
    pub address: String,
}

impl Server {
    /// Starts the program of that name beside this one, and waits until it listens.
    pub fn start(name: &str, database_url: &str) -> Result<Self, Box<dyn Error>> {
        let program = env::current_exe()?.with_file_name(name);
        let mut process = Command::new(program).env("DATABASE_URL", database_url).stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("the server has no output")?;
        let mut server = Self { process, address: String::new() };
        BufReader::new(output).read_line(&mut server.address)?;
        server.address.truncate(server.address.trim_end().len());
        if server.address.is_empty() {
            return Err(format!("{name} did not start").into());
        }
        Ok(server)
    }

    /// The hundredths of a second that all of its threads have computed; `None` where the system does not tell.
    pub fn cpu(&self) -> Option<u64> {
        let statistics = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        // The name stands in parentheses and may hold anything; after it, the times are the twelfth and the next field.
        let (_, fields) = statistics.rsplit_once(") ")?;
        let times = fields.split(' ').skip(11).take(2).map(str::parse::<u64>);
        times.sum::<Result<_, _>>().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
