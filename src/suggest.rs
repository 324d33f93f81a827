//! Suggestions for misspelled names.

/// Returns the valid name that is most similar to `wrong`, if any is similar enough.
pub fn nearest<'a>(wrong: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    valid
        .into_iter()
        .filter(|name| is_similar(wrong, name))
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

/// Returns whether somebody who wrote `wrong` may have meant `name`: at most a third of its
/// characters differ, or it is only the beginning.
pub fn is_similar(wrong: &str, name: &str) -> bool {
    const MIN_BEGINNING: usize = 3;
    let longest = wrong.chars().count().max(name.chars().count());
    let is_beginning = wrong.len() >= MIN_BEGINNING && name.starts_with(wrong);
    is_beginning || strsim::damerau_levenshtein(wrong, name) * 3 <= longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_similar_names_are_suggested() {
        let names = ["user_action", "institution", "support"];
        assert_eq!(nearest("user_acton", names), Some("user_action"));
        assert_eq!(nearest("institutions", names), Some("institution"));
        assert_eq!(nearest("inst", names), Some("institution"));
        assert_eq!(nearest("zzz", names), None);
        assert!(!is_similar("broken", "ok") && !is_similar("xml", "html"));
    }
}
