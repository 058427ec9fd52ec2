//! Ceilings on files and functions: what wants more holds two concepts.

use std::ops::RangeInclusive;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, FnArg, ImplItemFn, ItemFn, ItemImpl, Macro, Signature, TraitItemFn, Type, TypeTuple};

use crate::report::Report;
use crate::sources::{self, SourceFile};

const FILE: usize = 300;
const FUNCTION: usize = 40;
const FUNCTION_WITH_A_QUOTE: usize = 50;
const NESTING: usize = 3;
const PARAMETERS: usize = 4;

/// Files whose functions are still given tuples.
const TUPLES: [&str; 15] = [
    "restless-core/src/operation/asked_row.rs",
    "restless-core/src/operation/change_relationship.rs",
    "restless-core/src/operation/update.rs",
    "restless-core/src/operation/write.rs",
    "restless-core/src/pipeline/keys.rs",
    "restless-core/src/pipeline/life.rs",
    "restless-core/src/pipeline/root.rs",
    "restless-core/src/pipeline/shown.rs",
    "restless-core/src/processor/write.rs",
    "restless-derive/src/attr/serde/directions.rs",
    "restless-derive/src/attr/serde/mod.rs",
    "restless-derive/src/fallback.rs",
    "restless-derive/src/validate/access.rs",
    "restless-actix/src/handler.rs",
    "restless-actix/src/scope.rs",
];

#[test]
fn files_are_short() {
    let mut report = Report::default();
    for file in sources::code() {
        let lines = code_lines(&file.text, 1..=usize::MAX);
        if lines > FILE {
            report.add(&file.path, 1, format_args!("{lines} lines of code"));
        }
    }
    report.check(&format!("a file has at most {FILE} lines of code"));
}

#[test]
fn functions_are_short() {
    let mut report = Report::default();
    for_each_function(|file, function| {
        let start = function.signature.span().start().line;
        let lines = code_lines(&file.text, start..=function.body.brace_token.span.close().end().line);
        if lines > ceiling(function) {
            report.add(&file.path, start, format_args!("{} has {lines} lines of code", function.signature.ident));
        }
    });
    report.check(&format!("a function has at most {FUNCTION} lines, {FUNCTION_WITH_A_QUOTE} with a quote!"));
}

#[test]
fn functions_are_flat() {
    let mut report = Report::default();
    for_each_function(|file, function| {
        let mut nesting = Nesting::default();
        nesting.visit_block(function.body);
        if nesting.deepest > NESTING {
            let line = nesting.place.unwrap_or_else(Span::call_site).start().line;
            report.add(&file.path, line, format_args!("{} is nested {}", function.signature.ident, nesting.deepest));
        }
    });
    report.check(&format!("control flow is nested {NESTING} deep at most"));
}

#[test]
fn functions_take_few_parameters() {
    let mut report = Report::default();
    for_each_function(|file, function| {
        let signature = function.signature;
        let parameters: usize = signature.inputs.iter().map(members).sum();
        if parameters > PARAMETERS && !function.is_of_a_trait && !is_excepted(file) {
            let line = signature.span().start().line;
            report.add(&file.path, line, format_args!("{} takes {parameters}", signature.ident));
        }
    });
    report.check(&format!("a function takes at most {PARAMETERS} parameters, members of tuples counted"));
}

#[test]
fn no_parameter_is_a_tuple() {
    let mut report = Report::default();
    for_each_function(|file, function| {
        for input in &function.signature.inputs {
            if tuple(input).is_some() && !function.is_of_a_trait && !is_excepted(file) {
                let line = input.span().start().line;
                report.add(&file.path, line, format_args!("{} is given a tuple", function.signature.ident));
            }
        }
    });
    report.check("what travels together is a struct with a name, or so many parameters");
}

#[test]
fn no_parameter_is_a_bool() {
    let mut report = Report::default();
    for_each_function(|file, function| {
        for input in &function.signature.inputs {
            if is_bool(input) && !function.is_of_a_trait {
                let line = input.span().start().line;
                report.add(&file.path, line, format_args!("{} is given a bool", function.signature.ident));
            }
        }
    });
    report.check("a function is split rather than told by a bool what to do");
}

/// A function with a body.
struct Function<'a> {
    signature: &'a Signature,
    body: &'a Block,
    /// Whether a trait decides over its signature.
    is_of_a_trait: bool,
}

fn for_each_function(mut check: impl FnMut(&SourceFile, &Function<'_>)) {
    for file in sources::code() {
        let mut functions = Functions { check: |function: &Function<'_>| check(&file, function), is_of_a_trait: false };
        functions.visit_file(&file.syntax());
    }
}

/// Finds the functions of a file.
struct Functions<F> {
    check: F,
    is_of_a_trait: bool,
}

impl<'ast, F: FnMut(&Function<'_>)> Visit<'ast> for Functions<F> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        (self.check)(&Function { signature: &item.sig, body: &item.block, is_of_a_trait: false });
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        let is_of_a_trait = self.is_of_a_trait;
        (self.check)(&Function { signature: &item.sig, body: &item.block, is_of_a_trait });
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(body) = &item.default {
            (self.check)(&Function { signature: &item.sig, body, is_of_a_trait: false });
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let outer = std::mem::replace(&mut self.is_of_a_trait, item.trait_.is_some());
        visit::visit_item_impl(self, item);
        self.is_of_a_trait = outer;
    }
}

/// How many values a parameter is: those of a tuple count.
fn members(input: &FnArg) -> usize {
    tuple(input).map_or(1, |tuple| tuple.elems.len())
}

/// The tuple that a parameter is, or that it refers to.
fn tuple(input: &FnArg) -> Option<&TypeTuple> {
    let FnArg::Typed(input) = input else {
        return None;
    };
    let mut of = &*input.ty;
    while let Type::Reference(reference) = of {
        of = &*reference.elem;
    }
    match of {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Some(tuple),
        _ => None,
    }
}

/// Whether the parameters of a file's functions are still to be given names.
fn is_excepted(file: &SourceFile) -> bool {
    TUPLES.contains(&file.path.as_str())
}

fn is_bool(input: &FnArg) -> bool {
    let FnArg::Typed(input) = input else {
        return false;
    };
    matches!(&*input.ty, Type::Path(path) if path.path.is_ident("bool"))
}

fn ceiling(function: &Function<'_>) -> usize {
    let mut quotes = Quotes(false);
    quotes.visit_block(function.body);
    if quotes.0 { FUNCTION_WITH_A_QUOTE } else { FUNCTION }
}

/// Finds out whether tokens are quoted.
struct Quotes(bool);

impl<'ast> Visit<'ast> for Quotes {
    fn visit_macro(&mut self, item: &'ast Macro) {
        let name = item.path.segments.last().map(|segment| segment.ident.to_string());
        self.0 |= name.is_some_and(|name| name.starts_with("quote"));
    }
}

/// Measures how deep control flow is nested.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    place: Option<Span>,
}

impl<'ast> Visit<'ast> for Nesting {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        if !is_control_flow(expression) {
            return visit::visit_expr(self, expression);
        }
        self.depth += 1;
        if self.depth > self.deepest {
            self.deepest = self.depth;
            self.place = Some(expression.span());
        }
        match expression {
            Expr::If(branch) => self.visit_branches(branch),
            other => visit::visit_expr(self, other),
        }
        self.depth -= 1;
    }

    /// A function within a function is measured by itself.
    fn visit_item_fn(&mut self, _: &'ast ItemFn) {}
}

impl Nesting {
    /// The branches of a chain of `else if` stand side by side.
    fn visit_branches(&mut self, branch: &syn::ExprIf) {
        self.visit_expr(&branch.cond);
        self.visit_block(&branch.then_branch);
        match branch.else_branch.as_ref().map(|(_, branch)| &**branch) {
            Some(Expr::If(next)) => self.visit_branches(next),
            Some(last) => self.visit_expr(last),
            None => {}
        }
    }
}

fn is_control_flow(expression: &Expr) -> bool {
    matches!(expression, Expr::If(_) | Expr::Match(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_))
}

/// The lines in the range that are neither blank nor a comment alone.
fn code_lines(text: &str, range: RangeInclusive<usize>) -> usize {
    let lines = (1..).zip(text.lines()).filter(|(number, _)| range.contains(number));
    lines.filter(|(_, line)| is_code(line.trim())).count()
}

fn is_code(line: &str) -> bool {
    !line.is_empty() && !line.starts_with("//")
}
