//! The table of `docs/settings.md` is written from the table of keys: `RESTLESS_UPDATE=1 cargo test --test tidy` writes it anew.

use std::{env, fmt};

use crate::sources;

const PAGE: &str = "docs/settings.md";
const BEGIN: &str = "<!-- The table of the keys begins: it is written by a test. -->\n";
const END: &str = "<!-- The table of the keys ends. -->\n";

/// A key of the struct, as its row tells.
pub(crate) struct KeyRow {
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    form: &'static str,
    about: &'static [&'static str],
    /// The default as the core writes it.
    default: &'static str,
    /// The default in words.
    told: Option<&'static str>,
}

/// The widest of what can give a setting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// The attributes of the model.
    Model,
    /// The mount of one resource.
    Resource,
    /// An `Api`, for all of its resources.
    Api,
}

macro_rules! told {
    () => {
        None
    };
    ($told:literal) => {
        Some($told)
    };
}

macro_rules! rows {
    (
        $($group:ident { $(
            $(#[doc = $about:literal])*
            $name:ident { form: $form:literal, kind: $kind:ident, $(default: $default:expr,)? level: $level:ident $(, told: $told:literal)? }
        )* })*
    ) => {
        /// The keys of the struct, in the order of their table.
        pub(crate) const ROWS: &[KeyRow] = &[$($(
            KeyRow {
                name: stringify!($name),
                level: Level::$level,
                form: $form,
                about: &[$($about),*],
                default: stringify!($($default)?),
                told: told!($($told)?),
            },
        )*)*];
    };
}

restless_settings::table!(rows);

#[test]
fn the_table_of_the_settings_is_that_of_the_keys() {
    let page = sources::text(PAGE);
    let (before, rest) = page.split_once(BEGIN).expect("the table begins behind a comment");
    let (_, after) = rest.split_once(END).expect("the table ends before a comment");
    let rows = ROWS.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") + "\n";
    let head = "| key | meaning | default | also given by |\n| --- | --- | --- | --- |\n";
    let wanted = format!("{before}{BEGIN}\n{head}{rows}\n{END}{after}");
    if env::var_os("RESTLESS_UPDATE").is_some() {
        sources::write(PAGE, &wanted);
    }
    let is_told = "is not what the table of keys says: set RESTLESS_UPDATE=1, run this again, and read the difference";
    assert!(env::var_os("RESTLESS_UPDATE").is_some() || page == wanted, "{PAGE} {is_told}");
}

impl fmt::Display for KeyRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, form, default, .. } = self;
        let about: String = self.about.concat().trim().replace('|', "\\|");
        let default = match (self.told, *default) {
            (Some(told), _) => told,
            (None, "false") => "off",
            (None, default) => default,
        };
        let level = match self.level {
            Level::Model => "",
            Level::Resource => "the mount",
            Level::Api => "the mount, an `Api`",
        };
        write!(formatter, "| `{name}{form}` | {about} | {default} | {level} |")
    }
}
