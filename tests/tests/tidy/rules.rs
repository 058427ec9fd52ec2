//! The page of the rules of JSON:API has each rule that a test names by its number, and no other.

use std::collections::BTreeSet;

use crate::report::Report;
use crate::sources;

const PAGE: &str = "docs/rules.md";

/// The letters that numbers of rules begin with: negotiation, documents, fetching, writing, query parameters, errors.
const LETTERS: [char; 6] = ['N', 'D', 'F', 'W', 'Q', 'E'];

#[test]
fn every_rule_that_a_test_names_is_on_the_page() {
    let rules = rules();
    let mut report = Report::default();
    for file in sources::rust_below("tests/tests/behaviour") {
        for (number, line) in (1..).zip(file.text.lines()) {
            for rule in named(line).difference(&rules) {
                report.add(&file.path, number, rule);
            }
        }
    }
    report.check("a rule that a test names is on the page of the rules");
}

#[test]
fn every_rule_of_the_page_is_named_by_a_test() {
    let named: BTreeSet<_> =
        sources::rust_below("tests/tests/behaviour").iter().flat_map(|file| named(&file.text)).collect();
    let mut report = Report::default();
    for rule in rules().difference(&named) {
        report.add(PAGE, 1, rule);
    }
    report.check("a rule is named by a test");
}

#[test]
fn a_range_names_what_lies_between() {
    let expected = ["D25", "D26", "F13", "F14", "F15", "W44"].map(str::to_owned);
    assert_eq!(named("//! Documents (D25–D26, F13 to F15), and W44 to E1"), BTreeSet::from(expected));
}

/// The rules that have a row on the page.
fn rules() -> BTreeSet<String> {
    let text = sources::text(PAGE);
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    cells.filter(|cell| parts(cell).is_some()).map(str::to_owned).collect()
}

/// The rules that a text names, one by one or as `F13–F17`.
fn named(text: &str) -> BTreeSet<String> {
    let text = text.replace(" to ", "–");
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '–');
    words.flat_map(of_a_word).collect()
}

fn of_a_word(word: &str) -> Vec<String> {
    let rules: Vec<_> = word.split('–').filter_map(parts).collect();
    match rules[..] {
        [(letter, first), (of_the_last, last)] if letter == of_the_last => {
            (first..=last).map(|number| format!("{letter}{number:02}")).collect()
        }
        _ => rules.iter().map(|(letter, number)| format!("{letter}{number:02}")).collect(),
    }
}

/// The letter and the number of a rule, if the word is one.
fn parts(word: &str) -> Option<(char, u8)> {
    let letter = word.chars().next().filter(|letter| LETTERS.contains(letter))?;
    let number = &word[1..];
    (number.len() == 2).then(|| number.parse().ok()).flatten().map(|number| (letter, number))
}
