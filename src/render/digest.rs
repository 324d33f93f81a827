//! What a report for people says, whatever it looks like: a headline, a row for each code, the accounts that need someone.

use std::cmp::Reverse;

use super::{BY_URGENCY, Column, End, Listed};
use crate::catalog::Category;
use crate::classify::Verdict;
use crate::text::{Count, grouped};

/// Rows of unknown codes that are shown; the summary of `json` has more.
const UNKNOWN_SHOWN: usize = 20;

/// The columns of [`account_cells`].
pub const ACCOUNT_COLUMNS: [(&str, Column); 7] = [
    ("Account", Column::Id),
    ("Customer", Column::Id),
    ("Institution", Column::Id),
    ("Login", Column::Id),
    ("Code", Column::Number),
    ("Days", Column::Number),
    ("Action", Column::Word),
];

/// Which of them has the colour of the category.
pub const CODE_COLUMN: usize = 4;

/// The accounts of one state.
#[derive(Debug)]
pub struct StateRow<'a> {
    /// The code; a dash for none, "more" for the unknown codes that are not shown one by one.
    pub code: String,
    /// How many accounts.
    pub accounts: u64,
    /// What is said of them.
    pub verdict: Verdict<'a>,
}

/// The tally, the most urgent category first, in it the most frequent code.
#[must_use]
pub fn state_rows<'a>(end: &'a End<'_>) -> Vec<StateRow<'a>> {
    let urgency = |category| BY_URGENCY.iter().position(|&known| known == category);
    let mut tally = end.tally.rows(end.classifier);
    tally.sort_by_key(|row| {
        (
            urgency(row.verdict.category),
            Reverse(row.accounts),
            row.code,
        )
    });
    let mut rows: Vec<StateRow<'a>> = Vec::with_capacity(tally.len());
    let mut unknown = 0;
    for row in tally {
        let verdict = row.verdict;
        unknown += usize::from(verdict.category == Category::Unknown);
        if verdict.category == Category::Unknown
            && unknown > UNKNOWN_SHOWN
            && let Some(last) = rows.last_mut()
        {
            if unknown == UNKNOWN_SHOWN + 1 {
                "more".clone_into(&mut last.code);
                last.verdict.title = "More codes in no known source";
                last.verdict.required_action = "--json counts them by code.";
            }
            last.accounts += row.accounts;
            continue;
        }
        rows.push(StateRow {
            code: or_dash(row.code),
            accounts: row.accounts,
            verdict: *verdict,
        });
    }
    rows
}

/// The cells of an account, in the order of [`ACCOUNT_COLUMNS`].
#[must_use]
pub fn account_cells(end: &End<'_>, account: &Listed) -> [String; 7] {
    let [id, customer, institution, login] = account.ids.each_ref().map(|id| or_dash(id.as_ref()));
    let action = end.classifier.verdicts()[account.verdict].action;
    let days = account.days_failing.map(grouped);
    let code = or_dash(account.code);
    [
        id,
        customer,
        institution,
        login,
        code,
        or_dash(days),
        action.to_string(),
    ]
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// The whole run in one sentence.
#[must_use]
pub fn headline(end: &End<'_>) -> String {
    let accounts = end.tally.accounts();
    let mut text = match accounts {
        0 => format!("No accounts in {}", Count(end.tally.documents, "document")),
        accounts => Count(accounts, "account").to_string(),
    };
    let others = BY_URGENCY
        .into_iter()
        .filter(|&category| category != Category::Ok);
    let mut separator = ": ";
    for category in std::iter::once(Category::Ok).chain(others) {
        let count = end.tally.of_category(end.classifier, category);
        if count > 0 {
            text.push_str(separator);
            text.push_str(&phrase(category, count));
            separator = ", ";
        }
    }
    if end.tally.invalid > 0 {
        text.push_str(&format!(
            "; {} could not be read",
            Count(end.tally.invalid, "record")
        ));
    }
    text
}

fn phrase(category: Category, count: u64) -> String {
    let number = grouped(count);
    let verb = |one: &str, many: &str| format!("{number} {}", if count == 1 { one } else { many });
    match category {
        Category::Ok => format!("{number} ok"),
        Category::Stale => format!("{number} stale"),
        Category::Pending => format!("{number} not aggregated yet"),
        Category::UserAction => verb("needs the customer", "need the customer"),
        Category::Institution => verb("waits for the institution", "wait for the institution"),
        Category::Support => verb("needs a ticket", "need a ticket"),
        Category::Partner => verb("needs a corrected request", "need a corrected request"),
        Category::Unknown => verb("has an unknown code", "have an unknown code"),
    }
}
