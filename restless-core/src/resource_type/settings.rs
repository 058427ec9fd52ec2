//! The settings of an endpoint: a field and a builder for each row of the table of keys.

use std::borrow::Cow;

use super::Format;
use crate::Method;

/// Whether a collection tells how many resources match (`meta.total`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Count {
    /// The exact number, at the price of a second statement where the page does not tell it.
    #[default]
    Exact,
    /// No number: a page costs one statement, and there is no `last` link.
    None,
}

/// Paths of relationships, such as `comments.author`.
#[derive(Debug, Clone)]
pub enum Paths {
    /// Those that the derive writes down.
    Written(&'static [&'static str]),
    /// Those that the application gives when it mounts the resource.
    Given(Vec<String>),
}

impl Paths {
    /// The paths in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let (written, given): (&[&str], &[String]) = match self {
            Self::Written(paths) => (paths, &[]),
            Self::Given(paths) => (&[], paths),
        };
        written.iter().copied().chain(given.iter().map(String::as_str))
    }
}

/// The type that keeps a setting of some kind.
macro_rules! kept {
    (Flag) => { bool };
    (Size) => { u32 };
    (OptionalSize) => { Option<u32> };
    (Depth) => { u32 };
    (Status) => { u16 };
    (Count) => { Count };
    (Name) => { Cow<'static, str> };
    (Text) => { Cow<'static, str> };
    (Methods) => { Cow<'static, [Method]> };
    (Paths) => { Paths };
    (Format) => { Option<Format> };
    (Formats) => { Cow<'static, [Format]> };
}

/// The default as it is kept; the name is the one that the constructor is given.
macro_rules! initial {
    (Name $name:ident $default:expr) => {
        Cow::Borrowed($name)
    };
    (Text $name:ident $default:expr) => {
        Cow::Borrowed($default)
    };
    (Methods $name:ident $default:expr) => {
        Cow::Borrowed($default)
    };
    (Paths $name:ident $default:expr) => {
        Paths::Written($default)
    };
    (Formats $name:ident $default:expr) => {
        Cow::Borrowed($default)
    };
    ($kind:ident $name:ident $default:expr) => {
        $default
    };
}

/// The builder of a setting of some kind.
macro_rules! builder {
    ($name:ident Flag) => { builder!(@replace $name() true); };
    ($name:ident Size) => { builder!(@replace $name(size: u32) size); };
    ($name:ident OptionalSize) => { builder!(@replace $name(size: u32) Some(size)); };
    ($name:ident Depth) => { builder!(@replace $name(depth: u32) depth); };
    ($name:ident Status) => { builder!(@replace $name(status: u16) status); };
    ($name:ident Count) => { builder!(@replace $name(count: Count) count); };
    ($name:ident Name) => { builder!(@exchange $name(name: &'static str) Cow::Borrowed(name)); };
    ($name:ident Text) => { builder!(@exchange $name(text: &'static str) Cow::Borrowed(text)); };
    ($name:ident Methods) => { builder!(@exchange $name(methods: &'static [Method]) Cow::Borrowed(methods)); };
    ($name:ident Paths) => { builder!(@exchange $name(paths: &'static [&'static str]) Paths::Written(paths)); };
    ($name:ident Format) => { builder!(@replace $name(format: Format) Some(format)); };
    ($name:ident Formats) => { builder!(@exchange $name(formats: &'static [Format]) Cow::Borrowed(formats)); };
    (@replace $name:ident($($argument:ident: $type:ty)?) $value:expr) => {
        #[doc = concat!("Replaces [`", stringify!($name), "`](Self::", stringify!($name), ").")]
        #[must_use]
        pub const fn $name(mut self, $($argument: $type)?) -> Self {
            self.$name = $value;
            self
        }
    };
    (@exchange $name:ident($argument:ident: $type:ty) $value:expr) => {
        #[doc = concat!("Replaces [`", stringify!($name), "`](Self::", stringify!($name), ").")]
        #[must_use]
        pub const fn $name(mut self, $argument: $type) -> Self {
            // A constant can drop nothing that may own memory; what the derive has written so far owns none.
            std::mem::forget(std::mem::replace(&mut self.$name, $value));
            self
        }
    };
}

macro_rules! settings {
    (
        settings { $(
            $(#[$about:meta])*
            $name:ident { form: $form:literal, kind: $kind:ident, default: $default:expr, level: $level:ident $($told:tt)* }
        )* }
        $($others:tt)*
    ) => {
        /// The settings of a resource type's endpoint: those that the derive writes down, or those of a mount.
        ///
        /// ```
        /// use restless_core::{Method, Settings};
        /// const PEOPLE: Settings = Settings::new("people").methods(&[Method::GET]).page_size(20);
        /// assert_eq!(PEOPLE.page_size, 20);
        /// ```
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub struct Settings {
            $($(#[$about])* pub $name: kept!($kind),)*
        }

        impl Settings {
            /// The defaults of a collection.
            #[must_use]
            pub const fn new(collection_name: &'static str) -> Self {
                Self { $($name: initial!($kind collection_name $default),)* }
            }

            $(builder!($name $kind);)*
        }
    };
}

restless_settings::table!(settings);
