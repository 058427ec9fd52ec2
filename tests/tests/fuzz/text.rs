//! Words that mean something, and what becomes of them when they are torn apart.

use fastrand::Rng;
use serde_json::{Value, json};

/// Names of attributes, of relationships and of neither.
const NAMES: [&str; 22] = [
    "id", "name", "motto", "age", "height", "born", "seen", "active", "boss", "reports", "articles", "profile",
    "title", "stars", "author", "tags", "label", "bio", "boss_id", "", "type", "ünknown",
];

/// Values of all types, at their edges and beyond.
const VALUES: [&str; 34] = [
    "0",
    "1",
    "-1",
    "30",
    "2147483647",
    "2147483648",
    "-9223372036854775809",
    "1e308",
    "1e999",
    "-0.0",
    "NaN",
    "Ann",
    "true",
    "null",
    "",
    " ",
    "1990-02-28",
    "2nd Jan 1990",
    "0000-00-00",
    "-0001-01-01",
    "99999-12-31",
    "24:00:00",
    "CURRENT_DATE",
    "LOCALTIMESTAMP",
    "2024-02-29T13:37:00.123456789Z",
    "%",
    "_\\",
    "\\",
    "!%",
    "\u{0}",
    "\u{1F600}",
    "\u{FEFF}",
    "' OR 1=1 --",
    "a,b,,c",
];

/// What means something in one text or another.
const MARKS: [&str; 24] = [
    "&",
    "=",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    "-",
    "+",
    "%",
    "%00",
    "%FF",
    "%F0%9F",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    ":",
    ";",
    "/",
    "__",
    "\u{0}",
    "\u{1F600}",
];

/// One of several.
pub fn one_of<T: Copy>(random: &mut Rng, of: &[T]) -> T {
    of[random.usize(..of.len())]
}

/// A name, most often one that is known.
pub fn name(random: &mut Rng) -> &'static str {
    one_of(random, &NAMES)
}

/// Where relationships lead, and the attributes there.
const RELATIONSHIPS: [(&str, &[(&str, &str)]); 4] = [
    ("person", &[("boss", "person"), ("profile", "profile"), ("reports", "person"), ("articles", "article")]),
    ("profile", &[("person", "person")]),
    ("article", &[("author", "person"), ("editor", "person"), ("tags", "tag")]),
    ("tag", &[("articles", "article")]),
];
const ATTRIBUTES: [(&str, &[&str]); 4] = [
    ("person", &["id", "name", "motto", "age", "height", "born", "seen", "active"]),
    ("profile", &["id", "bio"]),
    ("article", &["id", "title", "stars"]),
    ("tag", &["id", "label"]),
];

fn of<T>(table: &[(&str, &'static [T])], collection: &str) -> &'static [T] {
    let found = table.iter().find(|(name, _)| *name == collection);
    found.unwrap_or(&table[0]).1
}

/// A path over relationships that are there, and one of the attributes behind them: most often good for a person.
pub fn attribute_path(random: &mut Rng, separator: &str) -> (String, &'static str) {
    let (mut names, mut collection) = (Vec::new(), "person");
    for _ in 0..[0, 0, 0, 1, 1, 2, 3, 5][random.usize(..8)] {
        let (name, target) = one_of(random, of(&RELATIONSHIPS, collection));
        names.push(name);
        collection = target;
    }
    let attribute = one_of(random, of(&ATTRIBUTES, collection));
    names.push(attribute);
    (names.join(separator), attribute)
}

/// A value that the attribute may have, or any other.
pub fn fitting(random: &mut Rng, attribute: &str) -> Value {
    match attribute {
        _ if random.u8(..6) == 0 => any_json(random, 0),
        "id" | "age" | "stars" => random.i32(-9..40).into(),
        "height" => (f64::from(random.i32(-9..9)) / 4.0).into(),
        "born" => one_of(random, &["1990-02-28", "CURRENT_DATE", "2nd Jan 1990"]).into(),
        "seen" => one_of(random, &["1990-02-28T00:00:00", "CURRENT_TIMESTAMP", "1 Jan 1999 1:00 am"]).into(),
        "active" => random.bool().into(),
        _ => value(random).into(),
    }
}

/// The same as a query parameter has it.
pub fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Names with dots between them, most often without any sense.
pub fn path(random: &mut Rng) -> String {
    let separator = one_of(random, &[".", ".", ".", "__", ".."]);
    if random.u8(..4) > 0 {
        return attribute_path(random, separator).0;
    }
    let length = if random.u8(..40) == 0 { random.usize(..200) } else { random.usize(1..5) };
    (0..length).map(|_| name(random)).collect::<Vec<_>>().join(separator)
}

/// A text that is a value of some type.
pub fn value(random: &mut Rng) -> String {
    match random.u8(..100) {
        0 => one_of(random, &VALUES).repeat(random.usize(..3000)),
        1 => random.i64(..).to_string(),
        2 => format!("{}", f64::from_bits(random.u64(..))),
        _ => one_of(random, &VALUES).to_owned(),
    }
}

/// Any JSON value.
pub fn any_json(random: &mut Rng, depth: usize) -> Value {
    match random.u8(..if depth < 4 { 10 } else { 7 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i32(-3..40).into(),
        3 => json!(f64::from_bits(random.u64(..))),
        4..7 => value(random).into(),
        7 | 8 => (0..random.usize(..4)).map(|_| any_json(random, depth + 1)).collect(),
        _ => {
            let members = (0..random.usize(..4)).map(|_| (name(random).to_owned(), any_json(random, depth + 1)));
            Value::Object(members.collect())
        }
    }
}

/// The text of a value, now and then torn apart.
pub fn torn(random: &mut Rng, text: String) -> String {
    let mut text = text;
    if random.u8(..4) > 0 {
        return text;
    }
    for _ in 0..random.usize(1..4) {
        let at = place(random, &text);
        let to = place(random, &text);
        let (start, end) = (at.min(to), at.max(to));
        match random.u8(..6) {
            0 => text.replace_range(start..end, ""),
            1 => text.insert_str(start, one_of(random, &MARKS)),
            2 => text.insert_str(start, &one_of(random, &MARKS).repeat(random.usize(..300))),
            3 => text.truncate(end),
            4 if end - start < 500 => {
                let part = text[start..end].repeat(random.usize(..20));
                text.insert_str(end, &part);
            }
            _ => text.insert(start, random.char(..)),
        }
    }
    text
}

/// A place between two letters.
fn place(random: &mut Rng, text: &str) -> usize {
    let mut at = random.usize(..=text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text as it stands in a query string or a path, now and then without its encoding.
pub fn encoded(random: &mut Rng, text: &str) -> String {
    if random.u8(..16) == 0 {
        return text.to_owned();
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,[]".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
