//! Rows in memory, and the same rows in SQL.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use fastrand::Rng;

/// The collections of the newsroom.
pub const COLLECTIONS: [&str; 4] = ["person", "profile", "article", "tag"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Integer,
    Double,
    Date,
    Moment,
    Boolean,
}

/// A value, or none.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub enum Cell {
    Null,
    Text(String),
    Integer(i32),
    Double(f64),
    Date(NaiveDate),
    Moment(NaiveDateTime),
    Boolean(bool),
}

/// The attributes of a collection.
pub fn attributes(collection: &str) -> &'static [(&'static str, Type)] {
    match collection {
        "person" => &[
            ("name", Type::Text),
            ("motto", Type::Text),
            ("age", Type::Integer),
            ("height", Type::Double),
            ("born", Type::Date),
            ("seen", Type::Moment),
            ("active", Type::Boolean),
        ],
        "profile" => &[("bio", Type::Text)],
        "article" => &[("title", Type::Text), ("stars", Type::Integer)],
        _ => &[("label", Type::Text)],
    }
}

/// How a relationship is held in the rows.
#[derive(Debug, Clone, Copy)]
pub enum Held {
    /// By a column of the row.
    Own(&'static str),
    /// By a column of the others.
    Theirs(&'static str),
    /// By pairs of an article and a tag.
    Pairs,
}

/// A relationship of a collection.
#[derive(Debug, Clone, Copy)]
pub struct Relationship {
    pub name: &'static str,
    pub target: &'static str,
    pub held: Held,
    pub is_to_one: bool,
}

const fn to_one(name: &'static str, target: &'static str, held: Held) -> Relationship {
    Relationship { name, target, held, is_to_one: true }
}

const fn to_many(name: &'static str, target: &'static str, held: Held) -> Relationship {
    Relationship { name, target, held, is_to_one: false }
}

const OF_PERSON: [Relationship; 4] = [
    to_one("boss", "person", Held::Own("boss_id")),
    to_many("reports", "person", Held::Theirs("boss_id")),
    to_many("articles", "article", Held::Theirs("author_id")),
    to_one("profile", "profile", Held::Theirs("person_id")),
];
const OF_PROFILE: [Relationship; 1] = [to_one("person", "person", Held::Own("person_id"))];
const OF_ARTICLE: [Relationship; 3] = [
    to_one("author", "person", Held::Own("author_id")),
    to_one("editor", "person", Held::Own("editor_id")),
    to_many("tags", "tag", Held::Pairs),
];
const OF_TAG: [Relationship; 1] = [to_many("articles", "article", Held::Pairs)];

/// The relationships of a collection.
pub fn relationships(collection: &str) -> &'static [Relationship] {
    match collection {
        "person" => &OF_PERSON,
        "profile" => &OF_PROFILE,
        "article" => &OF_ARTICLE,
        _ => &OF_TAG,
    }
}

/// A row of a collection.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: i32,
    cells: BTreeMap<&'static str, Cell>,
    references: BTreeMap<&'static str, Option<i32>>,
}

impl Row {
    /// The value of a foreign key.
    pub fn reference(&self, column: &str) -> Option<i32> {
        self.references[column]
    }

    /// The value of an attribute.
    pub fn cell(&self, name: &str) -> Cell {
        if name == "id" { Cell::Integer(self.id) } else { self.cells[name].clone() }
    }
}

/// All rows of the newsroom.
#[derive(Debug)]
pub struct World {
    collections: BTreeMap<&'static str, Vec<Row>>,
    pairs: Vec<(i32, i32)>,
}

/// Letters whose small forms are one letter on every database, and those that mean something to `LIKE`.
const LETTERS: [char; 20] =
    ['a', 'A', 'b', 'B', 'z', 'é', 'É', 'ж', 'Ж', 'Σ', 'σ', '😀', '%', '_', '!', '\\', ' ', '\'', ',', '"'];

/// A short text of few letters, so that texts meet one another.
pub fn text(random: &mut Rng, most: usize) -> String {
    (0..random.usize(..=most)).map(|_| LETTERS[random.usize(..LETTERS.len())]).collect()
}

/// A value of the type.
pub fn value(random: &mut Rng, kind: Type) -> Cell {
    let day = NaiveDate::from_ymd_opt(2024, 2, 27).expect("a day") + Days::new(random.u64(..4));
    match kind {
        Type::Text => Cell::Text(text(random, 2)),
        Type::Integer => Cell::Integer(random.i32(-2..=3)),
        Type::Double => Cell::Double(f64::from(random.i32(-3..=3)) / 4.0),
        Type::Date => Cell::Date(day),
        Type::Moment => {
            let steps = TimeDelta::milliseconds(250 * random.i64(0..3));
            Cell::Moment(day.and_hms_opt(random.u32(..2), 0, 0).expect("a time") + steps)
        }
        Type::Boolean => Cell::Boolean(random.bool()),
    }
}

impl World {
    /// Few rows with few values, one in four of them null.
    pub fn random(random: &mut Rng) -> Self {
        let sizes = COLLECTIONS.map(|collection| (collection, random.i32(2..=14)));
        let rows = sizes.iter().map(|(collection, size)| {
            let rows = (1..=*size).map(|id| row(random, id, collection));
            (*collection, rows.collect::<Vec<_>>())
        });
        let mut collections: BTreeMap<_, _> = rows.collect();
        for (collection, rows) in &mut collections {
            for row in rows.iter_mut() {
                refer(random, row, collection, &sizes);
            }
        }
        let all = (1..=sizes[2].1).flat_map(|article| (1..=sizes[3].1).map(move |tag| (article, tag)));
        let pairs = all.filter(|_| random.u8(..4) == 0).collect();
        Self { collections, pairs }
    }

    /// The rows of a collection.
    pub fn rows(&self, collection: &str) -> &[Row] {
        &self.collections[collection]
    }

    /// The rows at the other end of a row's relationship, in the order of their ids.
    pub fn related(&self, row: &Row, relationship: &Relationship) -> Vec<&Row> {
        let is_related = |other: &&Row| match relationship.held {
            Held::Own(column) => row.references[column] == Some(other.id),
            Held::Theirs(column) => other.references[column] == Some(row.id),
            Held::Pairs if relationship.target == "tag" => self.pairs.contains(&(row.id, other.id)),
            Held::Pairs => self.pairs.contains(&(other.id, row.id)),
        };
        self.rows(relationship.target).iter().filter(is_related).collect()
    }

    /// The statements that insert the rows.
    pub fn sql(&self) -> String {
        let rows = self.collections.iter().flat_map(|(collection, rows)| rows.iter().map(|row| row.sql(collection)));
        let pairs =
            self.pairs.iter().map(|(article, tag)| format!("INSERT INTO article_tag VALUES ({article}, {tag});\n"));
        rows.chain(pairs).collect()
    }
}

fn row(random: &mut Rng, id: i32, collection: &str) -> Row {
    let cells = attributes(collection).iter().map(|(name, kind)| {
        let may_be_null = !matches!(*name, "name" | "title");
        let is_null = may_be_null && random.u8(..4) == 0;
        (*name, if is_null { Cell::Null } else { value(random, *kind) })
    });
    Row { id, cells: cells.collect(), references: BTreeMap::new() }
}

/// Gives the row its foreign keys.
fn refer(random: &mut Rng, row: &mut Row, collection: &str, sizes: &[(&str, i32)]) {
    for relationship in relationships(collection) {
        let Held::Own(column) = relationship.held else {
            continue;
        };
        let (_, most) = sizes.iter().find(|(name, _)| *name == relationship.target).expect("a collection");
        let reference = (random.u8(..4) > 0).then(|| random.i32(1..=*most));
        row.references.insert(column, reference);
    }
}

impl Row {
    fn sql(&self, collection: &str) -> String {
        let cells = self.cells.iter().map(|(name, cell)| (*name, cell.sql()));
        let references = self.references.iter().map(|(name, reference)| {
            (*name, reference.map_or_else(|| "NULL".to_owned(), |reference| reference.to_string()))
        });
        let (names, values): (Vec<_>, Vec<_>) = cells.chain(references).unzip();
        let id = self.id;
        format!("INSERT INTO {collection} (id, {}) VALUES ({id}, {});\n", names.join(", "), values.join(", "))
    }
}

impl Cell {
    fn sql(&self) -> String {
        match self {
            Cell::Null => "NULL".to_owned(),
            Cell::Text(text) => quoted(text),
            Cell::Integer(number) => number.to_string(),
            Cell::Double(number) => format!("{number:?}"),
            Cell::Date(date) => format!("'{date}'"),
            // SQLite keeps text, so it has to be the text that Diesel writes.
            Cell::Moment(moment) => format!("'{}'", moment.format("%Y-%m-%d %H:%M:%S%.f")),
            Cell::Boolean(truth) => truth.to_string().to_uppercase(),
        }
    }

    /// The value as JSON has it.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Cell::Null => serde_json::Value::Null,
            Cell::Text(text) => text.as_str().into(),
            Cell::Integer(number) => (*number).into(),
            Cell::Double(number) => (*number).into(),
            Cell::Date(date) => date.to_string().into(),
            Cell::Moment(moment) => moment.format("%Y-%m-%dT%H:%M:%S%.6f").to_string().into(),
            Cell::Boolean(truth) => (*truth).into(),
        }
    }

    /// The value as a query parameter has it.
    pub fn text(&self) -> String {
        match self.json() {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        }
    }
}

/// A backslash has a meaning of its own in texts of MySQL.
fn quoted(text: &str) -> String {
    let text = text.replace('\'', "''");
    let text = crate::backends::by_backend(text.clone(), text.clone(), text.replace('\\', "\\\\"));
    format!("'{text}'")
}
