//! The files of `ui/`.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

/// What is accepted; every other directory is a class of mistakes.
const ACCEPTED: &str = "pass";

/// A file that is compiled by itself.
pub(crate) struct Case {
    /// From the directory of the package, with slashes and without its extension, as in `ui/keys/given_twice`.
    name: String,
}

impl Case {
    /// The file as messages name it.
    pub(crate) fn shown(&self) -> String {
        format!("{}.rs", self.name)
    }

    pub(crate) fn source(&self) -> PathBuf {
        package().join(self.shown())
    }

    /// The file that holds what the compiler is to say.
    pub(crate) fn expectation(&self) -> PathBuf {
        package().join(format!("{}.stderr", self.name))
    }

    /// A name for what is built of it.
    pub(crate) fn crate_name(&self) -> String {
        self.name.replace('/', "_")
    }
}

pub(crate) fn mistakes() -> Vec<Case> {
    let classes = entries(&package().join("ui")).into_iter().filter(|directory| !directory.ends_with(ACCEPTED));
    named(classes.flat_map(|directory| entries(&directory)), "rs")
}

pub(crate) fn accepted() -> Vec<Case> {
    named(entries(&package().join("ui").join(ACCEPTED)).into_iter(), "rs")
}

/// A case for each expectation, whether its file is there or not.
pub(crate) fn expectations() -> Vec<Case> {
    named(entries(&package().join("ui")).iter().flat_map(|directory| entries(directory)), "stderr")
}

/// Checks the cases on as many threads as there are processors; fails with everything that is wrong with any.
pub(crate) fn check(cases: &[Case], is_right: impl Fn(&Case) -> Result<(), String> + Sync) {
    assert!(!cases.is_empty(), "no case found below ui");
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(failure) = is_right(case) {
                failures.lock().expect("a list").push(format!("{}: {failure}", case.shown()));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().expect("a list");
    assert!(failures.is_empty(), "{} of {} cases\n\n{}", failures.len(), cases.len(), failures.join("\n\n"));
}

/// The directory of the package that cargo runs the test for, wherever it was compiled.
pub(crate) fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

fn named(files: impl Iterator<Item = PathBuf>, extension: &str) -> Vec<Case> {
    let files = files.filter(|file| file.extension().is_some_and(|found| found == extension));
    files.map(|file| Case { name: name(&file) }).collect()
}

fn name(file: &Path) -> String {
    let file = file.with_extension("");
    let parts = file.strip_prefix(package()).expect("a file of the package").iter();
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The files and directories of a directory, in the order of their names; none of a file.
fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
