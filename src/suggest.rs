//! Suggestions for misspelled names.

/// Names below this Jaro-Winkler similarity are considered unrelated.
const MIN_SIMILARITY: f64 = 0.7;

/// Returns the valid name that is most similar to `wrong`, if any is similar enough.
pub fn nearest<'a>(wrong: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    valid
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(similarity, _)| *similarity > MIN_SIMILARITY)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_similar_names_are_suggested() {
        let names = ["user_action", "institution", "support"];
        assert_eq!(nearest("user_acton", names), Some("user_action"));
        assert_eq!(nearest("institutions", names), Some("institution"));
        assert_eq!(nearest("zzz", names), None);
    }
}
