//! Who may know what: the edges between the crates, and around the places that alone do something.

use crate::report::Report;
use crate::sources::{self, SourceFile};

/// The core knows no web framework and no token stream; the derive names neither the core's types nor the adapter; the
/// adapter leaves the database to the core; the table of keys has none of them. Names are compared as far as they are written here.
const FORBIDDEN_CRATES: [(&str, &[&str]); 4] = [
    ("restless-settings", &["actix", "diesel", "restless_core", "restless_derive", "std"]),
    ("restless-core", &["actix", "axum", "http", "hyper", "proc_macro", "quote", "syn"]),
    ("restless-derive", &["actix", "restless_actix", "restless_core"]),
    ("restless-actix", &["diesel", "proc_macro", "quote", "syn"]),
];

/// The one file that knows a web framework: its traits can be implemented for the core's errors nowhere else. It is there for
/// the adapter alone, which enables its feature.
const FRAMEWORK: (&str, &str) = ("restless-core/src/actix.rs", "actix-web");

/// How a statement is run. Diesel's own names for it, so that no other module of the core does it unseen.
const WAYS_TO_RUN_A_STATEMENT: [&str; 7] = [
    "LoadConnection",
    "RunQueryDsl",
    "SimpleConnection",
    "AsyncConnectionCore",
    "execute_returning_count",
    "batch_execute",
    "sql_query",
];

#[test]
fn no_crate_knows_what_is_not_its_business() {
    let mut report = Report::default();
    for (member, forbidden) in FORBIDDEN_CRATES {
        for file in sources::rust_below(&format!("{member}/src")) {
            for (root, line) in roots(&file) {
                let is_framework = file.path == FRAMEWORK.0 && root == FRAMEWORK.1.replace('-', "_");
                if !is_framework && forbidden.iter().any(|name| is_of(&root, name)) {
                    report.add(&file.path, line, &root);
                }
            }
        }
    }
    report.check("a crate names no crate that is not its business");
}

#[test]
fn no_crate_depends_on_what_is_not_its_business() {
    let mut report = Report::default();
    for (member, forbidden) in FORBIDDEN_CRATES {
        let path = format!("{member}/Cargo.toml");
        let text = sources::text(&path);
        let optional = format!("{} = {{ workspace = true, optional = true }}", FRAMEWORK.1);
        let has_optional = FRAMEWORK.0.starts_with(member) && text.contains(&optional);
        for (line, name) in dependencies(&text) {
            let is_framework = has_optional && name == FRAMEWORK.1;
            if !is_framework && forbidden.iter().any(|forbidden| is_of(&name, forbidden)) {
                report.add(&path, line, name);
            }
        }
    }
    report.check("a crate depends on no crate that is not its business");
}

#[test]
fn only_the_backend_runs_statements() {
    let mut report = Report::default();
    for file in sources::rust_below("restless-core/src") {
        if file.below("restless-core").is_some_and(|path| path.starts_with("backend/")) {
            continue;
        }
        for token in file.tokens() {
            if WAYS_TO_RUN_A_STATEMENT.contains(&token.text.as_str()) {
                report.add(&file.path, token.line, token.text);
            }
        }
    }
    report.check("only backend/ runs a statement");
}

/// The names with which paths begin, `a` of `a::b::c` and of `::a::b`.
fn roots(file: &SourceFile) -> Vec<(String, usize)> {
    let tokens = file.tokens();
    let text = |index: Option<usize>| index.and_then(|index| tokens.get(index)).map_or("", |token| &token.text);
    let is_separator = |index: Option<usize>| text(index) == ":" && text(index.map(|index| index + 1)) == ":";
    let is_root = |index: usize| {
        let goes_on = is_separator(Some(index + 1));
        let follows = is_separator(index.checked_sub(2)) && is_name(text(index.checked_sub(3)));
        goes_on && !follows
    };
    let found = tokens.iter().enumerate().filter(|(index, token)| is_name(&token.text) && is_root(*index));
    found.map(|(_, token)| (token.text.clone(), token.line)).collect()
}

/// Whether a token is a name, as it may stand before `::`.
fn is_name(text: &str) -> bool {
    let is_keyword = matches!(text, "use" | "return" | "as" | "in" | "dyn" | "impl" | "mut" | "for");
    text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') && !is_keyword
}

/// Whether a crate is the forbidden one or of its family: `actix_web` is of `actix`, `httpdate` is not of `http`.
fn is_of(name: &str, forbidden: &str) -> bool {
    let name = name.replace('-', "_");
    name == forbidden || name.strip_prefix(forbidden).is_some_and(|rest| rest.starts_with('_'))
}

/// The names of a manifest's `[dependencies]`, those of tests left out.
fn dependencies(manifest: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut is_inside = false;
    for (number, line) in (1..).zip(manifest.lines()) {
        if line.starts_with('[') {
            is_inside = line == "[dependencies]";
        } else if is_inside && !line.trim().is_empty() && !line.starts_with('#') {
            let end = line.find(['.', '=', ' ']).unwrap_or(line.len());
            names.push((number, line[..end].to_owned()));
        }
    }
    names
}
