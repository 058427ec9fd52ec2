//! All cases, on the database that they were recorded on.

use std::collections::BTreeMap;

use super::case::{self, Case};
use super::{check, mount};

/// Recorded cases that are answered in another way, each with the reason.
const DEVIATIONS: [(&str, &str); 6] = [
    ("J18", "rows without the relation that is sorted by stay"),
    (
        "J21",
        "a collection has no parameter `group`: an unknown parameter is 400; groups are what the functions' endpoint has",
    ),
    ("J42", "a computed attribute is read-only, and a read-only attribute that is sent is 403"),
    ("J56", "a relationship is not written without a document: no body is 400, as an empty one was"),
    ("J62", "the resources of an Api stand under one prefix"),
    ("J73", "a resource type is one model: rows of one table do not divide into types"),
];

/// Sends the steps of a case to a server of its own; what differs is told.
fn replay(case: &Case) -> Result<(), String> {
    let server = mount::server(case).ok_or("nobody knows how this is mounted")?;
    case.steps.iter().enumerate().try_for_each(|(number, step)| {
        let answer = step.send(&server);
        check::check(&step.expect, &answer).map_err(|difference| {
            format!("step {number}, {} {}: {difference}\n{} {}", step.method(), step.path(), answer.status, answer.body)
        })
    })
}

#[test]
fn json_api_cases_are_answered_as_recorded() {
    let cases = case::all();
    let of_json_api: Vec<&Case> = cases.iter().filter(|case| case.format == "json_api").collect();
    let failed: BTreeMap<&str, String> =
        of_json_api.iter().filter_map(|case| Some((case.id.as_str(), replay(case).err()?))).collect();
    let deviating: BTreeMap<&str, &str> = DEVIATIONS.into_iter().collect();
    println!(
        "{} recorded cases of JSON:API: {} answered as recorded, {} not; {} of the classic format, which is not served yet",
        of_json_api.len(),
        of_json_api.len() - failed.len(),
        failed.len(),
        cases.len() - of_json_api.len()
    );
    for (id, reason) in &deviating {
        println!("  {id}: {reason}");
    }
    let unexpected: Vec<String> = failed
        .iter()
        .filter(|(id, _)| !deviating.contains_key(*id))
        .map(|(id, difference)| format!("{id}: {difference}"))
        .collect();
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n\n"));
    for id in deviating.keys() {
        assert!(failed.contains_key(id), "{id} is answered as recorded and is no deviation");
    }
}
