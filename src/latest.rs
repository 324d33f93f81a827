//! Keeps only the last record of every account.
//!
//! Two records belong to the same account if their customers and account ids are the same. A record
//! without a customer belongs to the account of the only customer that has its id; see
//! [`Customers`](crate::ids::Customers). A record without an account id cannot be recognized again,
//! so each one counts. So does each request error, because it says nothing about the state of the
//! account in the request.
//!
//! An account takes 96 bytes, and 10 to 20 more for its index; three times as much if some of its
//! records lack the customer, and others do not. An id that is not a decimal number also takes the
//! length of its string, once.
//!
//! ```
//! use statuscode::account::Account;
//! use statuscode::catalog::Catalog;
//! use statuscode::classify::Classifier;
//! use statuscode::latest::{Batch, Latest};
//!
//! let classifier = Classifier::new(Catalog::built_in(), true);
//! let mut batch = Batch::default();
//! for (line, code) in [(1, 185), (2, 0)] {
//!     let account = Account { id: Some("7001"), aggregation_status_code: Some(code), ..Account::default() };
//!     batch.add(&classifier.classify(&account), line);
//! }
//! let mut latest = Latest::default();
//! latest.extend(&batch, 0);
//! let mut codes = Vec::new();
//! latest.try_for_each(|account, _input, line| {
//!     codes.push((account.aggregation_status_code, line));
//!     Ok::<(), ()>(())
//! }).ok();
//! assert_eq!(codes, [(Some(0), 2)]);
//! ```

use crate::account::{Account, Code};
use crate::classify::Finding;
use crate::ids::{AccountIds, AccountKey, AccountRow, Accounts, IdPool, Keyed, Owners, PackedId};

/// One record of an account.
#[derive(Debug, Clone, Copy)]
struct Record {
    ids: AccountIds,
    success: Option<i64>,
    attempt: Option<i64>,
    line: u64,
    /// The index of the record among all records.
    sequence: u64,
    code: Code,
    input: u32,
    has_code: bool,
    api_error: bool,
    /// Whether this is a request error, which says nothing about the state of the account.
    is_request_error: bool,
}

impl Keyed for Record {
    fn key(&self) -> AccountKey {
        self.ids.key()
    }
}

impl AccountRow for Record {
    fn fill_missing(&mut self, earlier: &Self) {
        self.ids.fill_missing(&earlier.ids);
    }
}

/// A batch of the input, in input order.
#[derive(Debug, Default)]
pub struct Batch {
    ids: IdPool,
    records: Vec<Record>,
    excluded: Vec<AccountKey>,
}

impl Batch {
    /// Adds an account or an API error, which begins on this line.
    pub fn add(&mut self, finding: &Finding<'_, '_>, line: u64) {
        let account = finding.account;
        self.records.push(Record {
            ids: AccountIds::pack(account, &mut self.ids),
            success: account.success,
            attempt: account.attempt,
            line,
            sequence: 0,
            code: account.aggregation_status_code.unwrap_or_default(),
            input: 0,
            has_code: account.aggregation_status_code.is_some(),
            api_error: account.api_error,
            is_request_error: finding.is_request_error(),
        });
    }

    /// Adds an account of which no record can be selected. It matters only because its customer has
    /// the id too.
    pub fn add_excluded(&mut self, account: &Account<'_>) {
        self.excluded.push(AccountKey::pack(account, &mut self.ids));
    }
}

/// The last record of every account.
#[derive(Debug, Default)]
pub struct Latest {
    ids: IdPool,
    accounts: Accounts<Record>,
    /// The customers of accounts of which no record can be selected.
    excluded: Owners,
    records: u64,
}

impl Latest {
    /// Adds the next batch, which comes from the input with this index. An id that the last record
    /// of an account lacks is taken from an earlier one.
    pub fn extend(&mut self, batch: &Batch, input: u32) {
        for record in &batch.records {
            let record = Record {
                ids: record.ids.import(&mut self.ids, &batch.ids),
                sequence: self.records,
                input,
                ..*record
            };
            self.records += 1;
            if record.is_request_error {
                self.accounts.rows.push_unindexed(record);
            } else {
                self.accounts.add(record);
            }
        }
        for &key in &batch.excluded {
            self.excluded.add(key, &batch.ids);
        }
    }

    /// Returns the number of records that were added. Without the number of accounts, it is the
    /// number of records that a later record of the same account replaced.
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.records
    }

    /// Calls `handle` with every account, the index of its input, and its line, in the order of the
    /// last records.
    ///
    /// # Errors
    ///
    /// Returns the first error of `handle`, and stops there.
    pub fn try_for_each<E>(
        self,
        mut handle: impl FnMut(&Account<'_>, u32, u64) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self { mut ids, accounts, excluded, .. } = self;
        let mut records = accounts.resolve(&excluded, &mut ids);
        records.sort_unstable_by_key(|record| record.sequence);
        let resolve = |id: Option<PackedId>| id.map(|id| ids.resolve(id));
        for record in &records {
            let AccountIds { id, customer, institution, login } = record.ids;
            let [id, customer, institution, login] =
                [id, customer, institution, login].map(resolve);
            let account = Account {
                id: id.as_deref(),
                customer_id: customer.as_deref(),
                institution_id: institution.as_deref(),
                institution_login_id: login.as_deref(),
                aggregation_status_code: record.has_code.then_some(record.code),
                success: record.success,
                attempt: record.attempt,
                api_error: record.api_error,
            };
            handle(&account, record.input, record.line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::classify::Classifier;

    /// Returns the id, customer, code and line of each account, after adding these records in
    /// batches of this size.
    fn latest(accounts: &[Account<'_>], batch_size: usize) -> Vec<(String, String, Code, u64)> {
        let classifier = Classifier::new(Catalog::built_in(), true);
        let mut latest = Latest::default();
        let lines: Vec<_> = (1..).zip(accounts).collect();
        for accounts in lines.chunks(batch_size) {
            let mut batch = Batch::default();
            for (line, account) in accounts {
                batch.add(&classifier.classify(account), *line);
            }
            latest.extend(&batch, 0);
        }
        let mut rows = Vec::new();
        let string = |id: Option<&str>| id.unwrap_or("-").to_owned();
        let result = latest.try_for_each(|account, _, line| {
            let code = account.aggregation_status_code.unwrap_or(Code::MAX);
            rows.push((string(account.id), string(account.customer_id), code, line));
            Ok::<(), ()>(())
        });
        assert!(result.is_ok());
        rows
    }

    fn account<'a>(id: &'a str, customer: &'a str, code: Code) -> Account<'a> {
        Account {
            id: Some(id).filter(|id| !id.is_empty()),
            customer_id: Some(customer).filter(|id| !id.is_empty()),
            aggregation_status_code: Some(code),
            ..Account::default()
        }
    }

    fn expected(rows: &[(&str, &str, Code, u64)]) -> Vec<(String, String, Code, u64)> {
        rows.iter()
            .map(|&(id, customer, code, line)| (id.to_owned(), customer.to_owned(), code, line))
            .collect()
    }

    #[test]
    fn the_last_record_of_an_account_counts_and_keeps_its_position() {
        let accounts = [
            account("1", "5", 185),
            account("2", "5", 103),
            account("1", "6", 900),
            account("1", "5", 0),
            account("2", "", 185),
        ];
        for batch_size in [1, 2, 9] {
            assert_eq!(
                latest(&accounts, batch_size),
                expected(&[("1", "6", 900, 3), ("1", "5", 0, 4), ("2", "5", 185, 5)])
            );
        }
    }

    #[test]
    fn a_record_that_cannot_be_recognized_again_counts_each_time() {
        let request = Account { api_error: true, ..account("1", "5", 10023) };
        let accounts =
            [account("", "5", 185), account("", "5", 185), account("1", "5", 0), request, request];
        assert_eq!(latest(&accounts, 2).len(), 5);
        let error = Account { api_error: true, ..account("1", "5", 185) };
        assert_eq!(latest(&[account("1", "5", 0), error], 9), expected(&[("1", "5", 185, 2)]));
    }

    #[test]
    fn a_record_takes_96_bytes() {
        assert_eq!(size_of::<Record>(), 96);
    }
}
