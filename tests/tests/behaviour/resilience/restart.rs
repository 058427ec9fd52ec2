//! A server that goes away while clients write.

use std::time::{Duration, Instant};

use super::application::{Application, schema};
use super::clients::{self, Clients, Told};
use super::instance::{Instance, Restart};
use super::mysql_instance::MysqlInstance;

/// How long the application may need once the server is back.
const BACK: Duration = Duration::from_secs(1);

/// How often the server goes away, by turns as an administrator would have it and as if the power had failed.
const ROUNDS: usize = 6;

#[test]
fn of_postgres_loses_no_acknowledged_write_and_answers_again_at_once() {
    match Instance::start() {
        Some(instance) => restart_while_writing(instance, "SERIAL PRIMARY KEY"),
        None => crate::backends::skipped("PostgreSQL's server programs"),
    }
}

#[test]
fn of_mysql_loses_no_acknowledged_write_and_answers_again_at_once() {
    match MysqlInstance::start() {
        Some(instance) => restart_while_writing(instance, "INTEGER AUTO_INCREMENT PRIMARY KEY"),
        None => crate::backends::skipped("MariaDB's server programs"),
    }
}

fn restart_while_writing(mut instance: impl Restart, key: &str) {
    let application = Application::start(&instance.url(), schema(key));
    let clients = Clients::start(24, application.address);
    std::thread::sleep(Duration::from_secs(1));
    let mut restarts = Vec::new();
    for round in 0..ROUNDS {
        if round % 2 == 0 {
            instance.stop()
        } else {
            instance.crash()
        }
        std::thread::sleep(Duration::from_millis(300));
        instance.restart();
        restarts.push(Instant::now());
        std::thread::sleep(Duration::from_millis(1500));
    }
    let told = clients.stop();
    clients::check(application.address, &told);
    assert!(told.iter().any(|told| told.status == 503), "nobody has noticed that the server was away");
    for restart in restarts {
        let back = first_success_after(&told, restart);
        assert!(back <= BACK, "it took {back:?} until a write succeeded again");
    }
}

fn first_success_after(told: &[Told], moment: Instant) -> Duration {
    let successes = told.iter().filter(|told| told.status == 201 && told.at > moment);
    successes.map(|told| told.at - moment).min().expect("a write after the restart")
}
