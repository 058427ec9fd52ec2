//! From clauses to predicates: what the names mean, and whether the one who asks may ask so.

use std::sync::Arc;

use super::path::{Aliases, Rows, Step, exists};
use super::subject::{Reader, Subject, unknown_operator};
use super::visible::visible;
use crate::clause::{Clause, Name, Operand, Operator, Quantifier, Related, Sql, Test};
use crate::dialect::Comparison;
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::error::{Error, Mistakes};
use crate::operators::Operators;
use crate::registry::Registry;
use crate::resource_type::{Limits, Link, Relationship, RelationshipId};
use crate::shown::{Shown, shortened};
use crate::statement::{Expression, Predicate, Search};

/// Resolves the clauses of one parameter, and collects its mistakes.
pub(crate) struct Resolver<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) reader: Reader,
    /// The parameter that the clauses come from.
    pub(crate) parameter: &'a str,
    pub(crate) errors: &'a mut Mistakes,
    /// The operators that the application has made.
    pub(crate) operators: Option<&'a Operators>,
    /// How many to-many relationships a client may have on the way to an attribute.
    pub(crate) max_to_many_path_length: usize,
    aliases: Aliases,
}

impl<'a> Resolver<'a> {
    /// For the clauses of a client's parameter.
    pub(crate) fn of_client(registry: &'a Registry, parameter: &'a str, errors: &'a mut Mistakes) -> Self {
        let (aliases, max_to_many_path_length) = (Aliases::default(), Limits::DEFAULT.max_to_many_path_length);
        Self { registry, reader: Reader::Client, parameter, errors, operators: None, max_to_many_path_length, aliases }
    }

    /// For the clauses of the application's own code.
    pub(crate) fn of_application(registry: &'a Registry, errors: &'a mut Mistakes) -> Self {
        Self { reader: Reader::Application, ..Self::of_client(registry, "filter", errors) }
    }

    /// Goes on with the names of tables that a statement has given already.
    pub(super) fn within<T>(&mut self, aliases: &mut Aliases, work: impl FnOnce(&mut Self) -> T) -> T {
        std::mem::swap(&mut self.aliases, aliases);
        let outcome = work(self);
        std::mem::swap(&mut self.aliases, aliases);
        outcome
    }

    /// What rows must satisfy for a client to see them; the application sees all.
    fn seen<DB: Dialect>(&mut self, rows: Rows) -> Option<Predicate<DB>> {
        match self.reader {
            Reader::Client => visible(self.registry, rows, &mut self.aliases),
            Reader::Application => None,
        }
    }

    /// The rows that satisfy a clause; `None` if that is a mistake.
    pub(crate) fn resolve<DB: Dialect>(&mut self, clause: &Clause, rows: Rows) -> Option<Predicate<DB>> {
        match clause {
            Clause::All(clauses) => self.each(clauses, rows).map(Predicate::All),
            Clause::Any(clauses) => self.each(clauses, rows).map(Predicate::Any),
            Clause::Not(clause) => self.resolve(clause, rows).map(Predicate::negated),
            Clause::Test(test) => {
                let predicate = self.test(test, rows);
                predicate.map_err(|reason| self.refuse(&format!("{}{reason}", test.place.prefix()))).ok()
            }
            Clause::Related(related) => self.related(related, rows),
            Clause::Sql(Sql(expression)) => {
                let key = rows.source.column(self.endpoint(rows).resource.key.column);
                Some(Predicate::Expression(Expression::new(key, Arc::clone(expression))))
            }
        }
    }

    /// Every one of them, so that every mistake is found.
    fn each<DB: Dialect>(&mut self, clauses: &[Clause], rows: Rows) -> Option<Vec<Predicate<DB>>> {
        let resolved: Vec<_> = clauses.iter().map(|clause| self.resolve(clause, rows)).collect();
        resolved.into_iter().collect()
    }

    fn refuse(&mut self, detail: &str) {
        self.errors.push(Error::invalid_parameter(self.parameter, format!("{}: {detail}", shortened(self.parameter))));
    }

    fn endpoint(&self, rows: Rows) -> &'a Endpoint {
        self.registry.endpoint(rows.place)
    }

    fn test<DB: Dialect>(&mut self, test: &Test, rows: Rows) -> Result<Predicate<DB>, String> {
        self.check_filterable(&test.name, rows)?;
        let Some(subject) = self.subject(&test.name, rows) else {
            return self.relationship_test(test, rows);
        };
        if let Some(exists) = self.guard(&test.name, rows) {
            return guarded(exists, &subject, test);
        }
        if let Operator::Named(name) = &test.operator {
            let operator = self.operators.and_then(|operators| operators.get(name));
            return subject.custom(operator.ok_or_else(|| unknown_operator(name))?, &test.operand);
        }
        match &test.operand {
            Operand::Field(name) => {
                self.check_filterable(name, rows)?;
                if self.guard::<DB>(name, rows).is_some() {
                    return Err(incomparable(name));
                }
                let other = self.subject(name, rows);
                subject.match_with(&test.operator, &other.ok_or_else(|| no_attribute(name.text()))?)
            }
            operand if test.name.is_id() => subject.test(&test.operator, &operand.of_id()),
            operand => subject.test(&test.operator, operand),
        }
    }

    /// That a foreign key names a resource that exists for the client, where not all do.
    fn guard<DB: Dialect>(&mut self, name: &Name, rows: Rows) -> Option<Predicate<DB>> {
        let (Reader::Client, Name::Member(name)) = (self.reader, name) else {
            return None;
        };
        let endpoint = self.endpoint(rows);
        let (_, attribute) = endpoint.readable_attribute(name)?;
        let id = self.registry.guarded(rows.place, attribute)?;
        let relationship = &endpoint.resource.relationships[id];
        let (there, link) = self.aliases.other_end(relationship, endpoint.targets[id]);
        let seen = self.seen(there).unwrap_or(Predicate::All(Vec::new()));
        let search = Search::Each;
        let step = Step { relationship, search, here: rows.source, there: there.source, between: link };
        Some(exists(endpoint, step, seen))
    }

    /// An attribute that a client sees may be one that it must not filter by.
    fn check_filterable(&self, name: &Name, rows: Rows) -> Result<(), String> {
        let (Reader::Client, Name::Member(name)) = (self.reader, name) else {
            return Ok(());
        };
        match self.endpoint(rows).readable_attribute(name) {
            Some((_, attribute)) if !attribute.is_filterable => Err(format!("{} cannot be filtered by", Shown(name))),
            _ => Ok(()),
        }
    }

    fn subject<DB: Dialect>(&self, name: &Name, rows: Rows) -> Option<Subject<DB>> {
        Subject::find(self.endpoint(rows), rows.source, name, self.reader)
    }

    fn relationship(&self, name: &Name, rows: Rows) -> Result<(RelationshipId, &'static Relationship), String> {
        let found = match self.reader {
            Reader::Client => self.endpoint(rows).relationship(name.text()),
            Reader::Application => self.endpoint(rows).resource.relationship(name.text()),
        };
        found.ok_or_else(|| format!("there is no relationship {}", Shown(name.text())))
    }

    fn related<DB: Dialect>(&mut self, related: &Related, rows: Rows) -> Option<Predicate<DB>> {
        let found = self
            .relationship(&related.relationship, rows)
            .and_then(|(id, relationship)| check_quantifier(related.quantifier, relationship).map(|()| id));
        let found = found.and_then(|id| self.search(rows, id, |this, there| this.resolve(&related.clause, there)));
        match found {
            Ok(predicate) => predicate,
            Err(reason) => {
                self.refuse(&format!("{}{reason}", related.place.prefix()));
                None
            }
        }
    }

    /// The rows from which a relationship leads to rows with a predicate.
    fn search<DB: Dialect>(
        &mut self,
        rows: Rows,
        id: RelationshipId,
        predicate: impl FnOnce(&mut Self, Rows) -> Option<Predicate<DB>>,
    ) -> Result<Option<Predicate<DB>>, String> {
        let endpoint = self.endpoint(rows);
        let relationship = &endpoint.resource.relationships[id];
        let to_many = self.aliases.to_many_with(relationship);
        if self.reader == Reader::Client && to_many > self.max_to_many_path_length {
            let most = self.max_to_many_path_length;
            return Err(format!("expected {most} to-many relationships on the way at most, found {to_many}"));
        }
        let endpoint = self.endpoint(rows);
        let search = self.aliases.search(relationship);
        let (there, link) = self.aliases.other_end(relationship, endpoint.targets[id]);
        let before = self.aliases.enter(to_many);
        let predicate = predicate(self, there).map(|predicate| both(self.seen(there), predicate));
        self.aliases.enter(before);
        let step = Step { relationship, search, here: rows.source, there: there.source, between: link };
        Ok(predicate.map(|predicate| exists(endpoint, step, predicate)))
    }

    /// A relationship is tested by the ids of what it leads to, or for leading nowhere.
    fn relationship_test<DB: Dialect>(&mut self, test: &Test, rows: Rows) -> Result<Predicate<DB>, String> {
        let found = self.relationship(&test.name, rows);
        let (id, relationship) = found.map_err(|_| no_attribute(test.name.text()))?;
        let endpoint = self.endpoint(rows);
        let is_seen_whole = self.reader == Reader::Application || self.registry.rule(endpoint.targets[id]).is_none();
        if let Some(predicate) = by_foreign_key(test, relationship, rows).filter(|_| is_seen_whole) {
            return predicate;
        }
        let mut mistake = None;
        let exists = self.search(rows, id, |this, there| match test.operator {
            Operator::IsNull | Operator::IsNotNull => Some(Predicate::All(Vec::new())),
            _ => this.by_id(test, there).map_err(|reason| mistake = Some(reason)).ok(),
        })?;
        let exists = exists.ok_or_else(|| mistake.unwrap_or_default())?;
        Ok(if test.operator == Operator::IsNull { exists.negated() } else { exists })
    }

    /// The related resources with one of the ids.
    fn by_id<DB: Dialect>(&self, test: &Test, there: Rows) -> Result<Predicate<DB>, String> {
        if !matches!(test.operator, Operator::Compare(Comparison::Equal) | Operator::In) {
            return Err("a relationship is compared by eq, in, is_null, is_not_null, has or any".to_owned());
        }
        let id = Name::Member("id".to_owned());
        let key = Subject::find(self.endpoint(there), there.source, &id, Reader::Client);
        key.ok_or_else(|| no_attribute("id"))?.test(&test.operator, &test.operand.of_id())
    }
}

/// The test of a foreign key that is as good as null where it names what does not exist for the client.
fn guarded<DB: Dialect>(exists: Predicate<DB>, subject: &Subject<DB>, test: &Test) -> Result<Predicate<DB>, String> {
    match (&test.operator, &test.operand) {
        (Operator::IsNull, _) => Ok(exists.negated()),
        (Operator::IsNotNull, _) => Ok(exists),
        (Operator::Named(_), _) | (_, Operand::Field(_)) => Err(incomparable(&test.name)),
        (operator, operand) => Ok(both(Some(exists), subject.test(operator, operand)?)),
    }
}

fn incomparable(name: &Name) -> String {
    format!("{} is compared with values alone", Shown(name.text()))
}

/// Both predicates, if there are two.
fn both<DB: Dialect>(first: Option<Predicate<DB>>, second: Predicate<DB>) -> Predicate<DB> {
    match first {
        Some(first) => Predicate::All(vec![first, second]),
        None => second,
    }
}

/// A test by the foreign key alone, where that is the id.
fn by_foreign_key<DB: Dialect>(
    test: &Test,
    relationship: &'static Relationship,
    rows: Rows,
) -> Option<Result<Predicate<DB>, String>> {
    let Link::BelongsTo(foreign_key) = &relationship.link else {
        return None;
    };
    let target = relationship.target();
    let is_key = target.referred(foreign_key.refers_to).column == target.key.column;
    let is_of_key = matches!(
        test.operator,
        Operator::Compare(Comparison::Equal) | Operator::In | Operator::IsNull | Operator::IsNotNull
    );
    let subject = Subject { column: rows.source.column(foreign_key.column), codec: &target.codecs().key.codec };
    (is_key && is_of_key).then(|| subject.test(&test.operator, &test.operand.of_id()))
}

fn check_quantifier(quantifier: Quantifier, relationship: &Relationship) -> Result<(), String> {
    match (quantifier, relationship.is_to_one()) {
        (Quantifier::Has, false) => Err("leads to many resources: expected any instead of has".to_owned()),
        (Quantifier::Any, true) => Err("leads to one resource: expected has instead of any".to_owned()),
        _ => Ok(()),
    }
}

fn no_attribute(name: &str) -> String {
    format!("there is no attribute {}", Shown(name))
}
