//! Imports go only downwards: each crate has an order of modules, and no module names one that stands above it.

use std::collections::HashMap;

use syn::{Item, UseTree, Visibility};

use crate::report::Report;
use crate::sources::{self, SourceFile};
use crate::tokens::{self, Token};

/// The modules of a crate, each above those that it may name. A new module has to be given its place.
struct Layers {
    member: &'static str,
    order: &'static [&'static str],
}

/// What a request is, then what a database's SQL is made of, then values, errors and the description of a resource
/// type, then statements and what runs them, then what requests mean, then how answers look, then the way in.
const CORE: Layers = Layers {
    member: "restless-core",
    order: &[
        "method",
        "log_id",
        "shown",
        "request",
        "base_url",
        "response",
        "dialect",
        "json",
        "value",
        "error",
        "clause",
        "operators",
        "typed",
        "resource_type",
        "statement",
        "backend",
        "context",
        "endpoint",
        "registry",
        "filter",
        "negotiation",
        "query",
        "operation",
        "processor",
        "fetch",
        "preference",
        "representation",
        "api",
        "pipeline",
        "actix",
        "private",
    ],
};

/// Attributes, the model, its checks, its expansion.
const DERIVE: Layers = Layers {
    member: "restless-derive",
    order: &["context", "case", "attr", "core_path", "model", "validate", "expand", "fallback"],
};

/// Requests and responses, the handler, the scope.
const ADAPTER: Layers = Layers {
    member: "restless-actix",
    order: &[
        "budget",
        "body",
        "answer",
        "context",
        "start",
        "request",
        "response",
        "handler",
        "neighbourhood",
        "rendering",
        "scope",
    ],
};

#[test]
fn imports_go_only_downwards() {
    let mut report = Report::default();
    for layers in [CORE, DERIVE, ADAPTER] {
        for file in sources::rust_below(&format!("{}/src", layers.member)) {
            layers.check(&file, &mut report);
        }
    }
    report.check("no module names one that stands above it");
}

#[test]
fn every_module_has_its_place() {
    let mut report = Report::default();
    for layers in [CORE, DERIVE, ADAPTER] {
        for file in sources::rust_below(&format!("{}/src", layers.member)) {
            match layers.module(&file) {
                Some(module) if layers.level(module).is_none() => report.add(&file.path, 1, module),
                _ => {}
            }
        }
    }
    report.check("every module of a crate has its place in the order of its layers");
}

impl Layers {
    /// Reports what a file names above its own module.
    fn check(&self, file: &SourceFile, report: &mut Report) {
        let Some(module) = self.module(file) else {
            return;
        };
        let reexported = self.reexported();
        let depth = file.path.matches('/').count() - usize::from(file.name() == "mod.rs") - 1;
        for (name, line) in named(&file.tokens(), depth) {
            let target = reexported.get(&name).unwrap_or(&name);
            if self.level(target) > self.level(module) {
                report.add(&file.path, line, format_args!("{module} names {target}"));
            }
        }
    }

    /// The module directly below the crate that a file belongs to; none for the crate's root.
    fn module<'a>(&self, file: &'a SourceFile) -> Option<&'a str> {
        let below = file.below(self.member)?;
        let module = below.split('/').next()?;
        let module = module.strip_suffix(".rs").unwrap_or(module);
        (module != "lib").then_some(module)
    }

    fn level(&self, module: &str) -> Option<usize> {
        self.order.iter().position(|found| *found == module)
    }

    /// What the crate's root names for others, each with the module that it comes from.
    fn reexported(&self) -> HashMap<String, String> {
        let root = sources::text(&format!("{}/src/lib.rs", self.member));
        let syntax = syn::parse_file(&root).unwrap_or_else(|error| panic!("{}: {error}", self.member));
        let mut names = HashMap::new();
        for item in syntax.items {
            if let Item::Use(item) = item
                && let UseTree::Path(path) = item.tree
                && !matches!(item.vis, Visibility::Inherited)
            {
                let module = path.ident.to_string();
                leaves(&path.tree, &mut |name| {
                    names.insert(name, module.clone());
                });
            }
        }
        names
    }
}

/// The names that a tree of a `use` brings in.
fn leaves(tree: &UseTree, take: &mut impl FnMut(String)) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, take),
        UseTree::Name(name) => take(name.ident.to_string()),
        UseTree::Rename(rename) => take(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, take)),
        UseTree::Glob(_) => {}
    }
}

/// What a file names directly below its crate: by `crate::`, or by as many `super::` as it is deep.
fn named(tokens: &[Token], depth: usize) -> Vec<(String, usize)> {
    let starts = (0..tokens.len()).filter_map(|index| below_the_crate(tokens, index, depth));
    starts.flat_map(|start| children(tokens, start)).collect()
}

/// Where the path that begins at `index` goes on below the crate, if it does.
fn below_the_crate(tokens: &[Token], index: usize, depth: usize) -> Option<usize> {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let is_step = |index: usize, name: &str| text(index) == name && text(index + 1) == ":" && text(index + 2) == ":";
    let before = index.checked_sub(1).map_or("", text);
    if before == "$" || before == ":" {
        return None;
    }
    if is_step(index, "crate") {
        return Some(index + 3);
    }
    let steps = (0..=depth).take_while(|step| is_step(index + 3 * step, "super")).count();
    (steps > 0 && steps == depth).then_some(index + 3 * steps)
}

/// The first names of a path's rest: one, or those of a group.
fn children(tokens: &[Token], start: usize) -> Vec<(String, usize)> {
    let name = |token: &Token| (token.text.clone(), token.line);
    match tokens.get(start) {
        Some(first) if first.text == "{" => tokens::heads(tokens::group(tokens, start)).map(name).collect(),
        Some(first) => vec![name(first)],
        None => Vec::new(),
    }
}
