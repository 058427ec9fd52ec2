//! A slow statement beside quick ones.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::application::{Application, schema};
use super::clients::agent;
use super::instance::Instance;
use crate::backends;

/// What one read of a hundred may take while another takes two seconds.
const PATIENCE: Duration = Duration::from_millis(20);

/// How often the measurement is made, at least once of which it has to hold: a machine that is busy with other things
/// spoils some of them. On a busy one reads may be as slow as they are without the slow statement.
const ROUNDS: usize = 4;

const SLOW: &str = "CREATE VIEW slow_note AS SELECT id, text || pg_sleep(2)::text AS text FROM note;
    INSERT INTO note (text) VALUES ('one');";

#[test]
fn does_not_hold_up_the_reads_of_single_rows() {
    let Some(instance) = Instance::start() else {
        return backends::skipped("PostgreSQL's server programs");
    };
    let application = Application::start(&instance.url(), schema("SERIAL PRIMARY KEY"));
    application.execute(SLOW);
    for path in ["/api/slow_note", "/api/slow_note/1"] {
        let measured: Vec<_> = (0..ROUNDS).map(|_| measure(path, application.address)).collect();
        let is_quick = |(beside, alone): &(Duration, Duration)| *beside < PATIENCE || *beside < 2 * *alone;
        assert!(measured.iter().any(is_quick), "beside {path}, and alone, one read of a hundred took {measured:?}");
    }
}

/// What one read of a hundred takes beside a slow statement, and what it takes without one.
fn measure(path: &str, address: SocketAddr) -> (Duration, Duration) {
    let beside = slowest_of_a_hundred(address, || {
        let began = Instant::now();
        let answer = agent().get(format!("http://{address}{path}")).call().expect("an answer");
        assert_eq!(answer.status(), 200);
        assert!(began.elapsed() >= Duration::from_secs(2), "the slow statement took {:?}", began.elapsed());
    });
    (beside, slowest_of_a_hundred(address, || std::thread::sleep(Duration::from_secs(1))))
}

/// The time that one of a hundred reads takes at least, while four clients read and something else goes on.
fn slowest_of_a_hundred(address: SocketAddr, meanwhile: impl FnOnce()) -> Duration {
    let is_over = AtomicBool::new(false);
    let mut times = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(|| read_until(&is_over, address))).collect();
        meanwhile();
        is_over.store(true, Ordering::Relaxed);
        readers.into_iter().flat_map(|reader| reader.join().expect("a reader")).collect::<Vec<_>>()
    });
    times.sort_unstable();
    times[times.len() * 99 / 100]
}

fn read_until(is_over: &AtomicBool, address: SocketAddr) -> Vec<Duration> {
    let agent = agent();
    let mut times = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let began = Instant::now();
        let answer = agent.get(format!("http://{address}/api/note/1")).call().expect("an answer");
        assert_eq!(answer.status(), 200);
        times.push(began.elapsed());
    }
    times
}
