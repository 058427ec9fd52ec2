//! The files of the workspace.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::tokens::{self, Token};

/// The members whose code is measured.
const MEMBERS: [&str; 4] = ["restless-settings", "restless-core", "restless-derive", "restless-actix"];

/// A file of the workspace.
pub(crate) struct SourceFile {
    /// The path from the root of the workspace, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    /// The file as Rust.
    pub(crate) fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    /// The file's tokens in their order, comments left out.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        tokens::flatten(self.text.parse().unwrap_or_else(|error| panic!("{}: {error}", self.path)))
    }

    /// The name of the file without its directories.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether the file is a document for users.
    pub(crate) fn is_reference(&self) -> bool {
        self.path == "README.md" || self.path.starts_with("docs/")
    }

    /// The path below the `src` directory of a member, if the file is there.
    pub(crate) fn below(&self, member: &str) -> Option<&str> {
        self.path.strip_prefix(member)?.strip_prefix("/src/")
    }
}

/// The Rust files of the crates that users depend on, and of the examples.
pub(crate) fn code() -> Vec<SourceFile> {
    let files = tracked().into_iter().filter(|file| is_code(&file.path));
    let files: Vec<_> = files.collect();
    assert!(!files.is_empty(), "no source file found");
    files
}

/// Every Rust file, those of the tests too.
pub(crate) fn rust() -> Vec<SourceFile> {
    tracked().into_iter().filter(|file| is_rust(&file.path)).collect()
}

/// The Rust files below a directory.
pub(crate) fn rust_below(directory: &str) -> Vec<SourceFile> {
    rust().into_iter().filter(|file| file.path.starts_with(&format!("{directory}/"))).collect()
}

/// Every file that belongs to the repository and is text.
pub(crate) fn tracked() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&root(), &mut paths);
    paths.sort();
    paths.iter().filter_map(|path| read(path)).collect()
}

/// A file by its path from the root of the workspace.
#[track_caller]
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Writes a file anew.
#[track_caller]
pub(crate) fn write(path: &str, text: &str) {
    fs::write(root().join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// Whether the workspace has a file or a directory of that path.
pub(crate) fn exists(path: &str) -> bool {
    root().join(path).exists()
}

/// The root of the workspace that cargo runs the test for, wherever it was compiled.
fn root() -> PathBuf {
    let member = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&member).join("..")
}

fn is_code(path: &str) -> bool {
    let is_member = MEMBERS.iter().any(|member| path.starts_with(&format!("{member}/src/")));
    is_rust(path) && (is_member || path.starts_with("examples/"))
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// The files below a directory, without what builds and runs leave behind.
fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // In a further working tree of the repository `.git` is a file.
        if matches!(name.as_str(), ".git" | "target") {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths);
        } else if path.is_file() && !name.contains(".db") {
            paths.push(path);
        }
    }
}

fn read(path: &Path) -> Option<SourceFile> {
    let text = fs::read_to_string(path).ok()?;
    let relative = path.strip_prefix(root()).ok()?;
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    Some(SourceFile { path: parts.join("/"), text })
}
