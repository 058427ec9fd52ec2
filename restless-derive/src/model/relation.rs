//! Relations: what each is called, where it leads, and where its foreign key stands.

use syn::ext::IdentExt;
use syn::{Ident, Path, Result};

use super::{Name, foreign_key, table};
use crate::attr::{DieselModel, FOREIGN_KEY, RelationKeys, RelationKind, TARGET_KEY, THROUGH, WrittenRelation};
use crate::case::Case;
use crate::context::{Context, refusal_with_help};

/// A relation of a model.
pub struct Relation {
    /// Its kind.
    pub kind: RelationKind,
    /// Its name as written.
    pub ident: Ident,
    /// Its name on the wire.
    pub name: Name,
    /// The model at its other end.
    pub target: Path,
    /// The place of its foreign key; nothing after that was refused.
    pub link: Option<Link>,
    /// Its other keys.
    pub keys: RelationKeys,
}

/// The place of a relation's foreign key.
pub enum Link {
    /// In this table.
    BelongsTo(Ident),
    /// In the other table, once.
    HasOne(Path),
    /// In the other table, any number of times.
    HasMany(Path),
    /// In a table of its own.
    Through {
        /// The module that `table!` made.
        table: Path,
        /// The column that refers to this model.
        own: Ident,
        /// The column that refers to the other model.
        other: Ident,
    },
}

impl Relation {
    /// Its name without the `r#` of a raw identifier.
    pub fn plain_name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The column of this model's table that is its foreign key.
    pub fn own_column(&self) -> Option<&Ident> {
        match self.link.as_ref()? {
            Link::BelongsTo(column) => Some(column),
            Link::HasOne(_) | Link::HasMany(_) | Link::Through { .. } => None,
        }
    }
}

/// Resolves the relations of a model.
pub struct Resolver<'a> {
    /// The struct.
    pub model: &'a Ident,
    /// The keys of `#[diesel(...)]` on the struct.
    pub diesel: &'a DieselModel,
    /// How names are spelt on the wire.
    pub case: Option<Case>,
    /// Collects refusals.
    pub context: &'a Context,
}

impl Resolver<'_> {
    /// Resolves the relations; one whose foreign key is not told is refused.
    pub fn resolve(&self, relations: Vec<WrittenRelation>) -> Vec<Relation> {
        relations.into_iter().map(|relation| self.relation(relation)).collect()
    }

    fn relation(&self, mut written: WrittenRelation) -> Relation {
        self.name_the_model(&mut written.target);
        let link = match self.link(&written) {
            Err(_) if !written.is_whole => None,
            link => self.context.keep(link).flatten(),
        };
        let WrittenRelation { kind, name: ident, target, keys, .. } = written;
        let name = Name::of_member(&ident, keys.rename.as_ref(), self.case);
        Relation { kind, ident, name, target, link, keys }
    }

    /// Puts the struct's name for `Self`, which a static does not know.
    fn name_the_model(&self, target: &mut Path) {
        if target.is_ident("Self") {
            let place = target.segments[0].ident.span();
            *target = Ident::new(&self.model.to_string(), place).into();
        }
    }

    /// Finds the foreign key of a relation; nothing if the key that names it was refused already.
    fn link(&self, relation: &WrittenRelation) -> Result<Option<Link>> {
        match relation.kind {
            RelationKind::BelongsTo => self.belongs_to(relation),
            RelationKind::HasOne => self.elsewhere(relation, Link::HasOne),
            RelationKind::HasMany => self.elsewhere(relation, Link::HasMany),
            RelationKind::ManyToMany => self.through(relation),
        }
    }

    fn belongs_to(&self, relation: &WrittenRelation) -> Result<Option<Link>> {
        let column = match &relation.keys.foreign_key {
            Some(given) => given.value.as_ref().and_then(Path::get_ident).cloned(),
            None => Some(foreign_key::of_diesel(relation, self.diesel)?),
        };
        Ok(column.map(Link::BelongsTo))
    }

    fn elsewhere(&self, relation: &WrittenRelation, link: fn(Path) -> Link) -> Result<Option<Link>> {
        let Some(given) = &relation.keys.foreign_key else {
            let column = format!("{}::{}_id", snake_of(&relation.target), table::snake(self.model));
            return Err(missing(&relation.name, &[(FOREIGN_KEY, column)]));
        };
        Ok(given.value.clone().map(link))
    }

    fn through(&self, relation: &WrittenRelation) -> Result<Option<Link>> {
        let RelationKeys { through, foreign_key, target_key, .. } = &relation.keys;
        let (Some(through), Some(foreign_key), Some(target_key)) = (through, foreign_key, target_key) else {
            return Err(missing(&relation.name, &self.lacking(relation)));
        };
        let own = foreign_key.value.as_ref().and_then(Path::get_ident);
        let parts = (&through.value, own, &target_key.value);
        let (Some(table), Some(own), Some(other)) = parts else {
            return Ok(None);
        };
        Ok(Some(Link::Through { table: table.clone(), own: own.clone(), other: other.clone() }))
    }

    /// The keys that a relation through a join table lacks, each with a value that it could have.
    fn lacking(&self, relation: &WrittenRelation) -> Vec<(&'static str, String)> {
        let keys = &relation.keys;
        let (own, other) = (table::snake(self.model), snake_of(&relation.target));
        let table = keys.through.is_none().then(|| (THROUGH, format!("{own}_{other}")));
        let own = keys.foreign_key.is_none().then(|| (FOREIGN_KEY, format!("{own}_id")));
        let other = keys.target_key.is_none().then(|| (TARGET_KEY, format!("{other}_id")));
        [table, own, other].into_iter().flatten().collect()
    }
}

/// The name of the model at the end of a path, in snake case.
fn snake_of(target: &Path) -> String {
    target.segments.last().map(|segment| table::snake(&segment.ident)).unwrap_or_default()
}

/// The refusal of a relation that lacks keys.
fn missing(relation: &Ident, lacking: &[(&str, String)]) -> syn::Error {
    let keys: Vec<_> = lacking.iter().map(|(key, _)| format!("`{key}`")).collect();
    let values: Vec<_> = lacking.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let message = format!("the relation `{relation}` has no {}", keys.join(" and no "));
    refusal_with_help(relation, message, format_args!("`{}`", values.join(", ")))
}
