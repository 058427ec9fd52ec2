//! Tables that are written down once, for SQLite, in the words of the others.

use super::{Backend, ignores_case};

/// What ignores the case of letters on PostgreSQL.
const IGNORING_CASE: &str = "COLLATE ignoring_case";

const MAKE_COLLATION: &str = "CREATE COLLATION IF NOT EXISTS ignoring_case
    (provider = icu, locale = 'und-u-ks-level2', deterministic = false);\n";

/// The statements of a script, translated.
pub fn translate(backend: Backend, script: &str) -> String {
    let folded = if ignores_case() { with_folded_keys(script) } else { script.to_owned() };
    let script = folded.as_str();
    if backend == Backend::Sqlite {
        return folded;
    }
    // SQLite numbers rows by a key whose type is spelt INTEGER; what it is elsewhere stands in a comment.
    let script = script.replace("INTEGER /*BIGINT*/", "BIGINT");
    let statements = statements(&script).into_iter().map(|statement| statement_for(backend, statement.trim()));
    statements.filter(|statement| !statement.is_empty()).map(|statement| statement + ";\n").collect()
}

/// The same script, with keys that are text under a collation that ignores case.
fn with_folded_keys(script: &str) -> String {
    let folded: Vec<String> = statements(script).into_iter().map(with_folded_key).collect();
    folded.join(";")
}

fn with_folded_key(statement: &str) -> String {
    if !statement.trim_start().starts_with("CREATE TABLE") {
        return statement.to_owned();
    }
    let (open, close) = (statement.find('(').expect("columns"), statement.rfind(')').expect("columns"));
    let columns = split(&statement[open + 1..close], ',');
    let keyed = keyed_columns(&columns);
    let folded = columns.iter().map(|column| {
        let mut words = column.split_whitespace();
        let (name, sql_type) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let is_folded = sql_type == "TEXT" && is_key(name, column, &keyed) && !column.contains("COLLATE");
        if is_folded { column.replacen(" TEXT", " TEXT COLLATE NOCASE", 1) } else { (*column).to_owned() }
    });
    format!("{}{}{}", &statement[..=open], folded.collect::<Vec<_>>().join(","), &statement[close..])
}

/// Whether a column is a key, or refers to one.
fn is_key(name: &str, column: &str, keyed: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    ["PRIMARY KEY", "UNIQUE", "REFERENCES"].iter().any(|word| column.contains(word))
        || keyed.split(|letter| !is_letter(letter)).any(|key| key == name)
}

/// The statements between semicolons that stand in no quotes.
fn statements(script: &str) -> Vec<&str> {
    split(script, ';')
}

/// Splits at a letter that stands neither in quotes nor in parentheses.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0, None);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) if letter == separator && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn statement_for(backend: Backend, statement: &str) -> String {
    if !statement.starts_with("CREATE TABLE") {
        return literals(backend, statement);
    }
    let open = statement.find('(').expect("columns");
    let close = statement.rfind(')').expect("columns");
    let columns = split(&statement[open + 1..close], ',');
    let keyed = keyed_columns(&columns);
    let columns = columns.iter().map(|column| column_for(backend, column.trim(), &keyed));
    let columns = columns.collect::<Vec<_>>().join(", ");
    let end = match backend {
        Backend::Mysql if !ignores_case() => " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
        _ => "",
    };
    let start = if backend == Backend::Postgres && columns.contains(IGNORING_CASE) { MAKE_COLLATION } else { "" };
    format!("{start}{}({columns}){end}", &statement[..open])
}

/// The columns of keys that are written behind the columns.
fn keyed_columns(columns: &[&str]) -> String {
    let keys = columns.iter().map(|column| column.trim());
    let keys = keys.filter(|column| ["PRIMARY KEY", "UNIQUE", "FOREIGN KEY"].iter().any(|key| column.starts_with(key)));
    keys.collect::<Vec<_>>().join(" ")
}

fn column_for(backend: Backend, column: &str, keyed: &str) -> String {
    let mut words = column.splitn(3, char::is_whitespace);
    let (name, sql_type, rest) =
        (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if ["PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT"].iter().any(|word| name.starts_with(word)) {
        return column
            .replace(" DEFERRABLE INITIALLY DEFERRED", if_postgres(backend, " DEFERRABLE INITIALLY DEFERRED"));
    }
    let is_key = is_key(name, rest, keyed);
    let is_row_number = matches!(sql_type, "INTEGER" | "BIGINT") && rest.contains("PRIMARY KEY");
    let rest = rest.replace(" DEFERRABLE INITIALLY DEFERRED", if_postgres(backend, " DEFERRABLE INITIALLY DEFERRED"));
    let rest = rest.replace(" AUTOINCREMENT", "");
    let sql_type = match backend {
        _ if is_row_number => {
            format!("{sql_type} {}", by(backend, "GENERATED BY DEFAULT AS IDENTITY", "AUTO_INCREMENT"))
        }
        Backend::Postgres => postgres_type(sql_type).to_owned(),
        _ => mysql_type(sql_type, is_key).to_owned(),
    };
    let collation = by(backend, IGNORING_CASE, "COLLATE utf8mb4_general_ci");
    format!("{name} {sql_type} {}", literals(backend, &rest).replace("COLLATE NOCASE", collation))
}

fn by<'a>(backend: Backend, postgres: &'a str, mysql: &'a str) -> &'a str {
    if backend == Backend::Postgres { postgres } else { mysql }
}

fn if_postgres(backend: Backend, text: &str) -> &str {
    by(backend, text, "")
}

fn postgres_type(sql_type: &str) -> &str {
    match sql_type {
        "BLOB" => "BYTEA",
        "DOUBLE" | "REAL" => "DOUBLE PRECISION",
        "FLOAT" => "REAL",
        "DATETIME" => "TIMESTAMP",
        other => other,
    }
}

fn mysql_type(sql_type: &str, is_key: bool) -> &str {
    match sql_type {
        "TEXT" if is_key => "VARCHAR(255)",
        "BLOB" if is_key => "VARBINARY(255)",
        "BLOB" => "LONGBLOB",
        "TEXT" => "LONGTEXT",
        "REAL" => "DOUBLE",
        "TIMESTAMP" | "DATETIME" => "DATETIME(6)",
        "TIME" => "TIME(6)",
        "NUMERIC" => "DECIMAL(30, 9)",
        other => other,
    }
}

/// Bytes look different in PostgreSQL.
fn literals(backend: Backend, text: &str) -> String {
    if backend == Backend::Postgres { text.replace(" x'", " '\\x").replace("(x'", "('\\x") } else { text.to_owned() }
}
