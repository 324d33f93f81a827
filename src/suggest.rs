//! Suggestions for misspelled words.

/// Words below this similarity are unrelated.
const ALIKE: f64 = 0.7;

/// The word that is most similar to `wrong`, if any is similar enough.
pub fn nearest<'a>(wrong: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    words
        .into_iter()
        .map(|word| (strsim::jaro_winkler(wrong, word), word))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_are_alike_are_suggested() {
        let words = ["user_action", "institution", "support"];
        assert_eq!(nearest("user_acton", words), Some("user_action"));
        assert_eq!(nearest("institutions", words), Some("institution"));
        assert_eq!(nearest("zzz", words), None);
    }
}
