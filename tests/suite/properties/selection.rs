//! Selections with any values, of accounts with any ids.

use std::ffi::OsString;
use std::iter;
use std::ops::RangeInclusive;

use clap::{Args, Command, FromArgMatches};
use serde_json::{Value, json};
use statuscode::account::{Account, Code};
use statuscode::catalog::Catalog;
use statuscode::cli::{Cli, SelectionArgs};
use statuscode::command::{self, Status};
use statuscode::select::Selection;

use super::whole_run::{self, File, assert_safe, is_sampled};

/// The options that select accounts.
const OPTIONS: [&str; 6] = ["account", "customer", "institution", "login", "code", "min-days"];

/// The time of the last success, in epoch seconds.
const SUCCESS: i64 = 1_760_000_000;

/// A selection is rejected if a value is wrong. Otherwise it selects the accounts that meet every
/// condition, as an oracle sees them.
pub fn selection(data: &[u8]) {
    // The first byte is a set of flags. A byte of 1 ends a value.
    let [flags, values @ ..] = data else {
        return;
    };
    let values = String::from_utf8_lossy(values);
    let mut values = values.split('\u{1}');
    let conditions = Conditions(
        OPTIONS.into_iter().zip(&mut values).filter(|(_, value)| !value.is_empty()).collect(),
    );
    let accounts: Vec<Record<'_>> = iter::from_fn(|| Record::read(&mut values)).collect();
    let selection = parse(&conditions);
    assert_eq!(selection.is_some(), conditions.are_valid(), "{conditions:?}");
    if let Some(selection) = &selection {
        for account in &accounts {
            check(selection, account, &conditions);
        }
    }
    if is_sampled(data) {
        run(*flags, &conditions, &accounts);
    }
}

/// Returns the selection that these options mean; `None` if one of them is wrong.
fn parse(conditions: &Conditions<'_>) -> Option<Selection> {
    let options = SelectionArgs::augment_args(Command::new("triage").no_binary_name(true));
    let matches = options.try_get_matches_from(conditions.options()).ok()?;
    let args = SelectionArgs::from_arg_matches(&matches).ok()?;
    command::selection(Catalog::built_in(), &args).ok().map(Option::unwrap_or_default)
}

fn check(selection: &Selection, record: &Record<'_>, conditions: &Conditions<'_>) {
    let account = record.account();
    let is_selected = selection.matches(&account);
    assert_eq!(is_selected, conditions.are_met_by(record), "{conditions:?} {record:?}");
    if is_selected {
        assert!(selection.may_match(&account) && selection.matches_but_for_customer(&account));
    }
    if selection.has_other_customer(&account) {
        assert!(!selection.may_match(&account));
        let others = Selection { customers: [""; 0].into_iter().collect(), ..selection.clone() };
        assert_eq!(selection.matches_but_for_customer(&account), others.matches(&account));
    }
}

/// Runs `triage` with a selection and without, and checks that the selection filters the accounts
/// and counts the others.
fn run(flags: u8, conditions: &Conditions<'_>, accounts: &[Record<'_>]) {
    let document = accounts.iter().map(Record::json).collect::<Value>();
    let file = File::new(document.to_string().as_bytes());
    let jobs = if flags & 1 == 0 { "-j1" } else { "-j2" };
    let args = ["statuscode", "triage", "--json", "--invalid=allow", jobs];
    let mut args = args.map(OsString::from).to_vec();
    args.extend((flags & 2 != 0).then(|| "--latest".into()));
    args.push(file.0.clone().into());
    let all = triage(&args);
    args.extend(conditions.options().map(OsString::from));
    let some = triage(&args);

    assert_eq!(some.is_some(), conditions.are_valid(), "{conditions:?}");
    let (Some(all), Some(some)) = (all, some) else {
        return;
    };
    let [everything, selected] = [&all, &some].map(|answer| answer["accounts"].as_array().unwrap());
    let is_selected = |account: &&Value| conditions.are_met_by(&Record::answered(account));
    assert!(everything.iter().filter(is_selected).eq(selected), "{conditions:?} {selected:?}");
    let count = |answer: &Value, name: &str| answer["summary"][name].as_u64().unwrap();
    let excluded = (everything.len() - selected.len()) as u64;
    assert_eq!(count(&some, "unselected"), count(&all, "unselected") + excluded);
    for name in ["documents", "records", "apiErrors", "invalid"] {
        assert_eq!(count(&some, name), count(&all, name), "{name}");
    }
}

/// Returns the answer; `None` if the arguments are wrong.
fn triage(args: &[OsString]) -> Option<Value> {
    let cli = Cli::parse_args(args).inspect_err(|error| assert_safe(&error.to_string())).ok()?;
    let (status, out, _) = whole_run::run(&cli);
    if status == Status::Failed {
        assert!(out.is_empty());
        return None;
    }
    Some(serde_json::from_slice(&out).unwrap())
}

/// An account, as it is in the input or in an answer. Empty ids are absent.
#[derive(Debug)]
struct Record<'v> {
    id: &'v str,
    customer: &'v str,
    institution: &'v str,
    login: &'v str,
    code: Option<Code>,
    days: Option<u64>,
}

impl<'v> Record<'v> {
    /// Reads an account; `None` if there are no more values.
    fn read(values: &mut impl Iterator<Item = &'v str>) -> Option<Self> {
        let id = values.next()?;
        let mut next = || values.next().unwrap_or_default();
        let [customer, institution, login] = [(); 3].map(|()| next());
        let code = next().parse().ok();
        let days = next().parse().ok().map(|days: u16| days.into());
        Some(Self { id, customer, institution, login, code, days })
    }

    fn answered(account: &'v Value) -> Self {
        let id = |key: &str| account[key].as_str().unwrap_or_default();
        let code = account["aggregationStatusCode"].as_u64();
        Self {
            id: id("id"),
            customer: id("customerId"),
            institution: id("institutionId"),
            login: id("institutionLoginId"),
            code: code.map(|code| code.try_into().unwrap()),
            days: account["daysFailing"].as_u64(),
        }
    }

    fn attempt(&self) -> Option<i64> {
        self.days.map(|days| SUCCESS + 86_400 * i64::try_from(days).unwrap())
    }

    fn account(&self) -> Account<'v> {
        Account {
            id: Some(self.id),
            customer_id: Some(self.customer),
            institution_id: Some(self.institution),
            institution_login_id: Some(self.login),
            aggregation_status_code: self.code,
            success: self.days.map(|_| SUCCESS),
            attempt: self.attempt(),
            api_error: false,
        }
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "customerId": self.customer,
            "institutionId": self.institution,
            "institutionLoginId": self.login,
            "aggregationStatusCode": self.code,
            "aggregationSuccessDate": self.days.map(|_| SUCCESS),
            "aggregationAttemptDate": self.attempt(),
        })
    }
}

/// Options and their values.
#[derive(Debug)]
struct Conditions<'v>(Vec<(&'static str, &'v str)>);

impl Conditions<'_> {
    fn options(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(name, value)| format!("--{name}={value}"))
    }

    fn are_valid(&self) -> bool {
        self.0.iter().all(|&(name, value)| match name {
            "code" => listed(value).all(|value| range(value).is_some()),
            "min-days" => {
                value.bytes().all(|byte| byte.is_ascii_digit()) && value.parse::<u32>().is_ok()
            }
            _ => listed(value).all(|id| !id.is_empty()),
        })
    }

    fn are_met_by(&self, record: &Record<'_>) -> bool {
        self.0.iter().all(|&(name, value)| match name {
            "account" => listed(value).any(|id| id == record.id),
            "customer" => listed(value).any(|id| id == record.customer),
            "institution" => listed(value).any(|id| id == record.institution),
            "login" => listed(value).any(|id| id == record.login),
            "code" => listed(value).filter_map(range).any(|codes| codes.contains(&record.code)),
            "min-days" => {
                value.parse().is_ok_and(|least: u64| record.days.is_some_and(|days| days >= least))
            }
            _ => panic!("{name} is not a condition"),
        })
    }
}

fn listed(values: &str) -> impl Iterator<Item = &str> {
    values.split(',').map(str::trim)
}

/// Returns the codes that a value of `--code` selects, and `None` if it is wrong. An account without
/// a code has the code `None`.
fn range(value: &str) -> Option<RangeInclusive<Option<Code>>> {
    if value.eq_ignore_ascii_case("pending") {
        return Some(None..=None);
    }
    let mut entries = Catalog::built_in().entries().iter();
    if let Some(entry) = entries.find(|entry| value.eq_ignore_ascii_case(&entry.name)) {
        return Some(Some(entry.code)..=Some(entry.code));
    }
    let code = |digits: &str| {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<Code>().ok().filter(|_| is_number)
    };
    let (first, last) = if let Some((first, last)) = value.split_once('-') {
        (code(first.trim_ascii())?, code(last.trim_ascii())?)
    } else {
        // 9xx is 900-999.
        let digits = value.trim_end_matches(['x', 'X']);
        code(digits)?;
        let fill = |digit: &str| digits.to_owned() + &digit.repeat(value.len() - digits.len());
        (code(&fill("0"))?, code(&fill("9"))?)
    };
    (first <= last).then_some(Some(first)..=Some(last))
}
