//! Lints that every member has.

use crate::report::Report;
use crate::sources;

#[test]
fn every_member_has_the_lints_of_the_workspace() {
    let mut report = Report::default();
    for path in members().iter().map(|member| format!("{member}/Cargo.toml")) {
        let manifest = sources::text(&path);
        let lines: Vec<&str> = manifest.lines().map(str::trim).collect();
        let is_table = lines.windows(2).any(|pair| pair == ["[lints]", "workspace = true"]);
        if !is_table && !lines.contains(&"lints.workspace = true") {
            report.add(&path, 1, "no `[lints] workspace = true`");
        }
    }
    report.check("every member has the lints of the workspace");
}

#[test]
fn every_exception_has_its_reason() {
    let mut report = Report::default();
    let manifest = sources::text("Cargo.toml");
    let lines: Vec<&str> = manifest.lines().collect();
    for (index, pair) in lines.windows(2).enumerate() {
        if pair[1].ends_with("= \"allow\"") && !pair[0].starts_with('#') {
            report.add("Cargo.toml", index + 2, pair[1]);
        }
    }
    report.check("a lint that is allowed has its reason in the line above");
}

/// The directories of the workspace's members.
fn members() -> Vec<String> {
    let manifest = sources::text("Cargo.toml");
    let (_, rest) = manifest.split_once("members = [").expect("Cargo.toml names the members");
    let (list, _) = rest.split_once(']').expect("the list of members ends");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
