//! The kinds of value that a key can have.

use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse as _, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprPath, Ident, Lit, LitStr, MetaList, Path, Result, Token, UnOp};

use super::entry::{Entry, Value};
use crate::context::refusal_with_help;

impl Entry {
    /// Nothing: the key says it all.
    pub fn no_value(&self) -> Result<()> {
        match &self.value {
            Value::Absent => Ok(()),
            _ => Err(self.expected("no value")),
        }
    }

    /// `key = "text"`
    pub fn text(&self) -> Result<LitStr> {
        match self.literal() {
            Some(Lit::Str(text)) => Ok(text.clone()),
            _ => Err(self.expected("a string")),
        }
    }

    /// `key = 10`
    pub fn integer(&self) -> Result<u32> {
        match self.literal() {
            Some(Lit::Int(integer)) if integer.suffix().is_empty() => {
                integer.base10_parse().map_err(|_| self.expected("an integer of at most 4294967295"))
            }
            _ => Err(self.expected("an integer that is not negative")),
        }
    }

    /// `key = 3`
    pub fn positive_integer(&self) -> Result<u32> {
        match self.integer()? {
            0 => Err(self.expected("an integer of at least 1")),
            integer => Ok(integer),
        }
    }

    /// `key = name`
    pub fn identifier(&self, expected: &str) -> Result<Ident> {
        match self.expression() {
            Some(Expr::Path(path)) if path.path.get_ident().is_some() => path.path.require_ident().cloned(),
            _ => Err(self.expected(expected)),
        }
    }

    /// `key = path::to::module`
    pub fn module(&self, expected: &str) -> Result<Path> {
        match self.expression() {
            Some(Expr::Path(path)) if path.qself.is_none() => Ok(path.path.clone()),
            _ => Err(self.expected(expected)),
        }
    }

    /// `key = path::to::function`, or the same in a string as serde has it.
    pub fn function(&self) -> Result<ExprPath> {
        match self.expression() {
            Some(Expr::Path(path)) => Ok(path.clone()),
            Some(Expr::Lit(literal)) => match &literal.lit {
                Lit::Str(text) => text.parse().map_err(|_| self.expected("the path of a function")),
                _ => Err(self.expected("the path of a function")),
            },
            _ => Err(self.expected("the path of a function")),
        }
    }

    /// `key = "::path"`
    pub fn path(&self) -> Result<Path> {
        let text = self.text()?;
        text.parse_with(Path::parse_mod_style).map_err(|_| self.expected("a path in a string"))
    }

    /// `key(word, word)`
    pub fn words(&self) -> Result<Vec<Ident>> {
        self.items(Ident::parse_any, "words without quotes, separated by commas")
    }

    /// `key(method, method)`: at least one, none twice.
    pub fn methods(&self) -> Result<Vec<Ident>> {
        let methods = self.items(Ident::parse, "names of methods without quotes, separated by commas")?;
        if methods.is_empty() {
            return Err(self.expected("at least one method"));
        }
        Ok(methods)
    }

    /// `key(path::to::value, path::to::value)`: at least one.
    pub fn values(&self) -> Result<Vec<ExprPath>> {
        let values = self.items(ExprPath::parse, "paths without quotes, separated by commas")?;
        if values.is_empty() {
            return Err(self.expected("at least one path"));
        }
        Ok(values)
    }

    /// `key(item, item)`
    pub fn items<T>(&self, parser: fn(ParseStream) -> Result<T>, expected: &str) -> Result<Vec<T>> {
        let parse = |input: ParseStream| Punctuated::<T, Token![,]>::parse_terminated_with(input, parser);
        let items = self.list()?.parse_args_with(parse);
        let items = items.map_err(|error| self.expected_at(error.span(), expected))?;
        Ok(items.into_iter().collect())
    }

    /// `key(...)`
    pub fn list(&self) -> Result<&MetaList> {
        match &self.value {
            Value::List(list) => Ok(list),
            _ => Err(self.expected("a list in parentheses")),
        }
    }

    /// The refusal of a value that is not `expected`, at the value.
    pub fn expected(&self, expected: &str) -> syn::Error {
        let message = format!("`{}` expects {expected}, found {}", self.key, self.found());
        refusal_with_help(self.place(), message, self.form())
    }

    /// Such a refusal at a place within a value that is of the right kind as a whole.
    pub fn expected_at(&self, place: Span, expected: &str) -> syn::Error {
        syn::Error::new(place, format_args!("`{}` expects {expected}\nhelp: {}", self.key, self.form()))
    }

    /// The key as it is written when it is written well.
    fn form(&self) -> String {
        format!("`{}{}`", self.key, self.form)
    }

    /// The value if it is a literal.
    fn literal(&self) -> Option<&Lit> {
        match self.expression() {
            Some(Expr::Lit(literal)) => Some(&literal.lit),
            _ => None,
        }
    }

    /// The value if it stands behind `=`, without the invisible groups that a `macro_rules!` puts around it.
    fn expression(&self) -> Option<&Expr> {
        let Value::Assigned(expression) = &self.value else {
            return None;
        };
        let mut expression = &**expression;
        while let Expr::Group(group) = expression {
            expression = &group.expr;
        }
        Some(expression)
    }

    /// The tokens that a refusal of the value points at.
    fn place(&self) -> &dyn ToTokens {
        match &self.value {
            Value::Absent => &self.key,
            Value::Missing(equals) => equals,
            Value::Assigned(expression) => expression,
            Value::List(list) => list,
        }
    }

    /// Describes in words the tokens behind the key.
    fn found(&self) -> String {
        match &self.value {
            Value::Absent | Value::Missing(_) => "nothing".to_owned(),
            Value::List(list) if list.tokens.is_empty() => "an empty list".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Assigned(_) => self.expression().map(described).unwrap_or_default(),
        }
    }
}

/// Describes an expression in words.
fn described(expression: &Expr) -> String {
    let kind = match expression {
        Expr::Lit(literal) => return described_literal(&literal.lit),
        Expr::Path(path) if path.path.get_ident().is_some() => {
            return format!("the name `{}`", path.to_token_stream());
        }
        Expr::Path(_) => "a path",
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => "a negative number",
        Expr::Call(_) | Expr::MethodCall(_) => "a call",
        Expr::Closure(_) => "a closure",
        _ => "an expression",
    };
    kind.to_owned()
}

/// Describes a literal in words.
fn described_literal(literal: &Lit) -> String {
    match literal {
        Lit::Str(text) => format!("the string {:?}", text.value()),
        Lit::Int(integer) if integer.suffix().is_empty() => format!("the integer {integer}"),
        Lit::Int(_) => "an integer with a suffix".to_owned(),
        Lit::Float(_) => "a decimal number".to_owned(),
        Lit::Bool(_) => "a boolean".to_owned(),
        _ => "a literal".to_owned(),
    }
}
