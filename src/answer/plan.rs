//! What `plan` reports: the repair work, step by step.

mod instruction;
mod record;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::meaning::meanings;
use super::report::share_limit;
use super::summary::subjects;
use super::triage::{Invalid, invalid_records};
use super::{
    Answer, Body, Cell, Complete, Kind, Overview, Report, Section, Share, Table, Text, Tile,
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
    /// Accounts and API errors that need a step, whatever `only` lists.
    pub need_step: u64,
    /// What was read.
    pub tally: &'a Tally,
    /// What goes into requests.
    pub requests: &'a RequestOptions,
    /// Names of institutions, for people.
    pub institutions: &'a Institutions,
    /// How many steps a report lists.
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
        let shares = share_limit(&lengths, self.limit);
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
            count(accounts, "account", "actions").noted(format!("of {}", subjects(self.tally))),
            count(requests, "ready request", "actions"),
        ];
        for (action, noun) in [(Action::SupportTicket, "ticket"), (Action::Wait, "wait")] {
            if let Some(row) = by_action.iter().find(|row| row.action == action) {
                let accounts = format!("for {}", Count(row.accounts, "account"));
                tiles.push(count(row.steps, noun, action.as_str()).noted(accounts));
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
    /// Whether a listed step lacks its request only because the partner id is missing.
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
        let mut by_action = ByAction::of(self.steps);
        by_action.retain(|row| self.lists(row.action));
        by_action
    }

    fn headline(&self, by_action: &[ByAction]) -> String {
        let mut text = self.outcome(by_action);
        if self.tally.unselected > 0 {
            text += &format!("; {} not selected", grouped(self.tally.unselected));
        }
        text
    }

    fn outcome(&self, by_action: &[ByAction]) -> String {
        let all = subjects(self.tally);
        if self.need_step == 0 && self.tally.accounts() + self.tally.api_errors == 0 {
            return all;
        }
        if self.need_step == 0 {
            return format!("{all}: nothing to repair");
        }
        let cleared = by_action.iter().map(|row| row.accounts).sum();
        let steps = Count(by_action.iter().map(|row| row.steps).sum(), "step");
        if self.need_step > self.tally.accounts() + self.tally.api_errors {
            // An earlier record names the id that the selection asks for, and the last one does not.
            return format!("{steps} for {}", Count(cleared, "account"));
        }
        format!("{steps} for {} of {all}", grouped(cleared))
    }

    /// The first steps of one action.
    fn group(&self, counts: &ByAction, shown: usize) -> Section<'_> {
        let steps: Vec<_> = self.steps.with_action(counts.action).take(shown).collect();
        let is_for_customers = steps.first().is_some_and(Step::is_for_customer);
        let table = if is_for_customers {
            for_customers(steps, self.institutions)
        } else {
            for_institutions(steps, self.institutions)
        };
        let accounts = Count(counts.accounts, "account");
        Section {
            id: counts.action.as_str().to_owned(),
            heading: format!("{} ({accounts})", capitalized(counts.action.description())).into(),
            intro: instruction::of_action(counts.action).into(),
            body: Body::Checklist(table),
            more: counts.steps - shown as u64,
            ..Section::default()
        }
    }
}

/// Steps that a customer does.
fn for_customers<'a>(steps: Vec<Step<'a>>, names: &'a Institutions) -> Table<'a> {
    Table::of(steps)
        .column(Kind::Id, "Customer", |step| Cell::new(or_dash(step.customer_id())))
        .column(institution_kind(names), "Institution", move |step| {
            institution_cell(names, step.institution_id())
        })
        .column(Kind::Id, "Login", |step| Cell::new(or_dash(step.institution_login_id())))
        .column(Kind::Ids, "Account ids", |step| ids_cell(step.account_ids()))
        .column(Kind::Number, "Accounts", |step| Cell::new(grouped(step.accounts())))
        .column(Kind::Codes, "Codes", |step| {
            let codes: Vec<String> = codes(*step).iter().map(ToString::to_string).collect();
            Cell::new(codes.join(" "))
        })
        .build()
}

/// Steps for an institution and code, with everything that a ticket has to name.
fn for_institutions<'a>(steps: Vec<Step<'a>>, names: &'a Institutions) -> Table<'a> {
    Table::of(steps)
        .column(institution_kind(names), "Institution", move |step| {
            institution_cell(names, step.institution_id())
        })
        .column(Kind::Codes, "Code", |step| Cell::new(or_dash(codes(*step).first())))
        .column(Kind::Number, "Accounts", |step| Cell::new(grouped(step.accounts())))
        .column(Kind::Word, "Last attempt", |step| {
            Cell::new(or_dash(step.last_attempt().and_then(iso_8601)))
        })
        .column(Kind::Ids, "Customer ids", |step| ids_cell(step.customer_ids()))
        .column(Kind::Ids, "Account ids", |step| ids_cell(step.account_ids()))
        .build()
}

/// The work at a glance.
pub fn overview<'a>(by_action: impl Into<Cow<'a, [ByAction]>>) -> Section<'a> {
    let by_action = by_action.into();
    let accounts = by_action.iter().map(|row| row.accounts).sum();
    let table = Table::of(by_action)
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

/// The category whose color an action has: who acts.
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

/// What the codes of these steps mean, each once, ascending.
fn verdicts<'a>(steps: impl Iterator<Item = Step<'a>>) -> Vec<&'a Verdict<'a>> {
    let parts = steps.flat_map(|step| step.codes());
    let by_index: BTreeMap<usize, &Verdict<'_>> =
        parts.map(|part| (part.verdict.index, part.verdict)).collect();
    by_index.into_values().collect()
}

fn codes(step: Step<'_>) -> Vec<Code> {
    let mut codes: Vec<Code> = step.codes().iter().map(|part| part.code).collect();
    codes.sort_unstable();
    codes
}

/// Ids of one step that people are shown. The records have all of them.
const SHOWN_IDS: usize = 20;
/// Ids of one step in a terminal that is too narrow for these.
const BRIEF_IDS: usize = 1;

fn ids_cell<'a>(ids: impl Iterator<Item = Text<'a>>) -> Cell<'a> {
    let mut ids = ids.map(Text::into_owned);
    let shown: Vec<String> = ids.by_ref().take(SHOWN_IDS).collect();
    let count = shown.len() + ids.count();
    if shown.is_empty() {
        return Cell::new("-");
    }
    let first = |most: usize| match shown.get(..most) {
        Some(first) if count > most => {
            format!("{} and {} more", first.join(" "), grouped((count - most) as u64))
        }
        _ => shown.join(" "),
    };
    Cell::new(first(SHOWN_IDS)).or_brief(first(BRIEF_IDS))
}
