//! Processors of every resource of an `Api`.

use super::AnyResource;
use super::moments::moments;

/// The application's say in the requests for every resource of an [`Api`](crate::Api): the moments of a
/// [`Processor`](crate::Processor), with JSON values where that has types. The name of the
/// resource is [`Context::resource`](crate::Context::resource).
///
/// ```
/// use restless_core::{AnyResource, ApiProcessor, Context, Error, Row};
/// struct ReadOnly;
/// impl ApiProcessor for ReadOnly {
///     async fn before_delete_resource(
///         &self,
///         context: &Context,
///         id: &mut String,
///         _: Option<&Row<AnyResource>>,
///     ) -> Result<(), Error> {
///         Err(Error::forbidden(format!("{} {id} stays", context.resource())))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no processor",
    label = "expected a type with `impl ApiProcessor`"
)]
#[allow(async_fn_in_trait)]
pub trait ApiProcessor: Send + Sync + 'static {
    moments!(AnyResource);
}
