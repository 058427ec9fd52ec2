//! Validations: the application's say in what clients may write.

use std::any::Any;

use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, ready};

use super::Changes;
use super::moment::{BeforeWrite, Hook, Moment};
use crate::context::Context;
use crate::endpoint::Decision;
use crate::error::{Error, ValidationErrors};
use crate::operation::Incoming;
use crate::resource_type::{Looked, Sight};

/// A function that looks at what a client wants to write of the model `M`: `fn(&Changes<M>) -> Result<(), ValidationErrors>`,
/// or one that is given the [`Context`] before the changes.
#[diagnostic::on_unimplemented(
    message = "this is no validation of `{M}`",
    label = "expected `fn(&Changes<{M}>) -> Result<(), ValidationErrors>`, or the same with a `&Context` before the changes"
)]
pub trait Check<M, Given> {
    /// What it finds wrong with what is shown to it; what it looks at, if it is shown something else.
    fn look(&self, shown: &dyn Any) -> Looked;
}

/// The arguments of a function that looks at the changes alone.
pub enum OfChanges {}

/// Those of one that looks at the request as well.
pub enum OfRequest {}

/// What is shown to the latter.
type Shown = (Context, Incoming<'static>);

impl<M, F: Fn(&Changes<M>) -> Result<(), ValidationErrors>> Check<M, OfChanges> for F {
    fn look(&self, shown: &dyn Any) -> Looked {
        let incoming = shown.downcast_ref::<Incoming<'static>>().ok_or(Sight::Changes)?;
        Ok(self(&Changes::new(incoming.clone())).err().unwrap_or_default())
    }
}

impl<M, F: Fn(&Context, &Changes<M>) -> Result<(), ValidationErrors>> Check<M, OfRequest> for F {
    fn look(&self, shown: &dyn Any) -> Looked {
        let (context, incoming) = shown.downcast_ref::<Shown>().ok_or(Sight::Request)?;
        Ok(self(context, &Changes::new(incoming.clone())).err().unwrap_or_default())
    }
}

/// A validation that looks at the request: it is asked once all processors have been, and what it finds is told together with
/// what else is wrong.
pub(crate) struct InRequest(pub(crate) Decision<Looked>);

impl Hook for InRequest {
    fn run<'a>(&'a self, context: &'a Context, moment: Moment<'a>) -> LocalBoxFuture<'a, Result<(), Error>> {
        if let Moment::BeforeWrite(BeforeWrite::PostResource(incoming) | BeforeWrite::PatchResource(_, incoming)) =
            moment
        {
            let shown: Shown = (context.clone(), incoming.clone());
            let Decision(validate) = &self.0;
            for (name, message) in validate(&shown).unwrap_or_default().iter() {
                let error = Error::invalid(name, message).at_pointer(incoming.pointer(name));
                incoming.mistakes.push(error);
            }
        }
        ready(Ok(())).boxed_local()
    }
}
