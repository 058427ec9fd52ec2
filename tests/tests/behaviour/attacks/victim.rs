//! A server in a process of its own, so that what it takes of the machine can be told.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use crate::server::Server;

/// What tells the process that it is the server.
const ROLE: &str = "RESTLESS_TEST_VICTIM";

/// What the process says before its address.
const GREETING: &str = "the victim listens at ";

/// A running process, which ends when this is dropped.
pub struct Victim {
    process: Child,
    pub address: SocketAddr,
}

/// Runs a test twice: in a process of its own it is the server that `serve` starts, here it is what `attack` does to it.
pub fn attack(test: &str, serve: fn() -> Server, attack: fn(&Victim)) {
    if env::var_os(ROLE).is_some() {
        let server = serve();
        println!("{GREETING}{}", server.address);
        // Whoever started it keeps its input open as long as it is needed.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        return;
    }
    attack(&Victim::start(test));
}

impl Victim {
    fn start(test: &str) -> Self {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(ROLE, "1");
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
        let said = BufReader::new(process.stdout.take().expect("its output")).lines();
        let mut said = said.map(|line| line.expect("text"));
        let address = said.find_map(|line| Some(line.split_once(GREETING)?.1.parse().expect("an address")));
        // Whatever it says later goes nowhere, and keeps nobody waiting.
        std::thread::spawn(move || said.for_each(drop));
        Self { process, address: address.expect("a server that starts") }
    }

    /// Its memory at the moment, in bytes.
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most memory that it has had since [`forget`](Self::forget), in bytes.
    pub fn peak(&self) -> u64 {
        self.status("VmHWM:")
    }

    /// Lets the peak begin anew.
    pub fn forget(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.process.id()), "5").expect("Linux");
    }

    fn status(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line with that name");
        let kilobytes = line.trim().strip_suffix(" kB").expect("kilobytes").parse::<u64>();
        kilobytes.expect("a number") * 1024
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
