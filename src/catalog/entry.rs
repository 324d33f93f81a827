//! What the catalog says of a code.

use super::{Action, Category, Standing};
use crate::account::Code;

/// A published document that speaks of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How readings name it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// 1 stands over 2.
    pub rank: u32,
    /// The day of the copy that the catalog was written from, as `YYYY-MM-DD`.
    pub copied: String,
    /// Whether neither Mastercard nor Finicity published it.
    pub third_party: bool,
    /// Sources whose reading of a code no longer holds where this one speaks of it.
    pub supersedes: Vec<String>,
}

/// All that is known of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// A unique slug.
    pub name: String,
    /// The short documented name.
    pub title: String,
    /// How well the code is documented.
    pub standing: Standing,
    /// Who the state belongs to.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair it.
    pub connect_fix: bool,
    /// Mastercard's own group of remedies, where one was seen.
    pub remediation_category: Option<String>,
    /// What happened.
    pub meaning: String,
    /// What to do; [`super::short_action`] is what tables have room for.
    pub required_action: String,
    /// What to do where Data Connect Fix is not integrated, if a source says so.
    pub fallback: Option<Fallback>,
    /// What an application can show to the end user.
    pub customer_message: String,
    /// Days after which a source expects the state to have passed.
    pub wait_days: Option<u32>,
    /// What else to know.
    pub notes: Vec<String>,
    /// What each source says, by rank.
    pub readings: Vec<Reading>,
    /// The overlay that the entry comes from; `None` if it is built in.
    pub origin: Option<String>,
}

/// The documented way without Data Connect Fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The action instead.
    pub action: Action,
    /// What to do, in a sentence.
    pub required_action: String,
}

/// What one source says of a code, in the catalog's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The id of the source.
    pub source: String,
    /// What the code means there.
    pub meaning: String,
    /// What to do by this source.
    pub required_action: String,
    /// Whether a source of higher standing speaks of the code and replaces this reading.
    pub superseded: bool,
    /// Where it is written.
    pub url: String,
}

/// What is said of accounts in a state that the code alone does not tell.
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
    /// What to do, in a sentence.
    pub required_action: String,
    /// What an application can show to the end user.
    pub customer_message: String,
}
