//! Counts failing accounts by institution and by how long they have been failing, for the charts of
//! a report.

use std::collections::HashMap;

use crate::catalog::Category;
use crate::classify::Finding;

/// Counts by category, in the order of [`Category::ALL`].
pub type Counts = [u64; Category::ALL.len()];

/// The number of institutions that are counted separately, which is more than exist. Accounts of
/// any others are counted together, which keeps memory bounded whatever the input.
const MAX_INSTITUTIONS: usize = 50_000;

/// The last day of each span of days failing, except the last span, which is open.
const SPAN_ENDS: [u64; SPANS - 1] = [1, 3, 7, 14, 30, 90];
const SPANS: usize = 7;

/// Accounts whose data has stopped, counted by institution and by days failing.
#[derive(Debug, Clone, Default)]
pub struct Spread {
    institutions: HashMap<Box<str>, Counts>,
    /// Accounts of institutions that are not counted separately, and accounts without an
    /// institution.
    elsewhere: Counts,
    days: [Counts; SPANS],
    /// Accounts that lack a date.
    undated: Counts,
}

impl Spread {
    /// Counts an account or API error, if its data has stopped.
    pub fn add(&mut self, finding: &Finding<'_, '_>) {
        let (account, category) = (finding.account, finding.verdict.category);
        if category.is_failing() {
            self.count(category, account.institution_id, account.days_failing());
        }
    }

    /// Counts one account of this category, which has been failing for this many days.
    pub fn count(&mut self, category: Category, institution_id: Option<&str>, days: Option<u64>) {
        let index = category as usize;
        match institution_id {
            Some(id) => match self.institutions.get_mut(id) {
                Some(counts) => counts[index] += 1,
                None => self.institutions.entry(id.into()).or_default()[index] += 1,
            },
            None => self.elsewhere[index] += 1,
        }
        let counts = match days {
            Some(days) => &mut self.days[SPAN_ENDS.partition_point(|&end| end < days)],
            None => &mut self.undated,
        };
        counts[index] += 1;
    }

    /// Adds the counts of the next batch of the input.
    pub fn merge(&mut self, other: Self) {
        for (id, counts) in other.institutions {
            if self.institutions.len() < MAX_INSTITUTIONS || self.institutions.contains_key(&id) {
                add(self.institutions.entry(id).or_default(), &counts);
            } else {
                add(&mut self.elsewhere, &counts);
            }
        }
        add(&mut self.elsewhere, &other.elsewhere);
        add(&mut self.undated, &other.undated);
        for (days, more) in self.days.iter_mut().zip(&other.days) {
            add(days, more);
        }
    }

    /// Returns the `limit` institutions with the most failing accounts, and the counts of all
    /// others.
    #[must_use]
    pub fn institutions(&self, limit: usize) -> (Vec<(&str, Counts)>, Counts) {
        let mut all: Vec<(&str, Counts)> =
            self.institutions.iter().map(|(id, counts)| (&**id, *counts)).collect();
        all.sort_unstable_by_key(|(id, counts)| (std::cmp::Reverse(sum(counts)), *id));
        let mut others = self.elsewhere;
        for (_, counts) in all.iter().skip(limit) {
            add(&mut others, counts);
        }
        all.truncate(limit);
        (all, others)
    }

    /// Returns the counts by days failing, each with a label, and last those of accounts that lack
    /// a date.
    pub fn days(&self) -> impl Iterator<Item = (String, Counts)> {
        let starts = std::iter::once(0).chain(SPAN_ENDS.iter().map(|end| end + 1));
        let ends = SPAN_ENDS.iter().copied().map(Some).chain([None]);
        let labels = starts.zip(ends).map(|span| match span {
            (0, Some(end)) => format!("up to {end} day"),
            (start, Some(end)) => format!("{start} to {end} days"),
            (start, None) => format!("{start} days or more"),
        });
        labels.zip(self.days).chain([("no date".to_owned(), self.undated)])
    }
}

/// Returns the sum over all categories.
#[must_use]
pub fn sum(counts: &Counts) -> u64 {
    counts.iter().sum()
}

fn add(counts: &mut Counts, more: &Counts) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;

    const DAY: i64 = 86_400;

    fn spread(accounts: &[(Option<&str>, u32, Option<i64>)]) -> Spread {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let mut spread = Spread::default();
        for &(institution_id, code, days) in accounts {
            let account = Account {
                institution_id,
                aggregation_status_code: Some(code),
                success: days.map(|_| 0),
                attempt: days.map(|days| days * DAY),
                ..Account::default()
            };
            spread.add(&classifier.classify(&account));
        }
        spread
    }

    #[test]
    fn every_failing_account_is_counted_by_institution_and_by_days() {
        let mut all = spread(&[(Some("7"), 185, Some(3)), (Some("7"), 0, Some(0))]);
        all.merge(spread(&[
            (Some("7"), 910, None),
            (None, 103, Some(400)),
            (Some("8"), 103, Some(4)),
        ]));
        let (institutions, others) = all.institutions(1);
        assert_eq!(
            institutions.iter().map(|(id, n)| (*id, sum(n))).collect::<Vec<_>>(),
            [("7", 2)]
        );
        assert_eq!(sum(&others), 2);
        let days: Vec<(String, u64)> = all
            .days()
            .map(|(label, counts)| (label, sum(&counts)))
            .filter(|row| row.1 > 0)
            .collect();
        let expected =
            [("2 to 3 days", 1), ("4 to 7 days", 1), ("91 days or more", 1), ("no date", 1)];
        assert_eq!(days, expected.map(|(label, count)| (label.to_owned(), count)));
    }
}
