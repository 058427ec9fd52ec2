//! What links begin with, as the application says when it mounts one resource or several.

use super::{Api, ResourceApi};
use crate::base_url::{BaseUrl, Forwarded};
use crate::endpoint::Mount;
use crate::resource_type::Model;

/// The same methods of a resource and of an `Api`.
macro_rules! links {
    ($(($($generics:tt)*) $owner:ty;)*) => {$(
        /// Links begin at the root of the server, such as `/api/person/1`, unless one of these says otherwise. What is said
        /// holds for all links of an answer, for `Location` and for `Link`.
        impl $($generics)* $owner {
            /// Lets links begin with a URL, to which a path may belong that a server in front of the application takes away.
            /// What is no such URL ends the program at its start.
            ///
            /// ```
            /// use restless_core::Api;
            /// let api = Api::new("/api").base_url("https://example.org");
            /// # let _ = api;
            /// ```
            #[must_use]
            pub fn base_url(self, url: impl AsRef<str>) -> Self {
                let url = BaseUrl::read(url.as_ref());
                self.change(move |mount| set(mount, &url))
            }

            /// Lets links begin with the scheme and the host of each request, as they are where it arrives. A request that
            /// names no host has relative links.
            ///
            /// ```
            /// use restless_core::Api;
            /// let api = Api::new("/api").links_from_request();
            /// # let _ = api;
            /// ```
            #[must_use]
            pub fn links_from_request(self) -> Self {
                self.change(|mount| mount.base_url = BaseUrl::OfRequest(None))
            }

            /// As [`links_from_request`](Self::links_from_request), behind a proxy whose headers tell what its client asked
            /// for. Other headers of the kind are not looked at, and what the proxy does not tell is as it arrives.
            ///
            /// ```
            /// use restless_core::{Api, Forwarded};
            /// let api = Api::new("/api").links_from_forwarded(Forwarded::Standard);
            /// # let _ = api;
            /// ```
            #[must_use]
            pub fn links_from_forwarded(self, trusted: Forwarded) -> Self {
                self.change(move |mount| mount.base_url = BaseUrl::OfRequest(Some(trusted)))
            }
        }
    )*};
}

links! {
    (<M: Model>) ResourceApi<M>;
    () Api;
}

fn set(mount: &mut Mount, url: &Result<BaseUrl, String>) {
    match url {
        Ok(url) => mount.base_url = url.clone(),
        Err(mistake) => mount.mistakes.push(mistake.clone()),
    }
}
