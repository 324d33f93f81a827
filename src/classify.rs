//! Applies the catalog to accounts.
//!
//! An API error is classified by its code, like an account. If the catalog has an entry for the
//! code, the entry applies, because aggregation errors also arrive as error bodies: a 185 is a 185
//! in both. If the code is in no source but is an HTTP status, the request is at fault
//! ([`Category::Partner`]). Any other code is [`Category::Unknown`], even in an error body:
//! Mastercard may add aggregation codes at any time, so an unknown code proves nothing about the
//! request.

use crate::account::{Account, Code};
use crate::catalog::{Action, Catalog, Category, Entry, HttpStatus, Remedy, StateEntry};

/// What the catalog says about every account in the same state.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'c> {
    /// Who must act.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair the login, and the application has integrated
    /// it.
    pub connect_fix: bool,
    /// The short name of the state.
    pub title: &'c str,
    /// What to do.
    pub required_action: &'c str,
    /// What happened.
    pub meaning: &'c str,
    /// What an application can show to the customer.
    pub customer_message: &'c str,
    /// The code; `None` for pending accounts and for unknown codes.
    pub code: Option<Code>,
    /// The code's entry; `None` for pending accounts, HTTP statuses, and unknown codes.
    pub entry: Option<&'c Entry>,
    /// The index of this verdict in [`Classifier::verdicts`].
    pub index: usize,
}

/// An account or API error, classified.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'f, 'c> {
    /// The account or API error.
    pub account: &'f Account<'f>,
    /// What the catalog says about its state.
    pub verdict: &'f Verdict<'c>,
}

impl Finding<'_, '_> {
    /// Returns whether the integrator's own request is at fault. Such an error may name an account,
    /// but says nothing about the account's state.
    #[must_use]
    pub fn is_request_error(&self) -> bool {
        self.account.api_error && self.verdict.category == Category::Partner
    }
}

/// Codes below this are looked up in an array. Nearly all codes are.
const LOW: usize = 1024;
/// Marks a code in the array as unknown.
const NONE: u16 = u16::MAX;

/// A catalog, prepared to classify many accounts.
#[derive(Debug, Clone)]
pub struct Classifier<'c> {
    /// One for each entry, then one for each state, then one for each HTTP status.
    verdicts: Vec<Verdict<'c>>,
    entries: &'c [Entry],
    /// The index of the verdict of each code below [`LOW`].
    low: [u16; LOW],
    /// The index of the verdict of code 0, `usize::MAX` if the catalog lacks it; like those below.
    success: usize,
    pending: usize,
    stale: usize,
    unknown: usize,
}

impl<'c> Classifier<'c> {
    /// Returns a classifier for this catalog. If `connect_fix` is false, codes that Data Connect
    /// Fix would repair get their fallback, and no verdict mentions Data Connect Fix.
    #[must_use]
    pub fn new(catalog: &'c Catalog, connect_fix: bool) -> Self {
        let entries = catalog.entries();
        let mut low = [NONE; LOW];
        for (index, entry) in entries.iter().enumerate() {
            if let Some(slot) = low.get_mut(entry.code as usize) {
                *slot = u16::try_from(index).unwrap_or(NONE);
            }
        }
        let success = catalog.get(0);
        let states = [Category::Pending, Category::Stale, Category::Unknown];
        let states = states.iter().map(|&category| from_state(catalog, category, success));
        let http_statuses = catalog
            .http_statuses()
            .iter()
            .filter(|status| catalog.get(status.code).is_none())
            .filter_map(from_http_status);
        let mut verdicts: Vec<Verdict<'c>> = entries
            .iter()
            .map(|entry| from_entry(entry, connect_fix))
            .chain(states)
            .chain(http_statuses)
            .collect();
        for (index, verdict) in verdicts.iter_mut().enumerate() {
            verdict.index = index;
        }
        let success = success.map_or(usize::MAX, |_| usize::from(low[0]));
        Self {
            verdicts,
            entries,
            low,
            success,
            pending: entries.len(),
            stale: entries.len() + 1,
            unknown: entries.len() + 2,
        }
    }

    /// Returns all verdicts: one for each entry, ascending by code; then pending, stale and
    /// unknown; then the HTTP statuses that are errors and not codes, ascending.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict<'c>] {
        &self.verdicts
    }

    /// Classifies an account or an API error.
    #[must_use]
    #[inline]
    pub fn classify<'f>(&'f self, account: &'f Account<'f>) -> Finding<'f, 'c> {
        let code = account.aggregation_status_code;
        let mut index = self.index(code);
        if index == self.success && account.is_stale() {
            index = self.stale;
        } else if index == self.unknown && account.api_error {
            index = self.http_status(code).unwrap_or(index);
        }
        Finding { account, verdict: &self.verdicts[index] }
    }

    /// Returns the verdict on accounts with this code and category, if there is one. All unknown
    /// codes share one verdict, which `None` with [`Category::Unknown`] finds too.
    #[must_use]
    pub fn verdict(&self, code: Option<Code>, category: Category) -> Option<&Verdict<'c>> {
        let index = match (code, category) {
            (Some(0), Category::Stale) => self.stale,
            (None, Category::Unknown) => self.unknown,
            _ => self.index(code),
        };
        let by_code = Some(index);
        let by_status = self.http_status(code);
        [by_code, by_status]
            .into_iter()
            .flatten()
            .map(|index| &self.verdicts[index])
            .find(|verdict| verdict.category == category)
    }

    /// Returns the category of an account with this code, unless it is stale.
    #[must_use]
    #[inline]
    pub fn category(&self, code: Option<Code>) -> Category {
        self.verdicts[self.index(code)].category
    }

    #[inline]
    fn index(&self, code: Option<Code>) -> usize {
        let Some(code) = code else {
            return self.pending;
        };
        match self.low.get(code as usize) {
            Some(&NONE) => self.unknown,
            Some(&index) => usize::from(index),
            None => {
                self.entries.binary_search_by_key(&code, |entry| entry.code).unwrap_or(self.unknown)
            }
        }
    }

    /// Returns the index of the verdict on error bodies with this HTTP status.
    fn http_status(&self, code: Option<Code>) -> Option<usize> {
        let first = self.unknown + 1;
        self.verdicts[first..]
            .binary_search_by_key(&code, |verdict| verdict.code)
            .ok()
            .map(|index| first + index)
    }
}

fn from_entry(entry: &Entry, connect_fix: bool) -> Verdict<'_> {
    let fallback = entry.fallback.as_ref().filter(|_| !connect_fix);
    let (action, required_action, customer_message) = match fallback {
        Some(fallback) => remedy_fields(fallback),
        None => (entry.action, entry.required_action.as_str(), entry.customer_message.as_str()),
    };
    Verdict {
        category: entry.category,
        action,
        connect_fix: entry.connect_fix && connect_fix,
        title: &entry.title,
        required_action,
        meaning: &entry.meaning,
        customer_message,
        code: Some(entry.code),
        entry: Some(entry),
        index: 0,
    }
}

fn from_state<'c>(
    catalog: &'c Catalog,
    category: Category,
    success: Option<&'c Entry>,
) -> Verdict<'c> {
    let state = catalog.states().iter().find(|state| state.category == category);
    let text = |field: fn(&StateEntry) -> &String| state.map_or("", |state| field(state).as_str());
    let entry = success.filter(|_| category == Category::Stale);
    Verdict {
        category,
        action: state.map_or(Action::Review, |state| state.action),
        connect_fix: false,
        title: text(|state| &state.title),
        required_action: text(|state| &state.required_action),
        meaning: text(|state| &state.meaning),
        customer_message: text(|state| &state.customer_message),
        code: entry.map(|entry| entry.code),
        entry,
        index: 0,
    }
}

/// Returns the verdict on error bodies with this status; `None` if the status is not an error.
fn from_http_status(status: &HttpStatus) -> Option<Verdict<'_>> {
    let (action, required_action, customer_message) = remedy_fields(status.remedy.as_ref()?);
    Some(Verdict {
        category: Category::Partner,
        action,
        connect_fix: false,
        title: &status.title,
        required_action,
        meaning: &status.meaning,
        customer_message,
        code: Some(status.code),
        entry: None,
        index: 0,
    })
}

fn remedy_fields(remedy: &Remedy) -> (Action, &str, &str) {
    (remedy.action, &remedy.required_action, &remedy.customer_message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(connect_fix: bool, account: &Account<'_>) -> (Category, Action, bool) {
        let classifier = Classifier::new(Catalog::built_in(), connect_fix);
        let verdict = classifier.classify(account).verdict;
        (verdict.category, verdict.action, verdict.connect_fix)
    }

    fn code(code: Option<Code>) -> Account<'static> {
        Account { aggregation_status_code: code, ..Account::default() }
    }

    #[test]
    fn an_account_without_a_code_is_pending_and_never_healthy() {
        let expected = (Category::Pending, Action::AwaitFirstAggregation, false);
        assert_eq!(verdict(true, &code(None)), expected);
    }

    #[test]
    fn code_0_is_stale_if_a_later_attempt_brought_no_data() {
        let dated = |success, attempt| Account {
            success: Some(success),
            attempt: Some(attempt),
            ..code(Some(0))
        };
        assert_eq!(verdict(true, &dated(2, 2)).0, Category::Ok);
        assert_eq!(verdict(true, &dated(1, 2)), (Category::Stale, Action::Wait, false));
        let failing = Account { aggregation_status_code: Some(185), ..dated(1, 2) };
        assert_eq!(verdict(true, &failing).0, Category::UserAction);
    }

    #[test]
    fn a_code_in_no_source_is_unknown_inside_the_array_and_beyond_it() {
        for unknown in [1, 777, 1023, 1024, 99_999, Code::MAX] {
            let expected = (Category::Unknown, Action::Review, false);
            assert_eq!(verdict(true, &code(Some(unknown))), expected, "{unknown}");
        }
    }

    #[test]
    fn an_http_status_is_recognized_only_in_an_api_error() {
        let api_error = Account { api_error: true, ..code(Some(429)) };
        assert_eq!(verdict(true, &api_error), (Category::Partner, Action::Wait, false));
        assert_eq!(verdict(true, &code(Some(429))).0, Category::Unknown);
        let in_catalog = Account { api_error: true, ..code(Some(103)) };
        assert_eq!(verdict(true, &in_catalog).1, Action::ConnectFix);
    }

    #[test]
    fn codes_that_need_data_connect_fix_get_their_fallback_without_it() {
        let account = code(Some(185));
        assert_eq!(verdict(true, &account), (Category::UserAction, Action::ConnectFix, true));
        assert_eq!(verdict(false, &account), (Category::UserAction, Action::ReconnectInApp, false));
        assert_eq!(verdict(false, &code(Some(945))).1, Action::ReAdd);
    }
}
