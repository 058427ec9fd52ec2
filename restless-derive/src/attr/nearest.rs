//! Suggestions for words that are not known, and lists of those that are.

/// The candidate that was most likely meant: the same but for case, or at most a third of its letters away.
pub fn nearest<'a>(found: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let distance = |candidate: &str| strsim::damerau_levenshtein(&found.to_lowercase(), &candidate.to_lowercase());
    let closest = candidates.iter().copied().min_by_key(|candidate| distance(candidate))?;
    let tolerated = (found.chars().count().max(closest.chars().count()) / 3).max(1);
    (distance(closest) <= tolerated).then_some(closest)
}

/// Words for a message: `` `a`, `b`, `c` ``.
pub fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_what_is_close_and_nothing_else() {
        let keys = ["page_size", "max_page_size", "prefix"];
        assert_eq!(nearest("pagesize", &keys), Some("page_size"));
        assert_eq!(nearest("PREFIX", &keys), Some("prefix"));
        assert_eq!(nearest("colour", &keys), None);
    }
}
