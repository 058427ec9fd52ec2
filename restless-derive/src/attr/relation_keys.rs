//! The keys of a relation, which stand in its parentheses behind the name and the model.

use syn::{Ident, LitStr, Path, Result};

use super::entry::{Entry, Given};
use super::key::{Key, Keys};
use super::on_delete::OnDelete;
use super::relation::RelationKind;
use crate::context::Context;

/// The column that refers to the row at one end.
pub const FOREIGN_KEY: &str = "foreign_key";
/// The join table.
pub const THROUGH: &str = "through";
/// The column of the join table that refers to the row at the other end.
pub const TARGET_KEY: &str = "target_key";

/// The keys of a relation. A place without a value is that of a key whose value was refused.
#[derive(Default)]
pub struct RelationKeys {
    /// The column that refers to the row at one end.
    pub foreign_key: Option<Given<Option<Path>>>,
    /// The join table.
    pub through: Option<Given<Option<Path>>>,
    /// The column of the join table that refers to the row at the other end.
    pub target_key: Option<Given<Option<Ident>>>,
    /// The name on the wire.
    pub rename: Option<Given<LitStr>>,
    /// Refused when a client changes it.
    pub read_only: Option<Given<()>>,
    /// Refused when a client includes it.
    pub no_include: Option<Given<()>>,
    /// The fate of the rows at the other end when a resource is deleted.
    pub on_delete: Option<Given<OnDelete>>,
}

/// A key of a relation.
type RelationKey = Key<RelationKeys>;

const RENAME: RelationKey =
    RelationKey { name: "rename", form: r#" = "name""#, read: |keys, entry| entry.fill(&mut keys.rename, Entry::text) };

const READ_ONLY: RelationKey =
    RelationKey { name: "read_only", form: "", read: |keys, entry| entry.raise(&mut keys.read_only) };

const NO_INCLUDE: RelationKey =
    RelationKey { name: "no_include", form: "", read: |keys, entry| entry.raise(&mut keys.no_include) };

const ON_DELETE: RelationKey = RelationKey {
    name: "on_delete",
    form: r#" = "cascade""#,
    read: |keys, entry| entry.fill(&mut keys.on_delete, OnDelete::read),
};

/// The keys of a relation whose foreign key stands in this table.
const OF_THIS_TABLE: Keys<RelationKeys> = Keys {
    valid: &[
        RelationKey {
            name: FOREIGN_KEY,
            form: " = owner_id",
            read: |keys, entry| column(keys, entry, "the bare name of a column of this table"),
        },
        RENAME,
        READ_ONLY,
        NO_INCLUDE,
        ON_DELETE,
    ],
    elsewhere: || vec![THROUGH, TARGET_KEY],
    misplaced: "is a key of `many_to_many` alone",
};

/// The keys of a relation whose foreign key stands in the other table.
const OF_THE_OTHER_TABLE: Keys<RelationKeys> = Keys {
    valid: &[
        RelationKey { name: FOREIGN_KEY, form: " = computer::owner_id", read: column_elsewhere },
        RENAME,
        READ_ONLY,
        NO_INCLUDE,
        ON_DELETE,
    ],
    elsewhere: || vec![THROUGH, TARGET_KEY],
    misplaced: "is a key of `many_to_many` alone",
};

/// The keys of a relation through a join table.
const OF_A_JOIN_TABLE: Keys<RelationKeys> = Keys {
    valid: &[
        RelationKey { name: THROUGH, form: " = article_tag", read: join_table },
        RelationKey {
            name: FOREIGN_KEY,
            form: " = article_id",
            read: |keys, entry| column(keys, entry, "the bare name of a column of the join table"),
        },
        RelationKey { name: TARGET_KEY, form: " = tag_id", read: target_key },
        RENAME,
        READ_ONLY,
        NO_INCLUDE,
        ON_DELETE,
    ],
    elsewhere: Vec::new,
    misplaced: "",
};

impl RelationKeys {
    /// Reads the entries of a relation of the kind.
    pub fn read(kind: RelationKind, entries: Vec<Entry>, context: &Context) -> Self {
        let keys = match kind {
            RelationKind::BelongsTo => OF_THIS_TABLE,
            RelationKind::HasOne | RelationKind::HasMany => OF_THE_OTHER_TABLE,
            RelationKind::ManyToMany => OF_A_JOIN_TABLE,
        };
        keys.read_entries(entries, context)
    }
}

/// Reads `foreign_key = owner_id`.
fn column(keys: &mut RelationKeys, entry: &Entry, expected: &str) -> Result<()> {
    entry.claim(&mut keys.foreign_key, |entry| entry.identifier(expected).map(Path::from))
}

/// Reads `foreign_key = computer::owner_id`.
fn column_elsewhere(keys: &mut RelationKeys, entry: &Entry) -> Result<()> {
    const EXPECTED: &str = "the path of a column of the other table";
    entry.claim(&mut keys.foreign_key, |entry| match entry.module(EXPECTED)? {
        path if path.segments.len() > 1 => Ok(path),
        _ => Err(entry.expected(EXPECTED)),
    })
}

/// Reads `through = article_tag`.
fn join_table(keys: &mut RelationKeys, entry: &Entry) -> Result<()> {
    entry.claim(&mut keys.through, |entry| entry.module("the path of a `table!` module"))
}

/// Reads `target_key = tag_id`.
fn target_key(keys: &mut RelationKeys, entry: &Entry) -> Result<()> {
    entry.claim(&mut keys.target_key, |entry| entry.identifier("the bare name of a column of the join table"))
}
