//! Of what is required, the part that tables have room for.

/// The sentence that says what to do; those behind it say how. A full stop ends it only before a capital letter, so that an
/// abbreviation does not.
#[must_use]
pub fn short_action(text: &str) -> &str {
    let end = text.match_indices(". ").map(|(place, _)| place + 1);
    end.into_iter()
        .find(|&end| text[end + 1..].starts_with(char::is_uppercase))
        .map_or(text, |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::short_action;

    #[test]
    fn the_short_action_ends_before_a_capital_letter() {
        assert_eq!(short_action("Wait. Then look again."), "Wait.");
        assert_eq!(
            short_action("Ask e.g. the bank. It knows."),
            "Ask e.g. the bank."
        );
        assert_eq!(short_action("Nothing to do."), "Nothing to do.");
        assert_eq!(short_action(""), "");
        assert_eq!(short_action("Send. Éclair"), "Send.");
    }
}
