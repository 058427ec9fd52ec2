//! Clients that write without pause, and remember what they were told.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::report::tell;

const JSON_API: &str = "application/vnd.api+json";

/// What one client was told of its notes, in their order.
pub struct Told {
    pub text: String,
    pub labels: usize,
    pub status: u16,
    /// Whether it may send the same again.
    pub is_to_retry: bool,
    /// The code of the error.
    pub code: Option<String>,
    pub at: Instant,
}

/// Clients at work.
pub struct Clients {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<Vec<Told>>>,
}

impl Clients {
    /// Lets a number of clients create notes, in turns with both labels, which takes several statements, and without.
    pub fn start(number: usize, address: SocketAddr) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let threads = (0..number).map(|client| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || write(client, address, &stop))
        });
        Self { threads: threads.collect(), stop }
    }

    /// Stops them and gives what they were told.
    pub fn stop(self) -> Vec<Told> {
        self.stop.store(true, Ordering::Relaxed);
        self.threads.into_iter().flat_map(|thread| thread.join().expect("a client that does not panic")).collect()
    }
}

fn write(client: usize, address: SocketAddr, stop: &AtomicBool) -> Vec<Told> {
    let agent = agent();
    let mut told = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let text = format!("{client} {}", told.len());
        let labels = if told.len() % 2 == 0 { 2 } else { 0 };
        let answer = create(&agent, address, (text, labels));
        if answer.status != 201 {
            std::thread::sleep(Duration::from_millis(20));
        }
        told.push(answer);
    }
    told
}

fn create(agent: &ureq::Agent, address: SocketAddr, (text, labels): (String, usize)) -> Told {
    let linkage: Vec<Value> = (1..=labels).map(|id| json!({"type": "label", "id": id.to_string()})).collect();
    let mut document = json!({"data": {"type": "note", "attributes": {"text": text}}});
    if labels > 0 {
        document["data"]["relationships"] = json!({"labels": {"data": linkage}});
    }
    let request = agent.post(format!("http://{address}/api/note")).content_type(JSON_API);
    let mut answer = request.send(document.to_string()).expect("an answer, whatever happens behind it");
    let status = answer.status().as_u16();
    let is_to_retry = answer.headers().contains_key("retry-after");
    let body: Value = answer.body_mut().read_to_string().expect("a body").parse().expect("a document");
    let code = body["errors"][0]["code"].as_str().map(str::to_owned);
    Told { text, labels, status, is_to_retry, code, at: Instant::now() }
}

pub fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.timeout_global(Some(Duration::from_secs(30))).build().into()
}

/// Compares what clients were told with what there is: no acknowledged note is missing, none is there twice or in part,
/// none is there whose client may send it again, and nobody was told that the server has failed.
pub fn check(address: SocketAddr, told: &[Told]) {
    let notes = notes(address);
    let acknowledged = told.iter().filter(|told| told.status == 201).count();
    assert!(acknowledged > 30, "only {acknowledged} writes were acknowledged");
    for Told { text, labels, status, is_to_retry, code, .. } in told {
        let found = notes.get(text);
        match (status, is_to_retry, code.as_deref()) {
            (201, false, None) => assert_eq!(found, Some(labels), "the acknowledged note {text:?} and its labels"),
            (503, true, None) | (409, false, None) => assert_eq!(found, None, "{text:?} is there, and may come again"),
            (503, false, Some("outcome_unknown")) => {
                assert!(found.is_none_or(|found| found == labels), "{text:?} is there in part: {found:?}");
            }
            _ => panic!("{text:?} was answered with {status}, {code:?}"),
        }
    }
    tell(&format!("of {} writes {}", told.len(), counted(told, &notes)));
    assert!(notes.len() <= told.len(), "there are {} notes, {} were sent", notes.len(), told.len());
}

/// How the writes went.
fn counted(told: &[Told], notes: &HashMap<String, usize>) -> String {
    let count = |what: &dyn Fn(&Told) -> bool| told.iter().filter(|told| what(told)).count();
    let is_unknown = |told: &Told| told.status == 503 && !told.is_to_retry;
    let unknown = count(&is_unknown);
    let done = count(&|told| is_unknown(told) && notes.contains_key(&told.text));
    let (acknowledged, refused) = (count(&|told| told.status == 201), count(&|told| told.is_to_retry));
    format!("{acknowledged} were acknowledged, {refused} not done, {unknown} unknown, of which {done} were done")
}

/// The number of labels of each note; a note that stands there twice fails.
fn notes(address: SocketAddr) -> HashMap<String, usize> {
    let mut notes = HashMap::new();
    let mut next = Some("/api/note?include=labels&fields[note]=text,labels&page[size]=100".to_owned());
    while let Some(path) = next {
        let mut answer = agent().get(format!("http://{address}{path}")).call().expect("an answer");
        let page: Value = answer.body_mut().read_to_string().expect("a body").parse().expect("a document");
        for note in page["data"].as_array().expect("a page of notes") {
            let text = note["attributes"]["text"].as_str().expect("a text").to_owned();
            let labels = note["relationships"]["labels"]["data"].as_array().map_or(0, Vec::len);
            assert_eq!(notes.insert(text, labels), None, "a note twice: {note}");
        }
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    notes
}
