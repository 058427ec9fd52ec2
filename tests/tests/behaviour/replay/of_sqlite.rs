//! All cases, on the database that they were recorded on.

use std::collections::BTreeMap;

use super::case::{self, Case};
use super::{check, classic, json_api};
use crate::report;
use crate::server::Server;

/// Recorded cases of JSON:API that are answered in another way, each with the reason.
const OF_JSON_API: [(&str, &str); 6] = [
    ("J10", "a body in application/json is one of the classic format: the document is read as such, and refused"),
    ("J18", "rows without the relation that is sorted by stay"),
    (
        "J21",
        "a collection has no parameter `group`: an unknown parameter is 400; groups are what the functions' endpoint has",
    ),
    ("J42", "a computed attribute is read-only, and a read-only attribute that is sent is 403"),
    ("J56", "no body and an empty one are the same on the wire: both are 400, of which the case has the second alone"),
    ("J73", "a resource type is one model: rows of one table do not divide into types, which nothing orders"),
];

/// The same of the classic format.
const OF_CLASSIC: [(&str, &str); 1] =
    [("C18", "a field called `id` that is not the key is refused by the derive, and a key is one column")];

/// Sends the steps of a case to a server of its own; what differs is told.
fn replay(case: &Case, mount: fn(&Case) -> Option<Server>) -> Result<(), String> {
    let server = mount(case).ok_or("nobody knows how this is mounted")?;
    case.steps.iter().enumerate().try_for_each(|(number, step)| {
        let answer = step.send(&server);
        check::check(step, &answer).map_err(|difference| {
            format!("step {number}, {} {}: {difference}\n{} {}", step.method(), step.path(), answer.status, answer.body)
        })
    })
}

/// Replays every case of a format; those that deviate are told, and no others may.
fn replay_all(format: &str, mount: fn(&Case) -> Option<Server>, deviating: &[(&str, &str)]) {
    let cases: Vec<Case> = case::all().into_iter().filter(|case| case.format == format).collect();
    let failed: BTreeMap<&str, String> =
        cases.iter().filter_map(|case| Some((case.id.as_str(), replay(case, mount).err()?))).collect();
    let (all, failures) = (cases.len(), failed.len());
    let kept = all - failures;
    let listed = deviating.iter().map(|(id, reason)| format!("\n  {id}: {reason}"));
    let listed: String = listed.collect();
    report::tell(&format!("{all} recorded cases of {format}: {kept} answered as recorded, {failures} not{listed}"));
    let is_listed = |id: &str| deviating.iter().any(|(listed, _)| *listed == id);
    let unexpected = failed.iter().filter(|(id, _)| !is_listed(id));
    let unexpected: Vec<String> = unexpected.map(|(id, difference)| format!("{id}: {difference}")).collect();
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n\n"));
    for (id, _) in deviating {
        assert!(failed.contains_key(id), "{id} is answered as recorded and is no deviation");
    }
}

#[test]
fn json_api_cases_are_answered_as_recorded() {
    replay_all("json_api", json_api::server, &OF_JSON_API);
}

#[test]
fn classic_cases_are_answered_as_recorded() {
    replay_all("classic", classic::server, &OF_CLASSIC);
}
