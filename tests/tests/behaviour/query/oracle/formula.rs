//! Filters by SQL's logic of three values: a comparison with null is neither true nor false.

use fastrand::Rng;
use serde_json::{Value, json};

use super::world::{self, Cell, Relationship, Row, Type, World};
use crate::backends::by_backend;

/// A filter, whichever way it is written.
#[derive(Debug, Clone)]
pub enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    Test(Test),
    /// `has` and `any`.
    Related(Relationship, Box<Formula>),
    /// A path of relationships, and the test of an attribute behind it.
    Path(Vec<Relationship>, Test),
    /// The ids of related resources.
    Ids(Relationship, Vec<i32>),
    /// Whether there are no related resources, or are some.
    Nobody(Relationship, &'static str),
}

/// A test of one attribute.
#[derive(Debug, Clone)]
pub struct Test {
    name: &'static str,
    operator: &'static str,
    operand: Operand,
}

#[derive(Debug, Clone)]
enum Operand {
    Nothing,
    Value(Cell),
    Values(Vec<Cell>),
    Field(&'static str),
}

/// Pairs of attributes that can be compared with one another.
const ALIKE: [(&str, &str, &str); 6] = [
    ("person", "name", "motto"),
    ("person", "age", "height"),
    ("person", "id", "age"),
    ("person", "height", "id"),
    ("article", "stars", "id"),
    ("article", "id", "stars"),
];

fn one_of<T: Copy>(random: &mut Rng, of: &[T]) -> T {
    of[random.usize(..of.len())]
}

impl Formula {
    /// A filter for rows of a collection.
    pub fn random(random: &mut Rng, collection: &str) -> Self {
        Self::below(random, collection, (0, 0))
    }

    fn below(random: &mut Rng, collection: &str, (length, depth): (usize, usize)) -> Self {
        let relationship = one_of(random, world::relationships(collection));
        let several = |random: &mut Rng| {
            (0..random.usize(..4)).map(|_| Self::below(random, collection, (length, depth + 1))).collect()
        };
        match random.u8(..if depth < 3 { 16 } else { 10 }) {
            0 if length < 4 => Self::path(random, collection, length),
            1 if length < 4 => {
                let ids = (0..random.usize(..4)).map(|_| random.i32(1..=8)).collect();
                Formula::Ids(relationship, ids)
            }
            2 if length < 4 => Formula::Nobody(relationship, one_of(random, &["is_null", "is_not_null"])),
            10 => Formula::All(several(random)),
            11 | 12 => Formula::Any(several(random)),
            13 => Formula::Not(Box::new(Self::below(random, collection, (length, depth + 1)))),
            14 | 15 if length < 4 => {
                let inner = Self::below(random, relationship.target, (length + 1, depth + 1));
                Formula::Related(relationship, Box::new(inner))
            }
            _ => Formula::Test(Test::random(random, collection)),
        }
    }

    fn path(random: &mut Rng, collection: &str, length: usize) -> Self {
        let (mut path, mut from) = (Vec::new(), collection.to_owned());
        for _ in 0..random.usize(1..=(4 - length).min(3)) {
            let relationship = one_of(random, world::relationships(&from));
            path.push(relationship);
            relationship.target.clone_into(&mut from);
        }
        // With a path, `field` names an attribute at its end as well.
        Formula::Path(path, Test::random(random, &from))
    }

    /// Whether a row satisfies it; `None` where nobody knows.
    pub fn holds(&self, world: &World, row: &Row) -> Option<bool> {
        match self {
            Formula::All(parts) => all(parts.iter().map(|part| part.holds(world, row))),
            // Flask-Restless takes it for no condition.
            Formula::Any(parts) if parts.is_empty() => Some(true),
            Formula::Any(parts) => {
                all(parts.iter().map(|part| part.holds(world, row).map(|truth| !truth))).map(|all| !all)
            }
            Formula::Not(part) => part.holds(world, row).map(|truth| !truth),
            Formula::Test(test) => test.holds(row),
            Formula::Related(relationship, part) => {
                let related = world.related(row, relationship);
                Some(related.iter().any(|other| part.holds(world, other) == Some(true)))
            }
            Formula::Path(path, test) => {
                Some(behind(world, row, path).iter().any(|other| test.holds(other) == Some(true)))
            }
            Formula::Ids(relationship, ids) => by_ids(world, row, (relationship, ids)),
            Formula::Nobody(relationship, operator) => {
                let is_nobody = match relationship.held {
                    // The foreign key itself tells.
                    world::Held::Own(column) => row.reference(column).is_none(),
                    _ => world.related(row, relationship).is_empty(),
                };
                Some(is_nobody == (*operator == "is_null"))
            }
        }
    }

    /// The filter object.
    pub fn object(&self) -> Value {
        let list = |parts: &[Formula]| parts.iter().map(Formula::object).collect::<Vec<_>>();
        match self {
            Formula::All(parts) => json!({"and": list(parts)}),
            Formula::Any(parts) => json!({"or": list(parts)}),
            Formula::Not(part) => json!({"not": part.object()}),
            Formula::Test(test) => test.object(test.name),
            Formula::Related(relationship, part) => {
                let operator = if relationship.is_to_one { "has" } else { "any" };
                json!({"name": relationship.name, "op": operator, "val": part.object()})
            }
            Formula::Path(path, test) => {
                let separator = if path.len() % 2 == 0 { "__" } else { "." };
                test.object(&dotted(path, test.name).replace('.', separator))
            }
            Formula::Ids(relationship, ids) => match ids.as_slice() {
                [id] => json!({"name": relationship.name, "op": "eq", "val": *id}),
                ids => json!({"name": relationship.name, "op": "in", "val": ids}),
            },
            Formula::Nobody(relationship, operator) => json!({"name": relationship.name, "op": operator}),
        }
    }

    /// The name and the value of a query parameter, if it has such a form.
    pub fn brackets(&self) -> Option<(String, String)> {
        match self {
            Formula::Test(test) => test.brackets(test.name),
            Formula::Path(path, test) => test.brackets(&dotted(path, test.name)),
            Formula::Ids(relationship, ids) if !ids.is_empty() => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                Some((format!("filter[{}]", relationship.name), ids.join(",")))
            }
            Formula::Nobody(relationship, operator) => {
                Some((format!("filter[{}][is_null]", relationship.name), (*operator == "is_null").to_string()))
            }
            _ => None,
        }
    }
}

/// A foreign key that is null is not comparable; a resource that does not exist is none of any ids.
fn by_ids(world: &World, row: &Row, (relationship, ids): (&Relationship, &[i32])) -> Option<bool> {
    match relationship.held {
        world::Held::Own(column) if !ids.is_empty() => row.reference(column).map(|id| ids.contains(&id)),
        _ => Some(world.related(row, relationship).iter().any(|other| ids.contains(&other.id))),
    }
}

fn dotted(path: &[Relationship], name: &str) -> String {
    let names = path.iter().map(|relationship| relationship.name).chain([name]);
    names.collect::<Vec<_>>().join(".")
}

/// The rows behind a path.
fn behind<'a>(world: &'a World, row: &'a Row, path: &[Relationship]) -> Vec<&'a Row> {
    let Some((first, rest)) = path.split_first() else {
        return vec![row];
    };
    world.related(row, first).into_iter().flat_map(|other| behind(world, other, rest)).collect()
}

/// False as soon as one part is, whatever is not known of the others.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

impl Test {
    fn random(random: &mut Rng, collection: &str) -> Self {
        let pairs: Vec<_> = ALIKE.iter().filter(|(of, _, _)| *of == collection).collect();
        if !pairs.is_empty() && random.u8(..8) == 0 {
            let (_, name, other) = one_of(random, &pairs);
            let operator = one_of(random, &["eq", "ne", "lt", "le", "gt", "ge"]);
            return Self { name, operator, operand: Operand::Field(other) };
        }
        let (name, kind) = match random.u8(..10) {
            0 => ("id", Type::Integer),
            _ => one_of(random, world::attributes(collection)),
        };
        Self::of(random, name, kind)
    }

    fn of(random: &mut Rng, name: &'static str, kind: Type) -> Self {
        let patterns = ["like", "not_like", "ilike", "not_ilike", "contains", "starts_with", "ends_with"];
        let of_every_type = ["eq", "ne", "in", "not_in", "is_null", "is_not_null"];
        let of_order = ["lt", "le", "gt", "ge", "between"];
        let operator = match kind {
            Type::Text if random.bool() => one_of(random, &patterns),
            Type::Boolean => one_of(random, &of_every_type),
            _ if random.bool() => one_of(random, &of_order),
            _ => one_of(random, &of_every_type),
        };
        let operand = match operator {
            "is_null" | "is_not_null" => Operand::Nothing,
            "in" | "not_in" => Operand::Values((0..random.usize(..4)).map(|_| world::value(random, kind)).collect()),
            "between" => Operand::Values(vec![world::value(random, kind), world::value(random, kind)]),
            "like" | "not_like" | "ilike" | "not_ilike" => Operand::Value(Cell::Text(pattern(random))),
            _ => Operand::Value(world::value(random, kind)),
        };
        Self { name, operator, operand }
    }

    fn holds(&self, row: &Row) -> Option<bool> {
        let own = row.cell(self.name);
        match (&self.operand, self.operator) {
            (Operand::Nothing, operator) => Some((own == Cell::Null) == (operator == "is_null")),
            (Operand::Values(values), "between") => {
                all([compare(&own, "ge", &values[0]), compare(&own, "le", &values[1])].into_iter())
            }
            (Operand::Values(values), operator) => {
                let is_one = values.iter().map(|value| compare(&own, "ne", value));
                let is_none = all(is_one);
                if operator == "in" { is_none.map(|truth| !truth) } else { is_none }
            }
            (Operand::Value(value), operator) => compare(&own, operator, value),
            (Operand::Field(other), operator) => compare(&own, operator, &row.cell(other)),
        }
    }

    fn object(&self, name: &str) -> Value {
        let operator = self.operator;
        match &self.operand {
            Operand::Nothing => json!({"name": name, "op": operator}),
            Operand::Value(value) => json!({"name": name, "op": operator, "val": value.json()}),
            Operand::Values(values) => {
                json!({"name": name, "op": operator, "val": values.iter().map(Cell::json).collect::<Vec<_>>()})
            }
            Operand::Field(other) => json!({"name": name, "op": operator, "field": other}),
        }
    }

    fn brackets(&self, name: &str) -> Option<(String, String)> {
        let operator = self.operator;
        let value = match &self.operand {
            Operand::Nothing => "true".to_owned(),
            Operand::Value(value) => value.text(),
            // What has a comma is several values there.
            Operand::Values(values) if values.is_empty() || values.iter().any(|value| value.text().contains(',')) => {
                return None;
            }
            Operand::Values(values) => values.iter().map(Cell::text).collect::<Vec<_>>().join(","),
            Operand::Field(_) => return None,
        };
        let is_equality = operator == "eq" && !value.contains(',');
        let name = if is_equality { format!("filter[{name}]") } else { format!("filter[{name}][{operator}]") };
        Some((name, value))
    }
}

/// A pattern that does not end with a backslash.
fn pattern(random: &mut Rng) -> String {
    let parts = ["%", "_", "a", "B", "é", "É", "Ж", "Σ", "\\%", "\\_", "\\\\", "!", "😀"];
    (0..random.usize(..4)).map(|_| one_of(random, &parts)).collect()
}

fn compare(own: &Cell, operator: &str, value: &Cell) -> Option<bool> {
    if *own == Cell::Null || *value == Cell::Null {
        return None;
    }
    if let (Cell::Text(own), Cell::Text(value)) = (own, value)
        && let Some(found) = matches(own, operator, value)
    {
        return Some(found);
    }
    let order =
        number(own).zip(number(value)).map_or_else(|| own.partial_cmp(value), |(own, value)| own.partial_cmp(&value));
    let order = order.expect("values of one type");
    Some(match operator {
        "eq" => order.is_eq(),
        "ne" => order.is_ne(),
        "lt" => order.is_lt(),
        "le" => order.is_le(),
        "gt" => order.is_gt(),
        _ => order.is_ge(),
    })
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(f64::from(*number)),
        Cell::Double(number) => Some(*number),
        _ => None,
    }
}

/// What the operators for text find; `None` for another operator.
fn matches(text: &str, operator: &str, value: &str) -> Option<bool> {
    // Its `LIKE` does not mind the case of the letters of ASCII.
    let plain = |letter: char| by_backend(letter.to_ascii_lowercase(), letter, letter);
    let fold = |text: &str| text.chars().map(plain).collect::<Vec<_>>();
    let small = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    Some(match operator {
        "like" => like(&fold(text), &fold(value)),
        "not_like" => !like(&fold(text), &fold(value)),
        "ilike" => like(&small(text), &small(value)),
        "not_ilike" => !like(&small(text), &small(value)),
        "contains" => String::from_iter(fold(text)).contains(&String::from_iter(fold(value))),
        "starts_with" => fold(text).starts_with(&fold(value)),
        "ends_with" => fold(text).ends_with(&fold(value)),
        _ => return None,
    })
}

/// `LIKE`, in which a backslash takes its meaning from the letter behind it.
fn like(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|start| like(&text[start..], rest)),
        ['_', rest @ ..] => !text.is_empty() && like(&text[1..], rest),
        ['\\', letter, rest @ ..] | [letter, rest @ ..] => text.first() == Some(letter) && like(&text[1..], rest),
    }
}
