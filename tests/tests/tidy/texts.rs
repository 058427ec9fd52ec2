//! What must not stand in the code, and what must.

use std::ops::RangeInclusive;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item};

use crate::report::Report;
use crate::sources::{self, SourceFile};
use crate::tokens::{self, Token};

/// Names that say nothing of what a file is about.
const FORBIDDEN_NAMES: [&str; 4] = ["utils.rs", "helpers.rs", "common.rs", "misc.rs"];

/// Tokens that no file may have, tests included.
const FORBIDDEN: [&[&str]; 4] = [&["todo", "!"], &["unimplemented", "!"], &["#", "[", "ignore"], &["unsafe"]];

/// Tokens that only tests may have.
const FORBIDDEN_OUTSIDE_TESTS: [&[&str]; 2] = [&[".", "unwrap", "("], &[".", "expect", "("]];

/// Where the core makes messages of what clients send; there `Shown` alone puts text into quotes, and cuts it.
const OF_CLIENTS: [&str; 8] =
    ["query/", "filter/", "operation/", "document/", "classic/", "value/", "error/", "json.rs"];

#[test]
fn text_of_clients_is_repeated_in_one_way() {
    let mut report = Report::default();
    for file in sources::code() {
        let is_of_clients = |path: &str| OF_CLIENTS.iter().any(|room| path.starts_with(room));
        if file.below("restless-core").is_some_and(is_of_clients) {
            let tests = tests(&file);
            let found = file.tokens().into_iter().filter(|token| token.text.contains(":?}"));
            for token in found.filter(|token| !tests.iter().any(|test| test.contains(&token.line))) {
                report.add(&file.path, token.line, token.text);
            }
        }
    }
    report.check("what a client sent stands in a message as `Shown`, which cuts it");
}

#[test]
fn every_file_says_what_it_is_about() {
    let mut report = Report::default();
    for file in sources::code() {
        let documented = file.syntax().attrs.iter().any(|attribute| attribute.path().is_ident("doc"));
        if !documented {
            report.add(&file.path, 1, "no `//!`");
        }
    }
    report.check("a source file begins with `//!`");
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    let mut report = Report::default();
    for file in sources::rust() {
        if FORBIDDEN_NAMES.contains(&file.name()) {
            report.add(&file.path, 1, "a function belongs to the noun it is about");
        }
    }
    report.check("no file is called utils, helpers, common or misc");
}

#[test]
fn nothing_is_left_undone_ignored_or_unsafe() {
    let mut report = Report::default();
    for file in sources::rust() {
        let tokens = file.tokens();
        for forbidden in FORBIDDEN {
            for line in lines(&tokens, forbidden) {
                report.add(&file.path, line, forbidden.concat());
            }
        }
    }
    report.check("no code is unfinished, ignored or unsafe");
}

#[test]
fn only_tests_unwrap() {
    let mut report = Report::default();
    for file in sources::code() {
        let tests = tests(&file);
        let tokens = file.tokens();
        for forbidden in FORBIDDEN_OUTSIDE_TESTS {
            for line in lines(&tokens, forbidden).filter(|line| !tests.iter().any(|test| test.contains(line))) {
                report.add(&file.path, line, forbidden.concat());
            }
        }
    }
    report.check("only a test may unwrap or expect");
}

#[test]
fn no_ceiling_is_lifted_by_an_attribute() {
    let mut report = Report::default();
    for file in sources::code() {
        let tokens = file.tokens();
        for found in tokens::find(&tokens, &["clippy", ":", ":"]) {
            let lint = tokens.get(found + 3).map_or("", |token| &token.text);
            if lint.starts_with("too_many") || lint == "cognitive_complexity" || lint == "excessive_nesting" {
                report.add(&file.path, tokens[found].line, lint);
            }
        }
    }
    report.check("a ceiling holds without exception");
}

#[test]
fn no_file_names_a_path_of_a_machine() {
    // Put together here, so that this file does not name them itself.
    let forbidden = ["work", "tmp", "root", "home"].map(|directory| format!("/{directory}"));
    let forbidden = forbidden.into_iter().chain([["..", "shared"].join("/")]);
    let forbidden: Vec<_> = forbidden.collect();
    let mut report = Report::default();
    for file in sources::tracked() {
        for (number, line) in (1..).zip(file.text.lines()) {
            // What stands behind the scheme of a URL is a user or a host.
            let line = line.replace("://", ":");
            for path in forbidden.iter().filter(|path| has_path(&line, path)) {
                report.add(&file.path, number, path);
            }
        }
    }
    report.check("no file names a path that only one machine has");
}

/// The lines on which the wanted tokens begin.
fn lines<'a>(tokens: &'a [Token], wanted: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
    tokens::find(tokens, wanted).map(|index| tokens[index].line)
}

/// Whether the line has the path as a whole, not as a part of another.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        !before.is_some_and(belongs_to_a_path) && !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

fn belongs_to_a_path(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-' | '}' | ']' | ')')
}

/// The lines of a file that are tests.
fn tests(file: &SourceFile) -> Vec<RangeInclusive<usize>> {
    if file.name() == "tests.rs" {
        return vec![1..=usize::MAX];
    }
    let mut tests = Tests::default();
    tests.visit_file(&file.syntax());
    tests.0
}

/// Finds the items that are compiled for tests alone.
#[derive(Default)]
struct Tests(Vec<RangeInclusive<usize>>);

impl<'ast> Visit<'ast> for Tests {
    fn visit_item(&mut self, item: &'ast Item) {
        if attributes(item).iter().any(is_for_tests) {
            let span = item.span();
            self.0.push(span.start().line..=span.end().line);
        }
        visit::visit_item(self, item);
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let is_cfg_test = || attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"));
    attribute.path().is_ident("test") || (attribute.path().is_ident("cfg") && is_cfg_test())
}
