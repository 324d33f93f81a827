//! The counts of a run. Merging is associative and commutative, so parts can be counted separately
//! and added in any order.
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
//! assert_eq!(monday.of_category(&classifier, Category::UserAction), 2);
//! let rows = monday.rows(&classifier);
//! let codes: Vec<_> = rows.iter().map(|row| (row.code, row.accounts)).collect();
//! assert_eq!(codes, [(Some(0), 2), (Some(103), 1), (Some(185), 1), (Some(900), 1)]);
//! ```

use std::collections::BTreeMap;

use crate::account::Code;
use crate::catalog::Category;
use crate::classify::{Classifier, Finding, Verdict};

/// How many distinct unknown codes are counted separately. Beyond that, the lowest ones are, and
/// the others are counted together: a tally stays small whatever the input, and does not depend on
/// its order.
pub const UNKNOWN_CODES: usize = 1000;

/// Counts of documents, accounts, and invalid records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Documents that were read, valid or not.
    pub documents: u64,
    /// Error bodies among the findings.
    pub api_errors: u64,
    /// Accounts that the selection excludes.
    pub unselected: u64,
    /// Records that could not be read.
    pub invalid: u64,
    /// Accounts and API errors, by the index of their verdict.
    by_verdict: Vec<u64>,
    unknown: BTreeMap<Code, u64>,
    /// Accounts with an unknown code beyond [`UNKNOWN_CODES`].
    unknown_rest: u64,
}

/// The accounts of one code and category.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t, 'c> {
    /// The code; `None` for pending accounts, and for unknown codes that are not counted
    /// separately.
    pub code: Option<Code>,
    /// How many accounts.
    pub accounts: u64,
    /// What the catalog says about them.
    pub verdict: &'t Verdict<'c>,
}

impl Tally {
    /// An empty tally for the verdicts of this classifier.
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

    /// Counts many accounts of one state. For an unknown state, `None` means codes that are not
    /// counted separately.
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

    /// All classified accounts.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.by_verdict.iter().sum::<u64>() - self.api_errors
    }

    /// All records: accounts, API errors, unselected accounts, and invalid records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.by_verdict.iter().sum::<u64>() + self.unselected + self.invalid
    }

    /// The accounts and API errors of one verdict.
    #[must_use]
    pub fn of_verdict(&self, verdict: &Verdict<'_>) -> u64 {
        self.by_verdict[verdict.index]
    }

    /// The accounts of one category.
    #[must_use]
    pub fn of_category(&self, classifier: &Classifier<'_>, category: Category) -> u64 {
        let verdicts = classifier.verdicts().iter().zip(&self.by_verdict);
        verdicts
            .filter(|(verdict, _)| verdict.category == category)
            .map(|(_, accounts)| accounts)
            .sum()
    }

    /// The accounts by code, ascending; then those without a code.
    #[must_use]
    pub fn rows<'t, 'c>(&self, classifier: &'t Classifier<'c>) -> Vec<Row<'t, 'c>> {
        let mut rows = Vec::new();
        for (verdict, &accounts) in classifier.verdicts().iter().zip(&self.by_verdict) {
            if verdict.category == Category::Unknown {
                let known = self.unknown.iter().map(|(&code, &accounts)| Row {
                    code: Some(code),
                    accounts,
                    verdict,
                });
                rows.extend(known);
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
            Category::ALL.iter().map(|&category| all.of_category(&classifier, category));
        assert_eq!(by_category.sum::<u64>(), 5);
        assert_eq!(all.rows(&classifier).iter().map(|row| row.accounts).sum::<u64>(), 5);
    }

    #[test]
    fn very_many_unknown_codes_take_bounded_memory_whatever_their_order() {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let codes: Vec<Option<Code>> = (5_000_000..5_002_000).map(Some).collect();
        let forward = tally(&classifier, &codes, false);
        let backward: Vec<Option<Code>> = codes.into_iter().rev().collect();
        assert_eq!(tally(&classifier, &backward, false), forward);
        let rows = forward.rows(&classifier);
        assert_eq!(rows.len(), UNKNOWN_CODES + 1);
        assert_eq!(rows.last().map(|row| (row.code, row.accounts)), Some((None, 1000)));
    }
}
