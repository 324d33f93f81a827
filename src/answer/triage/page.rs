//! The parts of the answer of `triage` that only an HTML page shows: how failing accounts spread,
//! and the repair work.

use super::super::plan::{ByAction, overview};
use super::super::report::{Audience, Section, Tile};
use crate::catalog::Category;
use crate::plan::Steps;
use crate::spread::Spread;
use crate::text::{Count, grouped, plural};

/// What only an HTML page shows.
#[derive(Debug)]
pub struct PageData {
    /// The failing accounts by institution and by days failing.
    pub spread: Spread,
    /// The repair work, as `plan` counts it.
    pub work: Vec<ByAction>,
    /// The number of accounts that became tickets because they have waited too long.
    pub overdue: u64,
    /// Whether the repair work is too much to count for a page.
    is_uncounted: bool,
}

impl PageData {
    /// Counts these steps; `None` means that they are too many to count.
    #[must_use]
    pub fn new(spread: Spread, steps: Option<&Steps<'_>>) -> Self {
        let Some(steps) = steps else {
            return Self { spread, work: Vec::new(), overdue: 0, is_uncounted: true };
        };
        let overdue = steps.iter().filter(|step| step.overdue().is_some());
        Self {
            spread,
            work: ByAction::from_steps(steps),
            overdue: overdue.map(|step| step.accounts()).sum(),
            is_uncounted: false,
        }
    }

    /// Adds the figures of the repair work.
    pub(super) fn add_tiles(&self, tiles: &mut Vec<Tile>) {
        let support = tiles.iter_mut().find(|tile| tile.category == Some(Category::Support));
        if let Some(tickets) = support
            && self.overdue > 0
        {
            tickets.note = format!("and {} after waiting too long", grouped(self.overdue));
        }
        let (steps, accounts) = self.totals();
        if steps > 0 {
            let tile = Tile::new(steps, plural(steps, "repair step"), "work");
            tiles.push(tile.with_note(format!("for {}", Count(accounts, "account"))));
        }
    }

    fn totals(&self) -> (u64, u64) {
        let steps = self.work.iter().map(|row| row.steps).sum();
        (steps, self.work.iter().map(|row| row.accounts).sum())
    }

    /// Returns the repair work by action, with the same counts as in `plan`.
    pub(super) fn work(&self) -> Option<Section<'_>> {
        if self.is_uncounted {
            return Some(Section {
                id: "work".to_owned(),
                heading: "Repair work".into(),
                intro: "Too many accounts need repair to list the work here: run statuscode plan."
                    .into(),
                audience: Audience::Page,
                ..Section::default()
            });
        }
        let (steps, accounts) = self.totals();
        let verb = if steps == 1 { "repairs" } else { "repair" };
        let mut intro = format!(
            "{} {verb} {}; statuscode plan lists them. If an account appears more than once, its \
             last state counts.",
            Count(steps, "step"),
            Count(accounts, "account"),
        );
        if self.overdue > 0 {
            let verb = if self.overdue == 1 { "needs" } else { "need" };
            intro += &format!(
                " {} {verb} a ticket after waiting too long.",
                Count(self.overdue, "account")
            );
        }
        (!self.work.is_empty()).then(|| Section {
            id: "work".to_owned(),
            heading: "Repair work".into(),
            intro: intro.into(),
            audience: Audience::Page,
            ..overview(&self.work[..])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_if_there_is_too_much_work_to_count() {
        let page = PageData::new(Spread::default(), None);
        let intro = page.work().map(|section| section.intro.into_owned());
        assert!(intro.is_some_and(|intro| intro.contains("statuscode plan")));
    }
}
