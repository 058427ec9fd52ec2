//! A PostgreSQL server of a test's own.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

/// A server with its files in a directory of its own. It stops when it is dropped.
pub struct Instance {
    programs: PathBuf,
    directory: TempDir,
    port: u16,
    /// The greatest number of connections.
    connections: usize,
}

/// A server that goes away and comes back.
pub trait Restart {
    fn url(&self) -> String;

    /// Starts the server and waits until it answers.
    fn restart(&mut self);

    /// Stops the server at once, as if the machine had lost its power.
    fn crash(&mut self);

    /// Stops the server as an administrator would, in the middle of what clients do.
    fn stop(&mut self);
}

impl Restart for Instance {
    fn url(&self) -> String {
        Instance::url(self)
    }

    fn restart(&mut self) {
        self.run();
    }

    fn crash(&mut self) {
        self.program("pg_ctl", &["stop", "--mode=immediate", "--silent"]);
    }

    fn stop(&mut self) {
        self.program("pg_ctl", &["stop", "--mode=fast", "--silent"]);
    }
}

impl Instance {
    /// Makes a server and starts it; `None` if the programs for it are not on this machine.
    pub fn start() -> Option<Self> {
        Self::start_with(100)
    }

    /// The same of a server that takes so many connections.
    pub fn start_with(connections: usize) -> Option<Self> {
        let programs = programs()?;
        let directory = tempfile::tempdir().expect("a directory for the server");
        let port = free_port();
        let instance = Self { programs, directory, port, connections };
        if runs_as_root() {
            run(Command::new("chown").arg("postgres").arg(instance.directory.path()));
        }
        instance.program("initdb", &["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"]);
        instance.run();
        Some(instance)
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The same server by its Unix socket.
    pub fn socket_url(&self) -> String {
        format!("postgres://postgres@/postgres?host={}&port={}", self.directory.path().display(), self.port)
    }

    /// Lets clients encrypt what they send, with that certificate and its key.
    pub fn encrypt(&self, certificate: &Path, key: &Path) {
        let data = self.directory.path().join("data");
        for (from, name) in [(certificate, "server.crt"), (key, "server.key")] {
            let file = data.join(name);
            std::fs::copy(from, &file).expect("a copy");
            run(Command::new("chmod").arg("600").arg(&file));
            if runs_as_root() {
                run(Command::new("chown").arg("postgres").arg(&file));
            }
        }
        let mut settings = OpenOptions::new().append(true).open(data.join("postgresql.conf")).expect("settings");
        writeln!(settings, "ssl = on").expect("a line");
        self.program("pg_ctl", &["reload", "--silent"]);
        // The server is told, and does it by and by.
        std::thread::sleep(Duration::from_millis(500));
    }

    fn run(&self) {
        let sockets = self.directory.path().display();
        let (port, connections) = (self.port, self.connections);
        let listen = format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{sockets}'");
        let options = format!("{listen} -c max_connections={connections}");
        let log = self.directory.path().join("log").display().to_string();
        self.program("pg_ctl", &["start", "--wait", "--silent", "--log", &log, "--options", &options]);
    }

    fn program(&self, name: &str, arguments: &[&str]) {
        let data = self.directory.path().join("data");
        run(as_owner(&self.programs.join(name)).args(arguments).arg("--pgdata").arg(data));
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let data = self.directory.path().join("data");
        let mut stop = as_owner(&self.programs.join("pg_ctl"));
        // It may be stopped already.
        let _ = stop.args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(data).status();
    }
}

/// Where the programs of the server are: on the path, or where those of a server are that is running.
fn programs() -> Option<PathBuf> {
    let search = "command -v initdb || ps -C postgres -o args= | grep /bin/postgres";
    let output = Command::new("sh").args(["-c", search]).output().ok()?;
    let found = String::from_utf8(output.stdout).ok()?;
    Path::new(found.split_whitespace().next()?).parent().map(Path::to_path_buf)
}

/// The server refuses to run as root; there the user that it was installed with runs it.
fn as_owner(program: &Path) -> Command {
    if !runs_as_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}

pub fn runs_as_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("the user's number");
    output.stdout.starts_with(b"0\n")
}

pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

pub fn run(command: &mut Command) {
    let output = command.current_dir("/").output().expect("a program that starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
