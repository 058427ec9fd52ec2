//! Processors of one resource.

use super::moments::moments;
use crate::resource_type::Model;

/// The application's say in the requests for one resource: one method for each moment, each doing nothing by default.
///
/// A processor refuses by giving an error, of whatever status. The methods of writes run within the transaction, and an
/// error takes everything back. Several processors run in their order, those of an [`Api`](crate::Api) first.
///
/// ```
/// use restless_core::{Context, Error, Model, Processor};
/// struct RequireToken;
/// impl<R: Model> Processor<R> for RequireToken {
///     async fn before_any(&self, context: &Context) -> Result<(), Error> {
///         match context.header("authorization") {
///             Some("Bearer secret") => Ok(()),
///             _ => Err(Error::unauthorized("a token is needed")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no processor of `{R}`",
    label = "expected a type with `impl Processor<{R}>`"
)]
#[allow(async_fn_in_trait)]
pub trait Processor<R: Model>: Send + Sync + 'static {
    moments!(R);
}
