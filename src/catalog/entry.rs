//! The records of the catalog.

use super::{Action, Category, Standing};
use crate::account::Code;

/// A published document that describes codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The id by which readings refer to it.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The document's address.
    pub url: String,
    /// The position of its reading among those of an entry; 1 comes first.
    pub rank: u32,
    /// The date of the copy that the catalog was written from, as `YYYY-MM-DD`.
    pub copied: String,
    /// Whether someone other than Mastercard or Finicity published it.
    pub third_party: bool,
    /// The ids of the sources whose reading of a code this one replaces.
    pub supersedes: Vec<String>,
}

/// Everything that is known about one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// A unique slug, such as `bad-credentials`.
    pub name: String,
    /// The short documented name.
    pub title: String,
    /// How well the code is documented.
    pub standing: Standing,
    /// Who must act.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair the login.
    pub connect_fix: bool,
    /// Whether the code stops nightly batch aggregation; `None` if no source says.
    pub blocks_nightly_batch: Option<bool>,
    /// Mastercard's remediation category, if one was published.
    pub remediation_category: Option<String>,
    /// What happened.
    pub meaning: String,
    /// What to do. [`short_action`](super::short_action) returns the part that fits into a table.
    pub required_action: String,
    /// What to do in an application that has not integrated Data Connect Fix. Every code that
    /// Data Connect Fix repairs has one.
    pub fallback: Option<Remedy>,
    /// What an application can show to the customer.
    pub customer_message: String,
    /// Distinctive phrases of the messages that Connect shows for this code, as documented.
    pub connect_messages: Vec<String>,
    /// The number of days after which a source expects the state to have passed.
    pub wait_days: Option<u32>,
    /// Further facts about the code.
    pub notes: Vec<String>,
    /// One reading for each source that describes the code, by rank.
    pub readings: Vec<Reading>,
    /// The file name of the overlay that the entry comes from; `None` if it is built in.
    pub origin: Option<String>,
}

/// An action, and the wording that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// The action.
    pub action: Action,
    /// What to do.
    pub required_action: String,
    /// What an application can show to the customer.
    pub customer_message: String,
}

/// What one source says about a code, in the catalog's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The id of the source.
    pub source: String,
    /// What the code means according to this source.
    pub meaning: String,
    /// What to do according to this source.
    pub required_action: String,
    /// Whether a source that takes precedence replaces this reading.
    pub superseded: bool,
    /// The address of the page.
    pub url: String,
}

impl Reading {
    /// The required action of a reading whose source names none.
    pub const NO_ACTION: &str = "None given.";
}

/// A state that does not follow from the code alone: pending, stale, or unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateEntry {
    /// `pending`, `stale` or `unknown`.
    pub category: Category,
    /// A short name.
    pub title: String,
    /// The required action.
    pub action: Action,
    /// What happened.
    pub meaning: String,
    /// What to do.
    pub required_action: String,
    /// What an application can show to the customer.
    pub customer_message: String,
}

/// An HTTP status. An error body can have one in place of a code, and people mistake it for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpStatus {
    /// The status.
    pub code: Code,
    /// Its name in IANA's registry of HTTP status codes.
    pub title: String,
    /// What it says about a call to the API.
    pub meaning: String,
    /// What to do about an error body with this status; `None` if the status is not an error.
    pub remedy: Option<Remedy>,
}

/// Search terms for entries that do not contain them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The terms, each of one word or more.
    pub terms: Vec<String>,
    /// The codes that the terms find.
    pub codes: Vec<Code>,
    /// The actions whose codes the terms find.
    pub actions: Vec<Action>,
}

impl Synonym {
    /// Returns whether the terms find this entry.
    #[must_use]
    pub fn finds(&self, entry: &Entry) -> bool {
        self.codes.contains(&entry.code) || self.actions.contains(&entry.action)
    }
}
