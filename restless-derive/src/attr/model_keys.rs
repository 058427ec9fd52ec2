//! The keys of `#[restless(...)]` on the struct.

use syn::{Attribute, Ident, LitStr, Path, Result};

use super::count::Count;
use super::entry::{Entry, Given};
use super::field_keys;
use super::key::{Key, Keys};
use super::method::Method;
use super::word::Words;
use crate::case::Case;
use crate::context::Context;

/// How many resources a page holds when the client does not say.
pub const PAGE_SIZE: &str = "page_size";
/// How many resources a page holds at most.
pub const MAX_PAGE_SIZE: &str = "max_page_size";

/// What `#[restless(...)]` on the struct says.
#[derive(Default)]
pub struct ModelKeys {
    /// What the endpoint answers.
    pub methods: Option<Given<Vec<Method>>>,
    /// Where the resource is mounted.
    pub prefix: Option<Given<LitStr>>,
    /// The URL segment and the JSON:API `type`.
    pub collection_name: Option<Given<LitStr>>,
    /// The field whose column is the `id`; the key without a name if what it names was refused.
    pub primary_key: Option<Given<Option<Ident>>>,
    /// How many resources a page holds when the client does not say.
    pub page_size: Option<Given<u32>>,
    /// How many resources a page holds at most.
    pub max_page_size: Option<Given<u32>>,
    /// Whether a collection tells its total.
    pub count: Option<Given<Count>>,
    /// How names are spelt on the wire.
    pub rename_all: Option<Given<Case>>,
    /// Whether a client may choose the `id` of a resource it creates.
    pub allow_client_generated_ids: Option<Given<()>>,
    /// The crate that exports the core's hidden module.
    pub core: Option<Given<Path>>,
}

/// The words of `rename_all`.
const CASES: Words<Case> = Words {
    kind: "case",
    valid: Case::WORDS,
};

/// The keys that a struct may have.
pub(super) const KEYS: Keys<ModelKeys> = Keys {
    valid: &[
        Key {
            name: "methods",
            form: "(GET, POST)",
            read: |keys, entry| entry.fill(&mut keys.methods, Method::read_list),
        },
        Key {
            name: "prefix",
            form: r#" = "/api""#,
            read: |keys, entry| entry.fill(&mut keys.prefix, Entry::text),
        },
        Key {
            name: "collection_name",
            form: r#" = "people""#,
            read: |keys, entry| entry.fill(&mut keys.collection_name, Entry::text),
        },
        Key {
            name: "primary_key",
            form: " = username",
            read: |keys, entry| primary_key(keys, entry),
        },
        Key {
            name: PAGE_SIZE,
            form: " = 10",
            read: |keys, entry| entry.fill(&mut keys.page_size, Entry::integer),
        },
        Key {
            name: MAX_PAGE_SIZE,
            form: " = 100",
            read: |keys, entry| entry.fill(&mut keys.max_page_size, Entry::integer),
        },
        Key {
            name: "count",
            form: "(none)",
            read: |keys, entry| entry.fill(&mut keys.count, Count::read),
        },
        Key {
            name: "rename_all",
            form: r#" = "camelCase""#,
            read: |keys, entry| entry.fill(&mut keys.rename_all, case),
        },
        Key {
            name: "allow_client_generated_ids",
            form: "",
            read: |keys, entry| entry.raise(&mut keys.allow_client_generated_ids),
        },
        Key {
            name: "crate",
            form: r#" = "::restless_actix""#,
            read: |keys, entry| entry.fill(&mut keys.core, Entry::path),
        },
    ],
    elsewhere: || field_keys::KEYS.names(),
    misplaced: "is a key of a field, not of the struct",
};

impl ModelKeys {
    /// Reads the attributes of the struct.
    pub fn read(attributes: &[Attribute], context: &Context) -> Self {
        KEYS.read(attributes, context)
    }
}

/// Reads `primary_key = username`; a value that is refused still means that the key is not Diesel's.
fn primary_key(keys: &mut ModelKeys, entry: &Entry) -> Result<()> {
    let named = entry.identifier();
    entry.fill(&mut keys.primary_key, |_| Ok(named.as_ref().ok().cloned()))?;
    named.map(drop)
}

/// Reads `rename_all = "camelCase"`.
fn case(entry: &Entry) -> Result<Case> {
    let text = entry.text()?;
    CASES.read(&text.value(), &text)
}
