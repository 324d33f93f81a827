//! The objects of `explain --json` and `list --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;
use crate::account::Code;
use crate::catalog::{self, Action, Category, Standing};

/// The answer of `explain`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Explanation<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// The entries that were asked for, in the order in which they were.
    pub codes: Vec<Entry<'a>>,
    /// Codes that were asked for and are in no source.
    pub unknown: Vec<Code>,
}

/// The answer of `list`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Listing<'a> {
    /// The version of this form.
    pub schema_version: u32,
    /// Entries, ascending by code.
    pub codes: Vec<Entry<'a>>,
}

/// All that is known of a code.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry<'a> {
    /// The aggregation status code.
    pub code: Code,
    /// A unique slug.
    pub name: Text<'a>,
    /// The short documented name.
    pub title: Text<'a>,
    /// How well the code is documented.
    pub standing: Standing,
    /// Who the state belongs to.
    pub category: Category,
    /// The required action.
    pub action: Action,
    /// Whether Data Connect Fix can normally repair it.
    pub connect_fix: bool,
    /// Mastercard's own group of remedies, where one was seen.
    pub remediation_category: Option<Text<'a>>,
    /// What happened.
    pub meaning: Text<'a>,
    /// What to do, in a sentence.
    pub required_action: Text<'a>,
    /// The action where Data Connect Fix is not integrated, if a source documents one.
    pub fallback_action: Option<Action>,
    /// What an application can show to the end user.
    pub customer_message: Text<'a>,
    /// What else to know.
    pub notes: Vec<Text<'a>>,
    /// What each source says, by rank.
    pub readings: Vec<Reading<'a>>,
    /// The overlay that the entry comes from; left out for entries that are built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Text<'a>>,
}

/// What one source says of a code.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reading<'a> {
    /// The id of the source.
    pub source: Text<'a>,
    /// What the code means there.
    pub meaning: Text<'a>,
    /// What to do by this source.
    pub required_action: Text<'a>,
    /// Whether a source of higher standing replaces this reading.
    pub superseded: bool,
    /// Where it is written.
    pub url: Text<'a>,
}

impl<'a> From<&'a catalog::Entry> for Entry<'a> {
    fn from(entry: &'a catalog::Entry) -> Self {
        let text = |text: &'a String| Text::from(text.as_str());
        Self {
            code: entry.code,
            name: text(&entry.name),
            title: text(&entry.title),
            standing: entry.standing,
            category: entry.category,
            action: entry.action,
            connect_fix: entry.connect_fix,
            remediation_category: entry.remediation_category.as_ref().map(text),
            meaning: text(&entry.meaning),
            required_action: text(&entry.required_action),
            fallback_action: entry.fallback.as_ref().map(|fallback| fallback.action),
            customer_message: text(&entry.customer_message),
            notes: entry.notes.iter().map(text).collect(),
            readings: entry.readings.iter().map(Reading::from).collect(),
            origin: entry.origin.as_ref().map(text),
        }
    }
}

impl<'a> From<&'a catalog::Reading> for Reading<'a> {
    fn from(reading: &'a catalog::Reading) -> Self {
        Self {
            source: reading.source.as_str().into(),
            meaning: reading.meaning.as_str().into(),
            required_action: reading.required_action.as_str().into(),
            superseded: reading.superseded,
            url: reading.url.as_str().into(),
        }
    }
}
