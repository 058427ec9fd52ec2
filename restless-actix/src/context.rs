//! Access to the values that the application's middleware has put into a request.

use actix_web::{HttpMessage as _, HttpRequest};
use restless_core::Context;

/// Methods of a [`Context`] that need actix-web.
pub trait Extensions {
    /// A value of this type from the request's extensions, if the application's middleware has put one there.
    ///
    /// ```
    /// use restless_actix::prelude::*;
    /// #[derive(Clone)]
    /// struct User(i32);
    /// fn user(context: &Context) -> Option<i32> {
    ///     context.extension::<User>().map(|user| user.0)
    /// }
    /// ```
    fn extension<T: Clone + 'static>(&self) -> Option<T>;
}

impl Extensions for Context {
    fn extension<T: Clone + 'static>(&self) -> Option<T> {
        self.host::<HttpRequest>()?.extensions().get::<T>().cloned()
    }
}
