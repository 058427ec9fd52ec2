//! The order of rows: by attributes of their own and of the resources that they lead to, and in the end by their ids.

use std::cmp::Ordering;

use fastrand::Rng;

use super::world::{self, Cell, Relationship, Row, World};
use crate::backends::by_backend;

/// A key of an order.
#[derive(Debug, Clone)]
struct Key {
    path: Vec<Relationship>,
    name: &'static str,
    direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// Whether the case of letters matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Matters,
    Ignored,
}

/// What a client sorts by.
#[derive(Debug, Clone)]
pub struct Order {
    keys: Vec<Key>,
    case: Case,
}

impl Order {
    /// An order of a collection by up to three keys.
    pub fn random(random: &mut Rng, collection: &str) -> Self {
        let mut keys: Vec<Key> = Vec::new();
        for _ in 0..random.usize(..4) {
            let key = Key::random(random, collection);
            if !keys.iter().any(|other| other.dotted() == key.dotted()) {
                keys.push(key);
            }
        }
        Self { keys, case: if random.u8(..3) == 0 { Case::Ignored } else { Case::Matters } }
    }

    /// The query parameters.
    pub fn parameters(&self) -> Vec<String> {
        let keys = self.keys.iter().map(|key| {
            let sign = if key.direction == Direction::Down { "-" } else { "" };
            format!("{sign}{}", key.dotted())
        });
        let mut parameters = Vec::new();
        if !self.keys.is_empty() {
            parameters.push(format!("sort={}", keys.collect::<Vec<_>>().join(",")));
        }
        if self.case == Case::Ignored {
            parameters.push("ignorecase=1".to_owned());
        }
        parameters
    }

    /// Sorts rows that stand in the order of their ids.
    pub fn sort(&self, world: &World, rows: &mut [&Row]) {
        rows.sort_by(|one, other| {
            let mut orders =
                self.keys.iter().map(|key| self.compare(key, key.cell(world, one), key.cell(world, other)));
            orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
    }

    fn compare(&self, key: &Key, one: Cell, other: Cell) -> Ordering {
        let order = match (self.folded(one), self.folded(other)) {
            (Cell::Null, Cell::Null) => Ordering::Equal,
            // Nulls are less than everything else, in PostgreSQL greater.
            (Cell::Null, _) => by_backend(Ordering::Less, Ordering::Greater, Ordering::Less),
            (_, Cell::Null) => by_backend(Ordering::Greater, Ordering::Less, Ordering::Greater),
            (one, other) => one.partial_cmp(&other).expect("values of one type"),
        };
        if key.direction == Direction::Down { order.reverse() } else { order }
    }

    fn folded(&self, cell: Cell) -> Cell {
        match cell {
            Cell::Text(text) if self.case == Case::Ignored => {
                Cell::Text(text.chars().flat_map(char::to_lowercase).collect())
            }
            other => other,
        }
    }
}

impl Key {
    fn random(random: &mut Rng, collection: &str) -> Self {
        let (mut path, mut from) = (Vec::new(), collection);
        for _ in 0..random.usize(..4) {
            let to_one: Vec<_> = world::relationships(from).iter().filter(|one| one.is_to_one).collect();
            if to_one.is_empty() {
                break;
            }
            let relationship = *to_one[random.usize(..to_one.len())];
            path.push(relationship);
            from = relationship.target;
        }
        let attributes = world::attributes(from);
        let name = if random.u8(..8) == 0 { "id" } else { attributes[random.usize(..attributes.len())].0 };
        let direction = if random.bool() { Direction::Up } else { Direction::Down };
        Self { path, name, direction }
    }

    fn dotted(&self) -> String {
        let names = self.path.iter().map(|relationship| relationship.name).chain([self.name]);
        names.collect::<Vec<_>>().join(".")
    }

    /// The value at the end of the path, null if that leads nowhere; of several profiles the first counts.
    fn cell(&self, world: &World, row: &Row) -> Cell {
        let mut row = row;
        for relationship in &self.path {
            match world.related(row, relationship).first() {
                Some(next) => row = next,
                None => return Cell::Null,
            }
        }
        row.cell(self.name)
    }
}
