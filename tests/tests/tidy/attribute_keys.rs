//! Every key of `#[restless(...)]` has its row in README, a behaviour test that uses it, and a mistake in `ui/`.

use std::collections::HashMap;

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprLit, ExprStruct, ItemConst, Lit, Member};

use crate::report::Report;
use crate::sources::{self, SourceFile};
use crate::tokens::{self, Token};

const ATTRIBUTES: &str = "restless-derive/src/attr";

/// A key as the derive knows it.
struct AttributeKey {
    name: String,
    path: String,
    line: usize,
}

#[test]
fn every_attribute_key_has_a_row_in_readme() {
    let readme = sources::text("README.md");
    let rows: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("| `")).collect();
    check("a row in README.md", |key| {
        rows.iter().any(|row| row.strip_prefix(&*key.name).is_some_and(|rest| !rest.starts_with(is_of_a_name)))
    });
}

#[test]
fn every_attribute_key_has_a_behaviour_test() {
    let used = used(&sources::rust_below("tests/tests/behaviour"));
    check("a model with it below tests/tests/behaviour", |key| used.contains(&key.name));
}

#[test]
fn every_attribute_key_has_a_mistake_in_ui() {
    let mut files = sources::rust_below("tests/ui");
    files.retain(|file| !file.path.starts_with("tests/ui/pass/"));
    let used = used(&files);
    check("a mistake with it below tests/ui", |key| used.contains(&key.name));
}

#[test]
fn readme_has_no_row_for_a_key_that_is_not_there() {
    let keys = keys();
    let readme = sources::text("README.md");
    let (_, rest) = readme.split_once("## Attributes").expect("README has a section \"Attributes\"");
    let section = rest.split("\n## ").next().unwrap_or_default();
    for row in section.lines().filter_map(|line| line.strip_prefix("| `")) {
        let end = row.find(|letter| !is_of_a_name(letter)).unwrap_or(row.len());
        assert!(keys.iter().any(|key| key.name == row[..end]), "README.md has a row for `{}`", &row[..end]);
    }
}

fn check(wanted: &str, has: impl Fn(&AttributeKey) -> bool) {
    let mut report = Report::default();
    for key in keys().iter().filter(|key| !has(key)) {
        report.add(&key.path, key.line, format_args!("`{}`", key.name));
    }
    report.check(&format!("an attribute key has {wanted}"));
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The keys that the derive knows: every `Key { name: ... }` of its attributes.
fn keys() -> Vec<AttributeKey> {
    let files = sources::rust_below(ATTRIBUTES);
    let mut constants = Constants::default();
    for file in &files {
        constants.visit_file(&file.syntax());
    }
    let mut keys = Vec::new();
    for file in &files {
        let mut literals = KeyLiterals { constants: &constants.0, path: &file.path, keys: &mut keys };
        literals.visit_file(&file.syntax());
    }
    assert!(!keys.is_empty(), "no key found in {ATTRIBUTES}");
    keys
}

/// The texts that have a name.
#[derive(Default)]
struct Constants(HashMap<String, String>);

impl<'ast> Visit<'ast> for Constants {
    fn visit_item_const(&mut self, item: &'ast ItemConst) {
        if let Some(text) = text(&item.expr) {
            self.0.insert(item.ident.to_string(), text);
        }
    }
}

/// Finds the literals of the struct `Key`.
struct KeyLiterals<'a> {
    constants: &'a HashMap<String, String>,
    path: &'a str,
    keys: &'a mut Vec<AttributeKey>,
}

impl<'ast> Visit<'ast> for KeyLiterals<'_> {
    fn visit_expr_struct(&mut self, literal: &'ast ExprStruct) {
        let name = literal.path.segments.last();
        if name.is_some_and(|segment| segment.ident == "Key") {
            let fields = literal.fields.iter().filter(|field| is_name(&field.member));
            let found: Vec<_> = fields.filter_map(|field| self.key(&field.expr)).collect();
            self.keys.extend(found);
        }
        visit::visit_expr_struct(self, literal);
    }
}

impl KeyLiterals<'_> {
    fn key(&self, name: &Expr) -> Option<AttributeKey> {
        let line = name.span().start().line;
        let name = match name {
            Expr::Path(path) => self.constants.get(&path.path.get_ident()?.to_string()).cloned(),
            other => text(other),
        };
        Some(AttributeKey { name: name?, path: self.path.to_owned(), line })
    }
}

fn is_name(member: &Member) -> bool {
    matches!(member, Member::Named(name) if name == "name")
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// The keys that the `#[restless(...)]` of some files give.
fn used(files: &[SourceFile]) -> Vec<String> {
    let tokens: Vec<Vec<Token>> = files.iter().map(SourceFile::tokens).collect();
    tokens.iter().flat_map(|tokens| keys_in(tokens)).collect()
}

fn keys_in(tokens: &[Token]) -> Vec<String> {
    let attributes = tokens::find(tokens, &["#", "[", "restless", "("]);
    let lists = attributes.map(|start| tokens::group(tokens, start + 3));
    lists.flat_map(|list| tokens::heads(list).map(|token| token.text.clone())).collect()
}
