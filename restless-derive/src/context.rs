//! The mistakes of one model, collected so that all are reported at once.

use std::cell::RefCell;
use std::fmt::Display;

use quote::ToTokens;

/// Collects refusals while the model is read, resolved and checked.
#[derive(Default)]
pub struct Context {
    errors: RefCell<Option<syn::Error>>,
}

impl Context {
    /// Keeps a refusal for the report.
    pub fn refuse(&self, error: syn::Error) {
        let mut errors = self.errors.borrow_mut();
        match errors.as_mut() {
            Some(first) => first.combine(error),
            None => *errors = Some(error),
        }
    }

    /// The value, or nothing once its refusal is kept.
    pub fn keep<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.refuse(error)).ok()
    }

    /// Returns true if nothing was refused so far.
    pub fn is_clean(&self) -> bool {
        self.errors.borrow().is_none()
    }

    /// Everything that was refused.
    #[must_use]
    pub fn finish(self) -> Option<syn::Error> {
        self.errors.into_inner()
    }
}

/// A refusal at the given tokens.
pub fn refusal(at: impl ToTokens, message: impl Display) -> syn::Error {
    syn::Error::new_spanned(at, message)
}

/// A refusal at the given tokens, with a line that says what to write instead.
pub fn refusal_with_help(at: impl ToTokens, message: impl Display, help: impl Display) -> syn::Error {
    syn::Error::new_spanned(at, format_args!("{message}\nhelp: {help}"))
}
