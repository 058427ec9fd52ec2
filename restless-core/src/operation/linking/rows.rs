//! Rows whose foreign keys are about to change, by way of the resource that they refer to.

use super::apply::Linking;
use super::permission::{CHANGES, answers, check_method};
use crate::backend::Session;
use crate::dialect::{Dialect, Kind};
use crate::endpoint::Writable;
use crate::error::{Error, Errors};
use crate::operation::application::{self, Referring};
use crate::operation::{Incoming, Record, compound};
use crate::resource_type::ForeignKey;
use crate::statement::Predicate;

impl Linking<'_> {
    /// Whether it matters which rows change, because not every change of their foreign key is allowed.
    pub(super) fn is_particular(&self, foreign_key: ForeignKey) -> bool {
        let endpoint = self.other_end.endpoint();
        endpoint.writable(foreign_key.column) != Writable::Always
            || !answers(self.other_end, &CHANGES)
            || application::validates(endpoint)
    }

    /// Fails if those of the members that refer to another row so far may not refer to the owner.
    pub(super) async fn check_moved<S: Session>(
        &self,
        session: &S,
        foreign_key: ForeignKey,
        ids: &[String],
    ) -> Result<(), Errors> {
        if !self.is_particular(foreign_key) {
            return Ok(());
        }
        let endpoint = self.other_end.endpoint();
        let owned = Predicate::equals(endpoint.column(foreign_key.column), self.owner.value(foreign_key)?);
        let select = self.other_end.keys_where(Predicate::All(vec![owned, self.other_end.by_keys(ids)?]));
        let staying = compound::read(session, endpoint, &select, None).await?;
        let moves = |id: &String| !staying.iter().any(|record: &Record| record.id == *id);
        let Some(moved) = ids.iter().position(moves) else {
            return Ok(());
        };
        let members = self.change.members();
        let pointer = members.get(moved).map_or(&*self.place.whole, |member| &*member.pointer);
        self.check_changeable::<S::Dialect>(foreign_key, Some(self.owner.reference_text(foreign_key)), pointer)
    }

    /// Fails if the foreign key of a row that there is may not become a value, or null.
    pub(super) fn check_changeable<DB: Dialect>(
        &self,
        foreign_key: ForeignKey,
        value: Option<&str>,
        pointer: &str,
    ) -> Result<(), Errors> {
        let endpoint = self.other_end.endpoint();
        if endpoint.writable(foreign_key.column) != Writable::Always {
            let type_name = &endpoint.settings.collection_name;
            let error = Error::members_are_create_only(self.relationship.name, type_name);
            return Err(error.at_pointer(pointer).into());
        }
        check_method(self.other_end, &CHANGES, "changed", pointer)?;
        if !application::validates(endpoint) {
            return Ok(());
        }
        let referred = self.owner.site.endpoint().resource.referred(foreign_key.refers_to);
        let json = reference_json(referred.sql.kind(), value);
        let referring = Referring { column: foreign_key.column, json, pointer: pointer.to_owned() };
        let mut errors = endpoint.mistakes();
        application::validate::<DB>(endpoint, &Incoming::default(), &[referring], &mut errors);
        errors.check()
    }
}

/// What a foreign key holds, as a client of the classic format writes it.
pub(in crate::operation) fn reference_json(kind: Kind, reference: Option<&str>) -> String {
    match reference {
        None => "null".to_owned(),
        Some(number) if kind == Kind::Integer => number.to_owned(),
        Some(text) => serde_json::Value::from(text).to_string(),
    }
}
