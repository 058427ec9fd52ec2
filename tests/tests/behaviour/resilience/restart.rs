//! A server that goes away while clients write.

use std::time::{Duration, Instant};

use super::application::{Application, schema};
use super::clients::{self, Clients, Told};
use super::instance::Instance;

/// How long the application may need once the server is back.
const BACK: Duration = Duration::from_secs(1);

#[test]
fn loses_no_acknowledged_write_and_answers_again_at_once() {
    let Some(instance) = Instance::start() else {
        return crate::backends::skipped("PostgreSQL's server programs");
    };
    let application = Application::start(&instance.url(), schema("SERIAL PRIMARY KEY"));
    let clients = Clients::start(16, application.address);
    std::thread::sleep(Duration::from_secs(1));
    let mut restarts = Vec::new();
    for stop in [Instance::stop, Instance::crash] {
        stop(&instance);
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
