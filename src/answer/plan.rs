//! The answer of `plan`: the repair work, step by step.

mod instruction;
mod record;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::invalid::{Invalid, invalid_records};
use super::meaning::meanings;
use super::report::split_limit;
use super::summary::count_phrase;
use super::{
    Answer, Body, Cell, Complete, Kind, Overview, Report, Scope, Section, Share, Table, Text, Tile,
    institution_cell, institution_kind, iso_8601, or_dash,
};
use crate::account::Code;
use crate::catalog::{Action, Category};
use crate::classify::Verdict;
use crate::institutions::Institutions;
use crate::plan::{RequestOptions, Step, Steps};
use crate::tally::Tally;
use crate::text::{Count, capitalized, grouped, plural};
pub use record::{ByAction, Rest, StepRecord, Summary};

/// The answer of `plan`.
#[derive(Debug)]
pub struct Plan<'a> {
    /// All steps.
    pub steps: &'a Steps<'a>,
    /// The actions to list; all if empty.
    pub only: &'a [Action],
    /// The number of accounts and API errors that need a step, independent of `only`.
    pub need_step: u64,
    /// The counts of the input.
    pub tally: &'a Tally,
    /// The part of the input that the plan covers.
    pub scope: Scope,
    /// The settings of requests.
    pub requests: &'a RequestOptions,
    /// Names of institutions, for people.
    pub institutions: &'a Institutions,
    /// The number of steps that a report lists.
    pub limit: usize,
    /// The first invalid records.
    pub invalid: Vec<Invalid<'static>>,
}

impl Answer for Plan<'_> {
    const RECORDS: &'static str = "steps";
    type Record<'a>
        = StepRecord<'a>
    where
        Self: 'a;
    type Rest<'a>
        = Rest
    where
        Self: 'a;

    fn rest(&self) -> Rest {
        let tally = self.tally;
        let by_action = self.by_action();
        Rest {
            summary: Summary {
                documents: tally.documents,
                records: tally.records(),
                accounts: tally.accounts(),
                api_errors: tally.api_errors,
                unselected: tally.unselected,
                invalid: tally.invalid,
                need_step: self.need_step,
                steps: by_action.iter().map(|row| row.steps).sum(),
                by_action,
            },
        }
    }

    fn report(&self) -> Report<'_> {
        let by_action = self.by_action();
        let lengths: Vec<usize> =
            by_action.iter().map(|row| self.steps.with_action(row.action).len()).collect();
        let shares = split_limit(&lengths, self.limit);
        let shown = by_action.iter().zip(&shares);
        let shown = shown.flat_map(|(row, &shown)| self.steps.with_action(row.action).take(shown));
        let meanings = meanings(verdicts(shown));
        let mut sections = Vec::new();
        if by_action.len() > 1 {
            sections.push(Section { id: "actions".to_owned(), ..overview(by_action.clone()) });
        }
        let groups = by_action.iter().zip(shares);
        sections.extend(groups.map(|(counts, shown)| self.group(counts, shown)));
        sections.extend(invalid_records(&self.invalid, self.limit, self.tally.invalid));
        sections.extend(meanings);
        let headline = self.headline(&by_action);
        Report { title: headline.clone(), headline, sections, ..Report::default() }
    }

    fn overview(&self) -> Overview<'_> {
        let by_action = self.by_action();
        let listed = || self.steps.iter().filter(|step| self.lists(step.action()));
        let requests = listed().filter(|step| step.request(self.requests).is_some()).count() as u64;
        let steps = by_action.iter().map(|row| row.steps).sum();
        let accounts = by_action.iter().map(|row| row.accounts).sum();
        let count = |count, noun, target| Tile::new(count, plural(count, noun), target);
        let mut tiles = vec![
            count(steps, "step", "actions"),
            count(accounts, "account", "actions")
                .with_note(format!("of {}", count_phrase(self.tally))),
            Tile::new(requests, plural(requests, "request") + " ready to send", "actions"),
        ];
        for (action, noun, rest) in
            [(Action::SupportTicket, "ticket", " to open"), (Action::Wait, "item", " to wait for")]
        {
            if let Some(row) = by_action.iter().find(|row| row.action == action) {
                let accounts = format!("for {}", Count(row.accounts, "account"));
                let label = plural(row.steps, noun) + rest;
                tiles.push(Tile::new(row.steps, label, action.as_str()).with_note(accounts));
            }
        }
        let invalid = self.tally.invalid;
        if invalid > 0 {
            tiles.push(count(invalid, "invalid record", "invalid").colored(Category::Unknown));
        }
        Overview { tiles, ..Overview::default() }
    }
}

impl Complete for Plan<'_> {
    fn records(&self) -> impl Iterator<Item = Self::Record<'_>> {
        let listed = |step: &Step<'_>| self.lists(step.action());
        let steps = self.steps.iter().filter(listed);
        steps.map(|step| StepRecord::new(step, self.requests))
    }
}

impl Plan<'_> {
    /// Returns whether a listed step lacks its request only because the partner id is missing.
    #[must_use]
    pub fn needs_partner_id(&self) -> bool {
        let mut listed = self.steps.iter().filter(|step| self.lists(step.action()));
        listed.any(|step| {
            step.uses_connect_fix()
                && step.customer_id().is_some()
                && step.institution_login_id().is_some()
        })
    }

    fn lists(&self, action: Action) -> bool {
        self.only.is_empty() || self.only.contains(&action)
    }

    fn by_action(&self) -> Vec<ByAction> {
        let mut by_action = ByAction::from_steps(self.steps);
        by_action.retain(|row| self.lists(row.action));
        by_action
    }

    fn headline(&self, by_action: &[ByAction]) -> String {
        let text = self.outcome(by_action) + &self.scope.selected(self.tally.unselected);
        text + &self.scope.remarks(self.tally)
    }

    fn outcome(&self, by_action: &[ByAction]) -> String {
        let findings = self.tally.accounts() + self.tally.api_errors;
        let all = count_phrase(self.tally);
        if self.need_step == 0 && findings == 0 {
            return all;
        }
        if self.need_step == 0 {
            return format!("{all}: nothing to repair");
        }
        let covered = by_action.iter().map(|row| row.accounts).sum();
        let steps = Count(by_action.iter().map(|row| row.steps).sum(), "step");
        if self.need_step > findings {
            // An account can be selected by an id that only an earlier record has. Then its last
            // record counts as unselected, although the account needs a step.
            return format!("{steps} for {}", Count(covered, "account"));
        }
        let errors = if self.tally.api_errors > 0 { " and API errors" } else { "" };
        format!("{steps} for {} of {}{errors}", grouped(covered), Count(findings, "account"))
    }

    /// Returns the number of ids of a step that a report shows: all of them if it lists all steps.
    const fn max_ids(&self) -> usize {
        if self.limit == usize::MAX { usize::MAX } else { MAX_IDS }
    }

    /// Returns a section with the first steps of one action.
    fn group(&self, counts: &ByAction, shown: usize) -> Section<'_> {
        let steps: Vec<_> = self.steps.with_action(counts.action).take(shown).collect();
        let is_for_customers = steps.first().is_some_and(Step::is_for_customer);
        let table = if is_for_customers {
            for_customers(steps, self.institutions, self.max_ids())
        } else {
            for_institutions(steps, self.institutions, self.max_ids())
        };
        let accounts = Count(counts.accounts, "account");
        Section {
            id: counts.action.as_str().to_owned(),
            heading: format!("{} ({accounts})", capitalized(counts.action.description())).into(),
            intro: instruction::for_action(counts.action).into(),
            body: if shown > 0 { Body::Checklist(table) } else { Body::None },
            more: counts.steps - shown as u64,
            ..Section::default()
        }
    }
}

/// Returns a table of steps in which a customer must act.
fn for_customers<'a>(steps: Vec<Step<'a>>, names: &'a Institutions, max_ids: usize) -> Table<'a> {
    Table::builder(steps)
        .column(Kind::Id, "Customer", |step| Cell::new(or_dash(step.customer_id())))
        .column(institution_kind(names), "Institution", move |step| {
            institution_cell(names, step.institution_id())
        })
        .column(Kind::Id, "Login", |step| Cell::new(or_dash(step.institution_login_id())))
        .column(Kind::Ids, "Account ids", move |step| ids_cell(step.account_ids(), max_ids))
        .column(Kind::Number, "Accounts", |step| Cell::new(grouped(step.accounts())))
        .column(Kind::Codes, "Codes", |step| {
            let codes: Vec<String> = codes(*step).iter().map(ToString::to_string).collect();
            Cell::new(codes.join(" "))
        })
        .build()
}

/// Returns a table of steps for an institution and a code, with everything that a ticket needs.
fn for_institutions<'a>(
    steps: Vec<Step<'a>>,
    names: &'a Institutions,
    max_ids: usize,
) -> Table<'a> {
    Table::builder(steps)
        .column(institution_kind(names), "Institution", move |step| {
            institution_cell(names, step.institution_id())
        })
        .column(Kind::Codes, "Code", |step| Cell::new(or_dash(codes(*step).first())))
        .column(Kind::Number, "Accounts", |step| Cell::new(grouped(step.accounts())))
        .column(Kind::Word, "Last attempt", |step| {
            Cell::new(or_dash(step.last_attempt().and_then(iso_8601)))
        })
        .column(Kind::Ids, "Customer ids", move |step| ids_cell(step.customer_ids(), max_ids))
        .column(Kind::Ids, "Account ids", move |step| ids_cell(step.account_ids(), max_ids))
        .build()
}

/// Returns a table of the steps and accounts of each action.
pub fn overview<'a>(by_action: impl Into<Cow<'a, [ByAction]>>) -> Section<'a> {
    let by_action = by_action.into();
    let accounts = by_action.iter().map(|row| row.accounts).sum();
    let table = Table::builder(by_action)
        .column(Kind::Word, "Action", |row: &ByAction| {
            Cell::action(row.action).linked(Some(row.action.as_str().to_owned()))
        })
        .column(Kind::Number, "Steps", |row| Cell::new(grouped(row.steps)))
        .column(Kind::Number, "Accounts", |row| Cell::new(grouped(row.accounts)))
        .column(Kind::Share, "Share of accounts", move |row| {
            Cell::share(Share::new(color(row.action), row.accounts, accounts))
        })
        .optional();
    Section { body: Body::Table(table.build()), ..Section::default() }
}

/// Returns the category whose color an action has, which shows who must act.
const fn color(action: Action) -> Category {
    match action {
        Action::None => Category::Ok,
        Action::SupportTicket => Category::Support,
        Action::CorrectRequest => Category::Partner,
        Action::Wait | Action::AwaitFirstAggregation | Action::ContactInstitution => {
            Category::Institution
        }
        Action::Review => Category::Unknown,
        _ => Category::UserAction,
    }
}

/// Returns the verdicts on the codes of these steps, each once, ascending.
fn verdicts<'a>(steps: impl Iterator<Item = Step<'a>>) -> Vec<&'a Verdict<'a>> {
    let codes = steps.flat_map(|step| step.codes());
    let by_index: BTreeMap<usize, &Verdict<'_>> =
        codes.map(|code| (code.verdict.index, code.verdict)).collect();
    by_index.into_values().collect()
}

fn codes(step: Step<'_>) -> Vec<Code> {
    let mut codes: Vec<Code> = step.codes().iter().map(|count| count.code).collect();
    codes.sort_unstable();
    codes
}

/// The number of ids of a step that formats for people show, unless they list all steps. Machine
/// formats have all of them.
const MAX_IDS: usize = 20;
/// The number of ids of a step that a narrow terminal shows.
const MAX_BRIEF_IDS: usize = 1;

fn ids_cell<'a>(ids: impl Iterator<Item = Text<'a>>, max_ids: usize) -> Cell<'a> {
    let mut ids = ids.map(Text::into_owned);
    let shown: Vec<String> = ids.by_ref().take(max_ids).collect();
    let count = shown.len() + ids.count();
    if shown.is_empty() {
        return Cell::new("-");
    }
    let first = |limit: usize| match shown.get(..limit) {
        Some(first) if count > limit => {
            format!("{} and {} more", first.join(" "), grouped((count - limit) as u64))
        }
        _ => shown.join(" "),
    };
    let brief = if max_ids == usize::MAX { max_ids } else { MAX_BRIEF_IDS };
    Cell::new(first(max_ids)).with_brief(first(brief))
}
