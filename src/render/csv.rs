//! CSV: one row for each account, in the order of the input.

use std::borrow::Cow;
use std::io::{self, Write};

use super::sheet::csv_row;
use super::{Place, Report};
use crate::classify::Finding;

/// The columns, named and ordered as the members of an account in JSON.
const COLUMNS: [&str; 13] = [
    "id",
    "customerId",
    "institutionId",
    "institutionLoginId",
    "aggregationStatusCode",
    "title",
    "category",
    "action",
    "connectFix",
    "requiredAction",
    "daysFailing",
    "input",
    "line",
];

/// The format `csv`.
#[derive(Debug)]
pub struct Csv;

impl Report for Csv {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&csv_row(COLUMNS.map(Cow::Borrowed))?)
    }

    fn finding(&self, into: &mut Vec<u8>, finding: &Finding<'_, '_>, place: Place<'_>) {
        let (account, verdict) = (finding.account, finding.verdict);
        let id = |id: Option<&'_ str>| Cow::from(id.unwrap_or_default().to_owned());
        let row = csv_row([
            id(account.id),
            id(account.customer_id),
            id(account.institution_id),
            id(account.institution_login_id),
            Cow::from(
                account
                    .aggregation_status_code
                    .map(|code| code.to_string())
                    .unwrap_or_default(),
            ),
            Cow::from(verdict.title),
            Cow::from(verdict.category.as_str()),
            Cow::from(verdict.action.as_str()),
            Cow::from(if verdict.connect_fix { "true" } else { "false" }),
            Cow::from(verdict.required_action),
            Cow::from(
                account
                    .days_failing()
                    .map(|days| days.to_string())
                    .unwrap_or_default(),
            ),
            Cow::from(place.input),
            Cow::from(place.line.to_string()),
        ]);
        // Writing to memory does not fail.
        into.extend(row.unwrap_or_default());
    }
}
