//! The compiler, with the crates that cargo has built for the tests.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::cases::{self, Case};

/// The crates that a case may use.
const CRATES: [&str; 5] = ["restless_actix", "diesel", "chrono", "serde", "serde_json"];

/// As wide as the expected messages are.
const WIDTH: &str = "--diagnostic-width=140";

/// Knows where the crates are that cases use.
pub(crate) struct Compiler {
    /// `--extern` for each crate, and where those are that they use.
    crates: Vec<OsString>,
    output: TempDir,
}

impl Compiler {
    /// Asks cargo what it has built for this test. It builds what is missing, which is nothing unless a file has changed since.
    pub(crate) fn find() -> Self {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let arguments = ["test", "--workspace", "--test", "compile", "--no-run", "--quiet", "--message-format=json"];
        // Build scripts are told who calls them, and some run again when it is another one.
        for (name, _) in env::vars_os().filter(|(name, _)| is_of_a_package(&name.to_string_lossy())) {
            cargo.env_remove(name);
        }
        let told = cargo.args(arguments).current_dir(cases::package()).output().expect("cargo");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let libraries: Vec<_> = lines(&told.stdout).filter_map(|message| library(&message)).collect();
        let output = tempfile::tempdir().expect("a directory");
        Self { crates: CRATES.iter().flat_map(|name| used(name, &libraries)).collect(), output }
    }

    /// Looks for mistakes.
    pub(crate) fn check(&self, case: &Case) -> Output {
        self.command(case).arg("--emit=metadata").output().expect("the compiler")
    }

    /// Makes a program.
    pub(crate) fn build(&self, case: &Case) -> (PathBuf, Output) {
        let said = self.command(case).arg("--emit=link").output().expect("the compiler");
        (self.output.path().join(case.crate_name()), said)
    }

    /// As cargo calls it: from the root of the workspace, so that it finds the files which the crates were built of.
    fn command(&self, case: &Case) -> Command {
        let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        command.current_dir(cases::package().join("..")).arg("tests".to_owned() + "/" + &case.shown());
        command.args(["--edition=2024", "--crate-type=bin", "--error-format=json", "--verbose", WIDTH, "--crate-name"]);
        command.env("CARGO_MANIFEST_DIR", cases::package()).env("CARGO_CRATE_NAME", case.crate_name());
        command.arg(case.crate_name()).arg("--out-dir").arg(self.output.path()).args(&self.crates);
        command
    }
}

/// Whether a variable tells cargo's programs which package they are of.
fn is_of_a_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_") || variable.starts_with("CARGO_MANIFEST_")
}

pub(crate) fn has_accepted(said: &Output) -> bool {
    said.status.success()
}

/// What a program has told, one message a line.
pub(crate) fn lines(told: &[u8]) -> impl Iterator<Item = Value> {
    told.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

/// The name of a crate that was built, and its file.
fn library(message: &Value) -> Option<(String, PathBuf)> {
    let name = message["target"]["name"].as_str()?;
    let files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
    let file = files.map(PathBuf::from).find(|file| file.extension().is_some_and(|found| found == "rlib"))?;
    Some((name.to_owned(), file))
}

fn used(name: &str, libraries: &[(String, PathBuf)]) -> [OsString; 4] {
    let found = libraries.iter().find(|(found, _)| found == name);
    let (_, file) = found.unwrap_or_else(|| panic!("cargo has built no {name}"));
    let directory = file.parent().expect("a directory").as_os_str();
    let [mut dependencies, mut library] = [OsString::from("dependency="), OsString::from(format!("{name}="))];
    dependencies.push(directory);
    library.push(file);
    ["-L".into(), dependencies, "--extern".into(), library]
}
