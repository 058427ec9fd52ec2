//! One spelling for each command: README, the justfile and `.ci/run` say the same.

use crate::report::Report;
use crate::sources;

#[test]
fn readme_has_one_command_to_run_and_one_to_test() {
    assert_eq!(readme("cargo run"), ["cargo run -p quickstart"]);
    assert_eq!(readme("cargo test").len(), 1, "README.md names one command to test");
}

#[test]
fn the_commands_of_readme_are_those_of_ci_and_of_the_justfile() {
    let mut report = Report::default();
    for (path, start) in [(".ci/run", "cargo test"), ("justfile", "cargo test"), ("justfile", "cargo run")] {
        let text = sources::text(path);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for command in readme(start).iter().filter(|command| !lines.contains(&command.as_str())) {
            report.add(path, 1, format_args!("no line `{command}`"));
        }
    }
    report.check("a command of README stands alone on a line");
}

/// The commands in README's blocks of code that begin with these words.
fn readme(start: &str) -> Vec<String> {
    let text = sources::text("README.md");
    let blocks = text.split("```").skip(1).step_by(2);
    let lines = blocks.flat_map(str::lines).map(str::trim);
    lines.filter(|line| line.starts_with(start)).map(str::to_owned).collect()
}
