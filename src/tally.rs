//! The counts of a run. Merging two tallies is associative and commutative, so the parts of an
//! input can be counted separately and merged in any order.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::{Catalog, Category};
//! use statuscode::classify::Classifier;
//! use statuscode::tally::Tally;
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let count = |codes: &[u32]| {
//!     let mut tally = Tally::new(&classifier);
//!     for &code in codes {
//!         let account = Account { aggregation_status_code: Some(code), ..Account::default() };
//!         tally.add(&classifier.classify(&account));
//!     }
//!     tally
//! };
//! let (mut monday, tuesday) = (count(&[0, 185, 900]), count(&[0, 103]));
//! monday.merge(&tuesday);
//! assert_eq!(monday.accounts(), 5);
//! assert_eq!(monday.in_category(&classifier, Category::UserAction), 2);
//! let rows = monday.rows(&classifier);
//! let codes: Vec<_> = rows.iter().map(|row| (row.code, row.accounts)).collect();
//! assert_eq!(codes, [(Some(0), 2), (Some(103), 1), (Some(185), 1), (Some(900), 1)]);
//! ```

use std::collections::BTreeMap;

use crate::account::Code;
use crate::catalog::Category;
use crate::classify::{Classifier, Finding, Verdict};

/// The number of distinct unknown codes that are counted separately. If there are more, the lowest
/// ones are, and the others are counted together. This keeps a tally small whatever the input, and
/// independent of the order of the accounts.
pub const UNKNOWN_CODES: usize = 1000;

/// Counts of documents, accounts, and invalid records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The number of documents read, valid or not.
    pub documents: u64,
    /// The number of API errors among the findings.
    pub api_errors: u64,
    /// The number of accounts that the selection excludes.
    pub unselected: u64,
    /// The number of invalid records.
    pub invalid: u64,
    /// Accounts and API errors, by the index of their verdict.
    by_verdict: Vec<u64>,
    /// Accounts with an unknown code, by code: the lowest [`UNKNOWN_CODES`] codes.
    unknown: BTreeMap<Code, u64>,
    /// Accounts with an unknown code that is not in `unknown`.
    unknown_rest: u64,
}

/// The count of one code and category.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t, 'c> {
    /// The code; `None` for pending accounts, and for unknown codes that are not counted
    /// separately.
    pub code: Option<Code>,
    /// The number of accounts and API errors.
    pub accounts: u64,
    /// What the catalog says about them.
    pub verdict: &'t Verdict<'c>,
}

impl Tally {
    /// Returns an empty tally for the verdicts of this classifier.
    #[must_use]
    pub fn new(classifier: &Classifier<'_>) -> Self {
        let by_verdict = vec![0; classifier.verdicts().len()];
        Self {
            documents: 0,
            api_errors: 0,
            unselected: 0,
            invalid: 0,
            by_verdict,
            unknown: BTreeMap::new(),
            unknown_rest: 0,
        }
    }

    /// Counts one account or API error.
    #[inline]
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        self.api_errors += u64::from(finding.account.api_error);
        self.by_verdict[finding.verdict.index] += 1;
        if finding.verdict.category == Category::Unknown
            && let Some(code) = finding.account.aggregation_status_code
        {
            self.add_unknown(code, 1);
        }
    }

    /// Counts many accounts with the same verdict. For an unknown code, `None` means one that is
    /// not counted separately.
    pub fn add_accounts(&mut self, verdict: &Verdict<'_>, code: Option<Code>, accounts: u64) {
        self.by_verdict[verdict.index] += accounts;
        if verdict.category == Category::Unknown {
            match code {
                Some(code) => self.add_unknown(code, accounts),
                None => self.unknown_rest += accounts,
            }
        }
    }

    /// Adds the counts of another tally of the same classifier.
    pub fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.api_errors += other.api_errors;
        self.unselected += other.unselected;
        self.invalid += other.invalid;
        for (count, more) in self.by_verdict.iter_mut().zip(&other.by_verdict) {
            *count += more;
        }
        self.unknown_rest += other.unknown_rest;
        for (&code, &accounts) in &other.unknown {
            self.add_unknown(code, accounts);
        }
    }

    fn add_unknown(&mut self, code: Code, accounts: u64) {
        *self.unknown.entry(code).or_default() += accounts;
        if self.unknown.len() > UNKNOWN_CODES
            && let Some((_, accounts)) = self.unknown.pop_last()
        {
            self.unknown_rest += accounts;
        }
    }

    /// Returns the number of accounts, without API errors and unselected accounts.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.by_verdict.iter().sum::<u64>() - self.api_errors
    }

    /// Returns the number of records: accounts, API errors, unselected accounts, and invalid
    /// records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.by_verdict.iter().sum::<u64>() + self.unselected + self.invalid
    }

    /// Returns the number of accounts and API errors with this verdict.
    #[must_use]
    pub fn with_verdict(&self, verdict: &Verdict<'_>) -> u64 {
        self.by_verdict[verdict.index]
    }

    /// Returns the number of accounts and API errors in this category. `classifier` must be the one
    /// that the tally was made for.
    #[must_use]
    pub fn in_category(&self, classifier: &Classifier<'_>, category: Category) -> u64 {
        let verdicts = classifier.verdicts().iter().zip(&self.by_verdict);
        verdicts
            .filter(|(verdict, _)| verdict.category == category)
            .map(|(_, accounts)| accounts)
            .sum()
    }

    /// Returns the counts by code, ascending, and last those without a code. `classifier` must be
    /// the one that the tally was made for.
    #[must_use]
    pub fn rows<'t, 'c>(&self, classifier: &'t Classifier<'c>) -> Vec<Row<'t, 'c>> {
        let mut rows = Vec::new();
        for (verdict, &accounts) in classifier.verdicts().iter().zip(&self.by_verdict) {
            if verdict.category == Category::Unknown {
                let separate = self.unknown.iter().map(|(&code, &accounts)| Row {
                    code: Some(code),
                    accounts,
                    verdict,
                });
                rows.extend(separate);
                rows.push(Row { code: None, accounts: self.unknown_rest, verdict });
            } else {
                rows.push(Row { code: verdict.code, accounts, verdict });
            }
        }
        rows.retain(|row| row.accounts > 0);
        rows.sort_by_key(|row| (row.code.is_none(), row.code, row.verdict.category));
        rows
    }
}

/// Returns `part` as a share of `whole`, 0 to 1; `None` if `whole` is 0.
#[allow(clippy::cast_precision_loss, reason = "a share needs no more precision")]
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::catalog::Catalog;

    fn tally(classifier: &Classifier<'_>, codes: &[Option<Code>], api_error: bool) -> Tally {
        let mut tally = Tally::new(classifier);
        for &aggregation_status_code in codes {
            let account = Account { aggregation_status_code, api_error, ..Account::default() };
            tally.add(&classifier.classify(&account));
        }
        tally
    }

    #[test]
    fn every_record_is_in_exactly_one_count() {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let mut all = tally(&classifier, &[Some(0), Some(185), None, Some(777)], false);
        all.merge(&tally(&classifier, &[Some(10023)], true));
        (all.unselected, all.invalid) = (7, 2);
        assert_eq!((all.accounts(), all.api_errors, all.records()), (4, 1, 14));
        let by_category =
            Category::ALL.iter().map(|&category| all.in_category(&classifier, category));
        assert_eq!(by_category.sum::<u64>(), 5);
        assert_eq!(all.rows(&classifier).iter().map(|row| row.accounts).sum::<u64>(), 5);
    }

    #[test]
    fn many_unknown_codes_take_bounded_memory_and_any_order_counts_the_same() {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let codes: Vec<Option<Code>> = (5_000_000..5_002_000).map(Some).collect();
        let forward = tally(&classifier, &codes, false);
        let backward: Vec<Option<Code>> = codes.into_iter().rev().collect();
        assert_eq!(tally(&classifier, &backward, false), forward);
        let rows = forward.rows(&classifier);
        assert_eq!(rows.len(), UNKNOWN_CODES + 1);
        assert_eq!(rows.last().map(|row| (row.code, row.accounts)), Some((None, 1000)));
    }

    #[test]
    fn the_rows_of_a_tally_restore_it_and_merging_adds_them() {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let codes: Vec<Option<Code>> = (5_000_000..5_002_000).map(Some).collect();
        let mut all = tally(&classifier, &codes, false);
        all.merge(&tally(&classifier, &[None, Some(0), Some(185), Some(185)], false));
        all.merge(&tally(&classifier, &[Some(429), Some(500), Some(10023)], true));
        let restore = |times: u64| {
            let mut restored = Tally::new(&classifier);
            for row in all.rows(&classifier) {
                let verdict = classifier.verdict(row.code, row.verdict.category).unwrap();
                assert_eq!(verdict.index, row.verdict.index, "{:?}", row.code);
                restored.add_accounts(verdict, row.code, row.accounts * times);
            }
            Tally { api_errors: 3 * times, ..restored }
        };
        assert_eq!(restore(1), all);
        let mut twice = all.clone();
        twice.merge(&all);
        assert_eq!(twice, restore(2));
    }
}
