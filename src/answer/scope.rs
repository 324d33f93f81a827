//! The part of the input that an answer covers, in words for people.

use super::summary::count_phrase;
use crate::tally::Tally;
use crate::text::{Count, grouped};

/// The part of the input that an answer covers. The default is all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The selection, such as "code 185, customer 5001"; empty if every account counts.
    pub selection: String,
    /// The number of records that a later record of the same account replaces.
    pub superseded: u64,
    /// The number of inputs that were not read to the end.
    pub unfinished: u64,
}

impl Scope {
    /// Returns what was counted: "12 accounts and 1 API error", or "165 of 5,000 accounts selected
    /// (code 185)".
    #[must_use]
    pub fn counted(&self, tally: &Tally) -> String {
        if self.selection.is_empty() {
            return count_phrase(tally);
        }
        let (accounts, errors) = (tally.accounts(), tally.api_errors);
        let all = accounts + errors + self.unselected(tally);
        let counted = match errors {
            0 => format!("{} of {} selected", grouped(accounts), Count(all, "account")),
            _ => format!("{} selected of {}", count_phrase(tally), grouped(all)),
        };
        format!("{counted} ({})", self.selection)
    }

    /// Returns the selection as a remark, for a headline that counts something else; empty if every
    /// account counts.
    #[must_use]
    pub fn selected(&self, unselected: u64) -> String {
        if self.selection.is_empty() {
            return String::new();
        }
        let unselected = Count(unselected, "record");
        format!("; selected: {} ({unselected} not selected)", self.selection)
    }

    /// Returns remarks about the rest of the input, each after a semicolon.
    #[must_use]
    pub fn remarks(&self, tally: &Tally) -> String {
        let mut text = String::new();
        let unselected = self.unselected(tally);
        if self.selection.is_empty() && unselected > 0 {
            text += &format!("; {} not selected", grouped(unselected));
        }
        if self.superseded > 0 {
            text += &format!("; {}", self.earlier_records());
        }
        if tally.invalid > 0 {
            text += &format!("; {}", Count(tally.invalid, "invalid record"));
        }
        if self.unfinished > 0 {
            text += &format!("; {}", self.unfinished_inputs());
        }
        text
    }

    /// Returns a sentence that shows that all records are accounted for.
    #[must_use]
    pub fn ledger(&self, tally: &Tally) -> String {
        let superseded = match self.superseded {
            0 => String::new(),
            _ => format!("{}, ", self.earlier_records()),
        };
        let mut text = format!(
            "{}: {}, {}, {} not selected, {superseded}{}.",
            Count(tally.records(), "record"),
            Count(tally.accounts(), "account"),
            Count(tally.api_errors, "API error"),
            grouped(self.unselected(tally)),
            Count(tally.invalid, "invalid record"),
        );
        if self.unfinished > 0 {
            text += &format!(" {}, so the counts are too low.", self.unfinished_inputs());
        }
        text
    }

    /// Returns the number of records that the selection excludes.
    const fn unselected(&self, tally: &Tally) -> u64 {
        tally.unselected.saturating_sub(self.superseded)
    }

    fn earlier_records(&self) -> String {
        let (ending, noun) = match self.superseded {
            1 => ("the same account", "earlier record"),
            _ => ("the same accounts", "earlier record"),
        };
        format!("{} of {ending}", Count(self.superseded, noun))
    }

    fn unfinished_inputs(&self) -> String {
        let verb = if self.unfinished == 1 { "was" } else { "were" };
        format!("{} {verb} not read to the end", Count(self.unfinished, "input"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;

    fn tally(accounts: u64, errors: u64, unselected: u64) -> Tally {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let mut tally = Tally::new(&classifier);
        for number in 0..accounts + errors {
            let account = Account {
                aggregation_status_code: Some(185),
                api_error: number >= accounts,
                ..Account::default()
            };
            tally.add(&classifier.classify(&account));
        }
        tally.unselected = unselected;
        tally
    }

    fn selection() -> Scope {
        Scope { selection: "code 185".to_owned(), ..Scope::default() }
    }

    #[test]
    fn a_selection_says_how_many_of_all_accounts_it_has() {
        assert_eq!(selection().counted(&tally(2, 0, 12)), "2 of 14 accounts selected (code 185)");
        assert_eq!(
            selection().counted(&tally(2, 1, 1)),
            "2 accounts and 1 API error selected of 4 (code 185)"
        );
        assert_eq!(Scope::default().counted(&tally(2, 0, 0)), "2 accounts");
    }

    #[test]
    fn superseded_records_are_not_called_unselected() {
        let latest = Scope { superseded: 3, ..Scope::default() };
        assert_eq!(latest.remarks(&tally(2, 0, 3)), "; 3 earlier records of the same accounts");
        let both = Scope { superseded: 1, ..selection() };
        assert_eq!(both.counted(&tally(2, 0, 3)), "2 of 4 accounts selected (code 185)");
        assert_eq!(both.remarks(&tally(2, 0, 3)), "; 1 earlier record of the same account");
    }

    #[test]
    fn an_input_that_ended_early_is_part_of_every_text() {
        let scope = Scope { unfinished: 1, ..Scope::default() };
        assert_eq!(scope.remarks(&tally(2, 0, 0)), "; 1 input was not read to the end");
        let ledger = scope.ledger(&tally(2, 0, 0));
        assert!(ledger.ends_with("so the counts are too low."), "{ledger}");
    }
}
