//! A MariaDB server of a test's own.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::Connection as _;
use restless_actix::MysqlConnection;
use tempfile::TempDir;

use super::instance::{Restart, free_port, run, runs_as_root};

/// How long the server may take until it answers.
const START: Duration = Duration::from_secs(60);

/// A server with its files in a directory of its own. It stops when it is dropped.
pub struct MysqlInstance {
    directory: TempDir,
    port: u16,
    connections: usize,
    server: Option<Child>,
}

impl MysqlInstance {
    /// Makes a server and starts it; `None` if the programs for it are not on this machine.
    pub fn start() -> Option<Self> {
        Self::start_with(100)
    }

    /// The same of a server that takes so many connections.
    pub fn start_with(connections: usize) -> Option<Self> {
        Command::new("mariadb-install-db").arg("--help").output().ok()?;
        Command::new("mariadbd").arg("--version").output().ok()?;
        let directory = tempfile::tempdir().expect("a directory for the server");
        let mut instance = Self { directory, port: free_port(), connections, server: None };
        let data = instance.data();
        let mut install = Command::new("mariadb-install-db");
        install.args([
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            &data,
            &instance.temporary(),
        ]);
        run(as_owner(&mut install));
        instance.restart();
        Some(instance)
    }

    fn data(&self) -> String {
        format!("--datadir={}", self.directory.path().join("data").display())
    }

    /// Servers that are made at the same time would delete each other's temporary tables.
    fn temporary(&self) -> String {
        format!("--tmpdir={}", self.directory.path().display())
    }

    fn end(&mut self, signal: &str) {
        if let Some(mut server) = self.server.take() {
            run(Command::new("kill").args([signal, &server.id().to_string()]));
            server.wait().expect("a server that ends");
        }
    }
}

/// The user that the server runs as: it refuses root unless it is told.
fn as_owner(command: &mut Command) -> &mut Command {
    if runs_as_root() { command.arg("--user=root") } else { command }
}

impl Restart for MysqlInstance {
    fn url(&self) -> String {
        format!("mysql://root@127.0.0.1:{}/restless?prefer_socket=false", self.port)
    }

    fn restart(&mut self) {
        let (port, socket) = (self.port, self.directory.path().join("socket"));
        let mut server = Command::new("mariadbd");
        server.args([
            "--no-defaults",
            "--bind-address=127.0.0.1",
            &self.data(),
            &self.temporary(),
            &format!("--port={port}"),
        ]);
        server.arg(format!("--socket={}", socket.display())).arg(format!("--max-connections={}", self.connections));
        server.stdout(Stdio::null()).stderr(Stdio::null());
        self.server = Some(as_owner(&mut server).spawn().expect("a server that starts"));
        let began = Instant::now();
        let url = format!("mysql://root@127.0.0.1:{port}/?prefer_socket=false");
        loop {
            match MysqlConnection::establish(&url) {
                Ok(mut connection) => {
                    let create = "CREATE DATABASE IF NOT EXISTS restless";
                    diesel::connection::SimpleConnection::batch_execute(&mut connection, create).expect("a database");
                    return;
                }
                Err(error) if began.elapsed() > START => panic!("the server does not answer: {error}"),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    fn crash(&mut self) {
        self.end("-KILL");
    }

    fn stop(&mut self) {
        self.end("-TERM");
    }
}

impl Drop for MysqlInstance {
    fn drop(&mut self) {
        self.end("-KILL");
    }
}
