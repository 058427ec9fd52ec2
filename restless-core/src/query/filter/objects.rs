//! `filter[objects]=[{"name":"age","op":"gt","val":18}]`: the filter objects of Flask-Restless.

use super::measure::{Level, Measure};
use super::{Known, Language};
use crate::clause::{Clause, Location, Name, Operand, Operator, Quantifier, Related, Test};
use crate::dialect::Comparison;
use crate::json::{self, Members};
use crate::shown::Shown;

/// How values are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::query) enum Values {
    /// They have the type of their attribute.
    Typed,
    /// A number may stand as a string and a string as a number, as databases that Flask-Restless left it to had it.
    Loose,
}

/// Reads a list of filter objects, all of which a resource must satisfy; `place` is where it stands.
pub(super) fn read(text: &str, place: Location, values: Values, language: Language<'_>) -> Result<Clause, String> {
    json::check(text).map_err(|reason| format!("expected a JSON list of filter objects: {reason}"))?;
    let Language { operators, measure } = language;
    let mut reader = ObjectReader { operators, values, measure };
    let at = At { place, level: Level::default() };
    reader.list(text.trim(), &at).map(Clause::All)
}

struct ObjectReader<'a> {
    operators: Known<'a>,
    values: Values,
    measure: &'a mut Measure,
}

/// Where an object stands.
struct At {
    place: Location,
    level: Level,
}

impl At {
    fn below(&self, member: impl std::fmt::Display) -> Self {
        Self { place: self.place.below(member), level: self.level }
    }

    /// A message about what stands here.
    fn says(&self, reason: &str) -> String {
        if self.place.0.is_empty() { reason.to_owned() } else { format!("{}: {reason}", self.place.0) }
    }
}

/// What a filter object says of one attribute or relationship.
struct Condition<'a> {
    name: String,
    operator: Operator,
    val: Option<&'a str>,
    field: Option<&'a str>,
}

impl ObjectReader<'_> {
    fn list(&mut self, json: &str, at: &At) -> Result<Vec<Clause>, String> {
        let most = self.measure.clauses_left();
        let items = json::items(json, most).ok_or_else(|| at.says("expected a list of filter objects"))?;
        let read = items.first.iter().enumerate().map(|(index, item)| self.object(item, &at.below(index)));
        let clauses = read.collect::<Result<Vec<_>, _>>()?;
        if items.length > most {
            // One more than there may be, whose place is that of the first that is too many.
            self.measure.clauses_beyond().map_err(|reason| at.below(most).says(&reason))?;
        }
        Ok(clauses)
    }

    fn object(&mut self, json: &str, at: &At) -> Result<Clause, String> {
        let members = Members::of(json).ok_or_else(|| at.says("expected a filter object"))?;
        // Lists without tests make SQL too, so that every object counts.
        self.measure.clause().map_err(|reason| at.says(&reason))?;
        let level = self.measure.deeper(at.level).map_err(|reason| at.says(&reason))?;
        let at = &At { place: at.place.clone(), level };
        let listed: Vec<(&str, &str)> = members.iter().collect();
        match listed.as_slice() {
            [("and", list)] => self.list(list, &at.below("and")).map(Clause::All),
            // Of both, Flask-Restless reads `or` alone; and of an empty one, that it asks for nothing.
            [("or", list)] | [("or", list), ("and", _)] | [("and", _), ("or", list)] => {
                let clauses = self.list(list, &at.below("or"))?;
                Ok(if clauses.is_empty() { Clause::All(clauses) } else { Clause::Any(clauses) })
            }
            [("not", object)] => Ok(Clause::Not(Box::new(self.object(object, &at.below("not"))?))),
            _ => {
                let condition = self.condition(&listed, at)?;
                self.clause(&condition, at)
            }
        }
    }

    fn condition<'a>(&self, members: &[(&str, &'a str)], at: &At) -> Result<Condition<'a>, String> {
        let known = ["name", "op", "val", "field"];
        if let Some((name, _)) = members.iter().find(|(name, _)| !known.contains(name)) {
            let found = Shown(name);
            let reason = format!("expected name, op, val and field, or one of and, or, not alone; found {found}");
            return Err(at.says(&reason));
        }
        let member = |wanted: &str| members.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let string = |wanted: &str| {
            let text = member(wanted).and_then(|json| serde_json::from_str::<String>(json).ok());
            text.ok_or_else(|| at.says(&format!("expected a string as \"{wanted}\"")))
        };
        Ok(Condition {
            name: string("name")?,
            operator: (self.operators)(&string("op")?),
            val: member("val"),
            field: member("field"),
        })
    }

    fn clause(&mut self, condition: &Condition<'_>, at: &At) -> Result<Clause, String> {
        let separator = if condition.name.contains("__") { "__" } else { "." };
        let mut path: Vec<&str> = condition.name.split(separator).collect();
        let is_of_relationship = matches!(condition.operator, Operator::Has | Operator::Any);
        let is_object = condition.val.is_some_and(|json| json.starts_with('{'));
        let name = path.pop().unwrap_or_default();
        let level = self.measure.further(at.level, path.len()).map_err(|reason| at.says(&reason))?;
        let at = &At { place: at.place.clone(), level };
        let innermost = if is_of_relationship && (is_object || path.is_empty()) {
            self.related(condition, name, at)?
        } else {
            Clause::Test(self.test(condition, name, at)?)
        };
        // Only the relationship next to the attribute is the one that `has` or `any` speaks of.
        let mut quantifier = match (&condition.operator, &innermost) {
            (Operator::Has, Clause::Test(_)) => Quantifier::Has,
            (Operator::Any, Clause::Test(_)) => Quantifier::Any,
            _ => Quantifier::Either,
        };
        Ok(path.into_iter().rev().fold(innermost, |clause, name| {
            let quantifier = std::mem::replace(&mut quantifier, Quantifier::Either);
            Clause::Related(related(name, quantifier, clause, at.place.below("name")))
        }))
    }

    /// `{"name":"computers","op":"any","val":{…}}`
    fn related(&mut self, condition: &Condition<'_>, name: &str, at: &At) -> Result<Clause, String> {
        let object = condition.val.ok_or_else(|| at.says("expected a filter object as \"val\""))?;
        let level = self.measure.further(at.level, 1).map_err(|reason| at.says(&reason))?;
        let clause = self.object(object, &At { level, ..at.below("val") })?;
        let quantifier = if condition.operator == Operator::Has { Quantifier::Has } else { Quantifier::Any };
        Ok(Clause::Related(related(name, quantifier, clause, at.place.below("name"))))
    }

    fn test(&mut self, condition: &Condition<'_>, name: &str, at: &At) -> Result<Test, String> {
        // `{"name":"computers__vendor","op":"any","val":"Apple"}` is equality.
        let operator = match &condition.operator {
            Operator::Has | Operator::Any => Operator::Compare(Comparison::Equal),
            operator => operator.clone(),
        };
        let operand = self.operand(&operator, condition, at)?;
        Ok(Test::of_member(name, operator, operand, at.place.clone()))
    }

    fn operand(&mut self, operator: &Operator, condition: &Condition<'_>, at: &At) -> Result<Operand, String> {
        if operator.is_unary() {
            return Ok(Operand::Nothing);
        }
        match (condition.val, condition.field) {
            (Some(_), Some(_)) => Err(at.says("expected either val or field, found both")),
            (None, Some(field)) => {
                let field = serde_json::from_str(field).map_err(|_| at.says("expected a string as \"field\""))?;
                Ok(Operand::Field(Name::Member(field)))
            }
            (None, None) => Ok(Operand::Nothing),
            (Some(val), None) => self.value(operator, val).map_err(|reason| at.below("val").says(&reason)),
        }
    }

    fn value(&mut self, operator: &Operator, val: &str) -> Result<Operand, String> {
        if matches!(operator, Operator::In | Operator::NotIn | Operator::Between) {
            let items = json::items(val, self.measure.most_values()).ok_or("expected a list of values")?;
            self.measure.values(items.length)?;
            items.first.iter().try_for_each(|item| self.measure.value(item))?;
            return Ok(Operand::List(items.first.into_iter().map(|item| self.one(operator, item)).collect()));
        }
        self.measure.operand(operator, val)?;
        Ok(self.one(operator, val))
    }

    /// One value. What the application's own operators are given is theirs to read.
    fn one(&self, operator: &Operator, json: &str) -> Operand {
        let is_typed = self.values == Values::Typed || matches!(operator, Operator::Named(_));
        match serde_json::from_str(json) {
            _ if is_typed => Operand::Json(json.to_owned()),
            Ok(serde_json::Value::String(text)) => Operand::Text(text),
            Ok(serde_json::Value::Number(_) | serde_json::Value::Bool(_)) => Operand::Text(json.to_owned()),
            _ => Operand::Json(json.to_owned()),
        }
    }
}

fn related(name: &str, quantifier: Quantifier, clause: Clause, place: Location) -> Related {
    Related { relationship: Name::Member(name.to_owned()), quantifier, clause: Box::new(clause), place }
}
