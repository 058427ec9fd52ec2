//! What the application's middleware has put into a request.

use actix_web::{HttpMessage as _, HttpRequest};
use restless_core::Context;

/// What a [`Context`] has from actix-web.
pub trait Extensions {
    /// What the application's middleware has put into the request's extensions, if there is such a thing.
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
