//! Documents that name files which exist, and leave none out.

use crate::report::Report;
use crate::sources;

const ARCHITECTURE: &str = "ARCHITECTURE.md";

/// The directory of the reasons, a page for each.
const DECISIONS: &str = "docs/decisions/";

#[test]
fn every_path_that_architecture_and_decisions_name_exists() {
    let mut report = Report::default();
    let about_code = |path: &str| path == ARCHITECTURE || path.starts_with(DECISIONS);
    for file in sources::tracked().iter().filter(|file| about_code(&file.path)) {
        for (number, line) in (1..).zip(file.text.lines()) {
            for path in line.split('`').skip(1).step_by(2).filter(|path| is_path(path)) {
                if !sources::exists(path) {
                    report.add(&file.path, number, path);
                }
            }
        }
    }
    report.check("every path exists");
}

#[test]
fn architecture_links_every_decision() {
    let text = sources::text(ARCHITECTURE);
    let mut report = Report::default();
    for file in sources::tracked().iter().filter(|file| file.path.starts_with(DECISIONS)) {
        let title = file.text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
        if !text.contains(&format!("* [{title}]({})\n", file.path)) {
            report.add(ARCHITECTURE, 1, &file.path);
        }
    }
    report.check("the list of decisions names each page by its title");
}

#[test]
fn architecture_names_every_module() {
    let text = sources::text(ARCHITECTURE);
    let mut missing: Vec<_> = sources::code().iter().filter_map(|file| module(&file.path)).collect();
    missing.retain(|module| !text.contains(&format!("`{module}`")));
    missing.dedup();
    let mut report = Report::default();
    for module in missing {
        report.add(ARCHITECTURE, 1, format_args!("`{module}` is not in the map"));
    }
    report.check("the map names every module");
}

#[test]
fn the_documents_are_there() {
    let mut report = Report::default();
    for path in [
        "README.md",
        ARCHITECTURE,
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "justfile",
        ".ci/run",
    ] {
        if !sources::exists(path) {
            report.add(path, 1, "missing");
        }
    }
    report.check("the repository has the documents that a user looks for");
}

/// The first page is an introduction; the reference is below `docs/`.
#[test]
fn readme_is_short() {
    let lines = sources::text("README.md").lines().count();
    assert!(lines <= 200, "README.md has {lines} lines");
}

#[test]
fn every_link_between_documents_leads_to_a_file() {
    let mut report = Report::default();
    for file in sources::tracked().iter().filter(|file| matches!(file.path.rsplit_once('.'), Some((_, "md")))) {
        let directory = file.path.rsplit_once('/').map_or("", |(directory, _)| directory);
        for (number, line) in (1..).zip(file.text.lines()) {
            for link in links(line).filter(|link| !sources::exists(&format!("./{directory}/{link}"))) {
                report.add(&file.path, number, link);
            }
        }
    }
    report.check("a link leads to a file of the repository");
}

/// The files that the links of a line name, without those elsewhere and those within the page.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    targets.filter_map(|target| target.split('#').next())
}

/// A test of behaviour that the documentation names, `processors::moments::of_the_api_come_first`, is one.
#[test]
fn every_test_that_the_documentation_names_exists() {
    let mut report = Report::default();
    for (path, least) in [("docs/hooks.md", 40), ("docs/migration.md", 30)] {
        let mut found = 0;
        for (number, line) in sources::text(path).lines().enumerate() {
            for name in line.split('`').skip(1).step_by(2).filter(|text| is_test(text)) {
                found += 1;
                if !is_there(name) {
                    report.add(path, number + 1, format_args!("`{name}`"));
                }
            }
        }
        assert!(found > least, "{path} names tests");
    }
    report.check("a test that the documentation names is one of tests/tests/behaviour");
}

fn is_test(text: &str) -> bool {
    text.matches("::").count() == 2 && text.chars().all(|letter| letter.is_ascii_lowercase() || "_:".contains(letter))
}

fn is_there(name: &str) -> bool {
    let Some((module, function)) = name.rsplit_once("::") else {
        return false;
    };
    let path = format!("tests/tests/behaviour/{}.rs", module.replace("::", "/"));
    sources::exists(&path) && sources::text(&path).contains(&format!("#[test]\nfn {function}()"))
}

/// Whether the words between two backticks are a path of the repository: they have a slash within and no space.
fn is_path(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/');
    let is_media_type = text.starts_with("application/");
    text.contains('/') && !text.starts_with('/') && !is_media_type && text.chars().all(is_letter)
}

/// The module directly below a crate that a file belongs to, as the map names it: a file, or a directory with a slash.
fn module(path: &str) -> Option<String> {
    let (member, below) = path.split_once("/src/")?;
    if below == "lib.rs" || member.starts_with("examples/") {
        return None;
    }
    match below.split_once('/') {
        Some((directory, _)) => Some(format!("{member}/src/{directory}/")),
        None => Some(path.to_owned()),
    }
}
