//! A required action, cut to what fits into a table.

/// Returns the first sentence of a required action, which says what to do. The sentences after it
/// say how.
///
/// A period ends the sentence only before a capital letter, so that an abbreviation does not.
#[must_use]
pub fn short_action(text: &str) -> &str {
    text.match_indices(". ")
        .map(|(period, _)| period + 1)
        .find(|&end| text[end + 1..].starts_with(char::is_uppercase))
        .map_or(text, |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::short_action;

    #[test]
    fn the_short_action_ends_at_a_period_before_a_capital_letter() {
        assert_eq!(short_action("Wait. Then check again."), "Wait.");
        assert_eq!(short_action("Ask e.g. the bank. It knows."), "Ask e.g. the bank.");
        assert_eq!(short_action("Nothing to do."), "Nothing to do.");
        assert_eq!(short_action(""), "");
        assert_eq!(short_action("Send. Éclair"), "Send.");
    }
}
