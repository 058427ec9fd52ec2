//! Every key of `#[restless(...)]` has its row in a document, a behaviour test that uses it, and a mistake in `ui/`; every
//! setting of a mount has a behaviour test that gives it there.

use std::collections::HashMap;

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprLit, ExprStruct, ItemConst, Lit, Member};

use crate::report::Report;
use crate::settings_page::{Level, ROWS};
use crate::sources::{self, SourceFile};
use crate::tokens::{self, Token};

/// The keys of fields and relations stand with the code that reads them, those of the struct in a table of their own.
const ATTRIBUTES: &str = "restless-derive/src/attr";
const TABLE: &str = "restless-settings/src/lib.rs";

/// A key as the derive knows it.
struct AttributeKey {
    name: String,
    path: String,
    line: usize,
}

#[test]
fn every_attribute_key_has_a_row_in_a_document() {
    let documents = sources::tracked().into_iter().filter(SourceFile::is_reference).map(|file| file.text);
    let documents: Vec<String> = documents.collect();
    let lines = documents.iter().flat_map(|text| text.lines());
    let rows: Vec<&str> = lines.filter_map(|line| line.strip_prefix("| `")).collect();
    check("a row in README.md or a page of docs/", |key| {
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
fn every_setting_of_a_mount_has_a_behaviour_test() {
    let tokens: Vec<_> = sources::rust_below("tests/tests/behaviour").iter().map(SourceFile::tokens).collect();
    let mut report = Report::default();
    for row in ROWS.iter().filter(|row| row.level != Level::Model) {
        let call = [".", row.name, "("];
        if !tokens.iter().any(|tokens| tokens::find(tokens, &call).next().is_some()) {
            report.add(TABLE, line_of(row.name), format_args!("`{}`", row.name));
        }
    }
    report.check("a setting of a mount is given to one below tests/tests/behaviour");
}

#[test]
fn the_page_of_fields_has_no_row_for_a_key_that_is_not_there() {
    const PAGE: &str = "docs/fields.md";
    let keys = keys();
    let mut report = Report::default();
    for (number, line) in (1..).zip(sources::text(PAGE).lines()) {
        let Some(row) = line.strip_prefix("| `") else {
            continue;
        };
        let end = row.find(|letter| !is_of_a_name(letter)).unwrap_or(row.len());
        if !keys.iter().any(|key| key.name == row[..end]) {
            report.add(PAGE, number, format_args!("`{}`", &row[..end]));
        }
    }
    report.check("a row of the table of fields is a key");
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

/// The line of the table with the key of a struct.
fn line_of(name: &str) -> usize {
    let table = sources::text(TABLE);
    let row = format!("{name} {{");
    (1..).zip(table.lines()).find(|(_, line)| line.trim_start().starts_with(&row)).map_or(1, |(number, _)| number)
}

/// The keys that the derive knows: the rows of the table, and every `Key { name: ... }` of its attributes.
fn keys() -> Vec<AttributeKey> {
    let files = sources::rust_below(ATTRIBUTES);
    let mut constants = Constants::default();
    for file in &files {
        constants.visit_file(&file.syntax());
    }
    let row = |name: &str| AttributeKey { name: name.to_owned(), path: TABLE.to_owned(), line: line_of(name) };
    let mut keys: Vec<_> = ROWS.iter().map(|table| row(table.name)).collect();
    let of_the_struct = keys.len();
    for file in &files {
        let mut literals = KeyLiterals { constants: &constants.0, path: &file.path, keys: &mut keys };
        literals.visit_file(&file.syntax());
    }
    assert!(keys.len() > of_the_struct, "no key found in {ATTRIBUTES}");
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
