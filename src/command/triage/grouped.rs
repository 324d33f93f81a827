//! Counts the accounts by group, for `triage --by`.

use anyhow::Result;

use super::super::batch::{Collect, Reader};
use super::super::context::Out;
use super::Run;
use crate::answer::group::{
    ByCode, ByCustomer, ByInstitution, ByLogin, Grouping, Groups as Answer,
};
use crate::answer::triage::Location;
use crate::catalog::Category;
use crate::classify::Finding;
use crate::cli::GroupBy;
use crate::group::{Batch, By, Counts, Groups};
use crate::select::Selection;

/// Counts the accounts by group, and writes the groups.
pub fn run<'a>(run: &Run<'a>, by: GroupBy, out: &mut Out<'_>) -> Result<Reader<'a>> {
    let by_id = match by {
        GroupBy::Institution => Some(By::Institution),
        GroupBy::Customer => Some(By::Customer),
        GroupBy::Login => Some(By::Login),
        // The tally already counts by code.
        GroupBy::Code => None,
    };
    let mut groups = by_id.map(Groups::new);
    let reader = run.read(
        false,
        |_| CollectGroups::new(by_id),
        |batch| {
            if let (Some(groups), Some(batch)) = (&mut groups, batch) {
                groups.extend(&batch);
            }
            Ok(())
        },
    )?;
    let is_shown = |counts: &Counts| is_shown(&run.args.only, counts);
    let ranked = groups.map(|groups| groups.rank(run.classifier, is_shown));
    let names = run.institutions;
    match (by, ranked) {
        (GroupBy::Institution, Some(groups)) => {
            let is_whole = run.selection.is_none_or(Selection::selects_whole_institutions);
            answer(run, reader, ByInstitution { groups, names, is_whole }, out)
        }
        (GroupBy::Customer, Some(groups)) => answer(run, reader, ByCustomer { groups }, out),
        (GroupBy::Login, Some(groups)) => answer(run, reader, ByLogin { groups, names }, out),
        (_, _) => {
            let tally = reader.tally.clone();
            let codes = ByCode::new(tally.rows(run.classifier), is_shown);
            answer(run, reader, codes, out)
        }
    }
}

/// Returns whether a group is shown: if `only` names categories, a group needs an account in any of
/// them.
fn is_shown(only: &[Category], counts: &Counts) -> bool {
    only.is_empty() || only.iter().any(|&category| counts.in_category(category) > 0)
}

fn answer<'a, G: Grouping>(
    run: &Run<'a>,
    mut reader: Reader<'a>,
    grouping: G,
    out: &mut Out<'_>,
) -> Result<Reader<'a>> {
    let invalid = std::mem::take(&mut reader.invalid.listed);
    let answer = Answer {
        grouping,
        tally: &reader.tally,
        classifier: run.classifier,
        scope: reader.scope(&run.args.selection),
        only: &run.args.only,
        limit: run.context.limit(run.args.limit),
        invalid,
    };
    run.context.answer(out, run.renderer, &answer, run.args.limit)?;
    Ok(reader)
}

/// Packs findings to be counted by group. By code, there is nothing to pack.
pub struct CollectGroups(Option<Batch>);

impl CollectGroups {
    pub fn new(by: Option<By>) -> Self {
        Self(by.map(Batch::new))
    }
}

impl Collect for CollectGroups {
    type Output = Option<Batch>;

    #[inline]
    fn finding(&mut self, finding: &Finding<'_, '_>, _location: Location<'_>) {
        if let Some(batch) = &mut self.0 {
            batch.add(finding);
        }
    }

    fn take(&mut self) -> Option<Batch> {
        self.0.as_mut().map(Batch::take)
    }
}
