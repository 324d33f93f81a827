//! The catalog as a table of data: a row for each code, with stable columns, to be joined where the accounts are.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::account::Code;
use crate::catalog::{self, Action, Category, Standing};

/// A row of the code table. `list -f jsonl` writes one a line; `csv` and `sql` have its members as columns, in this order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CodeRow<'a> {
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
    /// What to do.
    pub required_action: Text<'a>,
    /// The action where Data Connect Fix is not integrated, if a source documents one.
    pub fallback_action: Option<Action>,
    /// The source of the highest rank that speaks of the code.
    pub source: Option<Text<'a>>,
}

impl CodeRow<'_> {
    /// The columns of the table.
    pub const COLUMNS: [&'static str; 12] = [
        "code",
        "name",
        "title",
        "standing",
        "category",
        "action",
        "connectFix",
        "remediationCategory",
        "meaning",
        "requiredAction",
        "fallbackAction",
        "source",
    ];
}

impl<'a> From<&'a catalog::Entry> for CodeRow<'a> {
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
            source: entry.readings.first().map(|reading| text(&reading.source)),
        }
    }
}
