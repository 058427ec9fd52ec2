//! What the compiler says, without what is about the machine it runs on or the lines of other files.

use std::process::Output;

use serde_json::Value;

use crate::cases::{self, Case};
use crate::compiler;

/// How far items of a list are to the right of what introduces it.
const LIST: usize = 10;

/// As many items of a list as the compiler tells unless it is to tell all.
const LISTED: usize = 8;

/// The messages as the expectations hold them: paths begin with what stands for a directory, and numbers of lines are those of
/// the case alone. Refused if the compiler did not come as far as to say something.
pub(crate) fn normalized(said: &Output, case: &Case) -> Result<String, String> {
    let messages: Vec<Value> = compiler::lines(&said.stderr).collect();
    if messages.is_empty() && !said.status.success() {
        return Err(format!("the compiler ends with {}\n{}", said.status, String::from_utf8_lossy(&said.stderr)));
    }
    let told = messages.iter().filter(|message| is_about_the_code(message));
    let texts = told.filter_map(|message| message["rendered"].as_str());
    let texts: Vec<String> = texts.map(|text| Text::new(case).of(text)).collect();
    Ok(texts.join("\n"))
}

/// Tells what is wrong from how many mistakes there are, and from where one could read about them.
fn is_about_the_code(message: &Value) -> bool {
    let text = message["message"].as_str().unwrap_or_default();
    message["level"] != "failure-note" && !text.starts_with("aborting due to") && !text.ends_with(" emitted")
}

/// One message on its way.
struct Text {
    /// The case as the compiler names it, and as the expectation does.
    case: (String, String),
    is_of_another_file: bool,
    /// How many types have been listed, within a list of those that have a trait.
    listed: Option<usize>,
}

impl Text {
    fn new(case: &Case) -> Self {
        Self { case: (format!("tests/{}", case.shown()), case.shown()), is_of_another_file: false, listed: None }
    }

    fn of(mut self, text: &str) -> String {
        let lines: Vec<String> = text.trim_end().lines().filter_map(|line| self.line(line)).collect();
        let lines = without_excess(&lines);
        lines.into_iter().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    fn line(&mut self, line: &str) -> Option<String> {
        if line.contains("has been written to") {
            return None;
        }
        let (margin, rest) = split_margin(line);
        if let Some(ends) = self.count(rest, margin.len()) {
            return ends.then(|| format!("{}and $N others", &margin[2..]));
        }
        if let Some(arrow) = ["--> ", "::: "].into_iter().find(|arrow| rest.starts_with(arrow)) {
            return Some(format!("{margin}{arrow}{}", self.place(&rest[arrow.len()..])));
        }
        self.is_of_another_file &= rest.starts_with('|') || rest.starts_with("...");
        let margin = if self.is_of_another_file { " ".repeat(margin.len()) } else { margin.to_owned() };
        Some(margin + &rest.replace(&workspace(), "$WORKSPACE"))
    }

    /// Of a list of types, whose length is up to the crates below, the first are told. Whether the line is where the list then
    /// ends, if it does not stay as it is.
    fn count(&mut self, rest: &str, margin: usize) -> Option<bool> {
        if rest.starts_with("= help: the following") && rest.contains("types implement trait") {
            self.listed = Some(0);
            return None;
        }
        self.listed = self.listed.filter(|_| margin > LIST).map(|listed| listed + 1);
        self.listed.filter(|listed| *listed > LISTED).map(|listed| listed == LISTED + 1)
    }

    /// Where something stands; the line and the column only within the case.
    fn place(&mut self, place: &str) -> String {
        let (file, position) = split_position(place);
        self.is_of_another_file = file != self.case.0;
        if self.is_of_another_file { elsewhere(file) } else { format!("{}{position}", self.case.1) }
    }
}

/// A line's number and the blanks around it.
fn split_margin(line: &str) -> (&str, &str) {
    let is_margin = |letter: char| letter == ' ' || letter.is_ascii_digit();
    line.split_at(line.find(|letter| !is_margin(letter)).unwrap_or(line.len()))
}

/// `:line:column` behind a path.
fn split_position(place: &str) -> (&str, &str) {
    let is_position = |letter: char| letter == ':' || letter.is_ascii_digit();
    place.split_at(place.trim_end_matches(is_position).len())
}

/// A file that is no case, whoever has it wherever.
fn elsewhere(file: &str) -> String {
    if let Some((_, file)) = file.split_once("/library/") {
        return format!("$RUST/{file}");
    }
    let Some((_, file)) = file.split_once("/registry/src/") else {
        return format!("$WORKSPACE/{}", file.trim_start_matches(&format!("{}/", workspace())));
    };
    let (package, file) =
        file.split_once('/').map_or(("", file), |(_, file)| file.split_once('/').unwrap_or(("", file)));
    let name = package.rsplit_once('-').map_or(package, |(name, _)| name);
    format!("$CARGO/{name}-$VERSION/{file}")
}

fn workspace() -> String {
    cases::package().parent().map(|root| root.display().to_string()).unwrap_or_default()
}

/// The margin is as wide as the longest number of a line that was there; it is to be as wide as those that are left need.
fn without_excess(lines: &[String]) -> Vec<String> {
    let arrow = lines.iter().find_map(|line| line.find("--> ")).unwrap_or_default();
    let numbers = lines.iter().map(|line| split_margin(line)).filter(|(_, rest)| rest.starts_with('|'));
    let digits = numbers.map(|(number, _)| number.trim().len()).max();
    let excess = arrow.saturating_sub(digits.unwrap_or_default().max(1));
    let mut has_margin = true;
    lines.iter().map(|line| narrowed(line, excess, &mut has_margin)).collect()
}

/// What goes on in the lines below `note:` and `help:` has no margin.
fn narrowed(line: &str, excess: usize, has_margin: &mut bool) -> String {
    let (margin, rest) = split_margin(line);
    let begins = ["|", "-->", ":::", "="].iter().any(|sign| rest.starts_with(sign));
    *has_margin = if margin.is_empty() { false } else { begins || *has_margin };
    match line.find(' ') {
        Some(start) if *has_margin => format!("{}{}", &line[..start], line.get(start + excess..).unwrap_or_default()),
        _ => line.to_owned(),
    }
}
