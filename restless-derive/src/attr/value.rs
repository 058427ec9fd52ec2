//! The kinds of value that a key can have.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprPath, Ident, Lit, LitStr, Path, Result, Token, UnOp};

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
            Some(Lit::Int(integer)) if integer.suffix().is_empty() => integer
                .base10_parse()
                .map_err(|_| self.expected("an integer of at most 4294967295")),
            _ => Err(self.expected("an integer that is not negative")),
        }
    }

    /// `key = column`
    pub fn identifier(&self) -> Result<Ident> {
        match self.expression() {
            Some(Expr::Path(path)) if path.path.get_ident().is_some() => {
                path.path.require_ident().cloned()
            }
            _ => Err(self.expected("the bare name of a field")),
        }
    }

    /// `key = path::to::function`, or the same in a string as serde has it.
    pub fn function(&self) -> Result<ExprPath> {
        match self.expression() {
            Some(Expr::Path(path)) => Ok(path.clone()),
            Some(Expr::Lit(literal)) => match &literal.lit {
                Lit::Str(text) => text
                    .parse()
                    .map_err(|_| self.expected("the path of a function")),
                _ => Err(self.expected("the path of a function")),
            },
            _ => Err(self.expected("the path of a function")),
        }
    }

    /// `key = "::path"`
    pub fn path(&self) -> Result<Path> {
        let text = self.text()?;
        text.parse_with(Path::parse_mod_style)
            .map_err(|_| self.expected("a path in a string"))
    }

    /// `key(word, word)`
    pub fn words(&self) -> Result<Vec<Ident>> {
        let Value::List(list) = &self.value else {
            return Err(self.expected("a list in parentheses"));
        };
        let parser = Punctuated::<Ident, Token![,]>::parse_terminated_with;
        let words =
            list.parse_args_with(|input: syn::parse::ParseStream| parser(input, Ident::parse_any));
        let words = words.map_err(|error| {
            syn::Error::new(
                error.span(),
                self.message("words without quotes, separated by commas"),
            )
        })?;
        Ok(words.into_iter().collect())
    }

    /// The refusal of a value that is not `expected`, at the value.
    pub fn expected(&self, expected: &str) -> syn::Error {
        let message = format!("`{}` expects {expected}, found {}", self.key, self.found());
        refusal_with_help(self.place(), message, self.form())
    }

    /// The text of such a refusal where the value as a whole is of the right kind.
    fn message(&self, expected: &str) -> String {
        format!("`{}` expects {expected}\nhelp: {}", self.key, self.form())
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

    /// What stands behind the key, in words.
    fn found(&self) -> String {
        match &self.value {
            Value::Absent | Value::Missing(_) => "nothing".to_owned(),
            Value::List(list) if list.tokens.is_empty() => "an empty list".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Assigned(_) => self.expression().map(described).unwrap_or_default(),
        }
    }
}

/// What an expression is, in words.
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

/// What a literal is, in words.
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
