//! The classifier: what the catalog says of an account.

use crate::account::{Account, Code};
use crate::catalog::{Action, Catalog, Category, Entry};

/// What is said of every account in the same state.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'c> {
    /// Who the state belongs to.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair it.
    pub connect_fix: bool,
    /// The short name of the state.
    pub title: &'c str,
    /// What to do, in a sentence.
    pub required_action: &'c str,
    /// What happened.
    pub meaning: &'c str,
    /// What an application can show to the end user.
    pub customer_message: &'c str,
    /// The code's entry; `None` for pending accounts and for codes in no source.
    pub entry: Option<&'c Entry>,
    /// The number of this verdict among [`Classifier::verdicts`].
    pub index: usize,
}

/// One account, classified.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'f, 'c> {
    /// The account.
    pub account: &'f Account<'f>,
    /// What the catalog says of its state.
    pub verdict: &'f Verdict<'c>,
}

/// Codes below this have a table of their own.
const LOW: usize = 1024;
/// No verdict of its own.
const NONE: u16 = u16::MAX;

/// A catalog made ready to classify many accounts.
#[derive(Debug, Clone)]
pub struct Classifier<'c> {
    verdicts: Vec<Verdict<'c>>,
    entries: &'c [Entry],
    low: [u16; LOW],
    success: usize,
    pending: usize,
    stale: usize,
    unknown: usize,
}

impl<'c> Classifier<'c> {
    /// A classifier by this catalog. Without `connect_fix`, codes that Data Connect Fix would repair get the fallback that
    /// a source documents, where one does.
    #[must_use]
    pub fn new(catalog: &'c Catalog, connect_fix: bool) -> Self {
        let mut low = [NONE; LOW];
        let mut verdicts: Vec<Verdict<'c>> = Vec::with_capacity(catalog.entries().len() + 3);
        for (index, entry) in catalog.entries().iter().enumerate() {
            if let Some(slot) = low.get_mut(entry.code as usize) {
                *slot = u16::try_from(index).unwrap_or(NONE);
            }
            verdicts.push(of_entry(entry, index, connect_fix));
        }
        let success = catalog
            .entries()
            .binary_search_by_key(&0, |entry| entry.code)
            .unwrap_or(usize::MAX);
        for category in [Category::Pending, Category::Stale, Category::Unknown] {
            let index = verdicts.len();
            let entry = verdicts.get(success).and_then(|verdict| verdict.entry);
            verdicts.push(of_state(catalog, category, index, entry));
        }
        let states = verdicts.len() - 3;
        let entries = catalog.entries();
        Self {
            verdicts,
            entries,
            low,
            success,
            pending: states,
            stale: states + 1,
            unknown: states + 2,
        }
    }

    /// Every verdict that there is: one for each entry, ascending by code, then pending, stale and unknown.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict<'c>] {
        &self.verdicts
    }

    /// What the catalog says of an account.
    #[must_use]
    #[inline]
    pub fn classify<'f>(&'f self, account: &'f Account<'f>) -> Finding<'f, 'c> {
        let index = self.index(account.aggregation_status_code);
        let index = if index == self.success && account.is_stale() {
            self.stale
        } else {
            index
        };
        Finding {
            account,
            verdict: &self.verdicts[index],
        }
    }

    /// The verdict on accounts of this code and category, if the catalog has one. Unknown codes share theirs, named or not.
    #[must_use]
    pub fn state(&self, code: Option<Code>, category: Category) -> Option<&Verdict<'c>> {
        let index = match (code, category) {
            (Some(0), Category::Stale) => self.stale,
            (None, Category::Unknown) => self.unknown,
            _ => self.index(code),
        };
        let verdict = &self.verdicts[index];
        (verdict.category == category).then_some(verdict)
    }

    /// The category of a code, as far as the code alone tells it.
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
            None => self
                .entries
                .binary_search_by_key(&code, |entry| entry.code)
                .unwrap_or(self.unknown),
        }
    }
}

fn of_entry(entry: &Entry, index: usize, connect_fix: bool) -> Verdict<'_> {
    let (action, required_action) = match &entry.fallback {
        Some(fallback) if !connect_fix => (fallback.action, &fallback.required_action),
        _ => (entry.action, &entry.required_action),
    };
    Verdict {
        category: entry.category,
        action,
        connect_fix: entry.connect_fix,
        title: &entry.title,
        required_action,
        meaning: &entry.meaning,
        customer_message: &entry.customer_message,
        entry: Some(entry),
        index,
    }
}

fn of_state<'c>(
    catalog: &'c Catalog,
    category: Category,
    index: usize,
    success: Option<&'c Entry>,
) -> Verdict<'c> {
    let state = catalog
        .states()
        .iter()
        .find(|state| state.category == category);
    let text = |of: fn(&'c crate::catalog::StateEntry) -> &'c String| {
        state.map_or("", |state| of(state).as_str())
    };
    Verdict {
        category,
        action: state.map_or(Action::Review, |state| state.action),
        connect_fix: false,
        title: text(|state| &state.title),
        required_action: text(|state| &state.required_action),
        meaning: text(|state| &state.meaning),
        customer_message: text(|state| &state.customer_message),
        entry: if category == Category::Stale {
            success
        } else {
            None
        },
        index,
    }
}
