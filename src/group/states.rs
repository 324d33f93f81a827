//! The states of the accounts of all groups: one linked list for each group, because most groups
//! have few states.

use crate::account::Code;
use crate::catalog::Category;
use crate::classify::Verdict;

/// The number of distinct unknown codes of a group that are counted separately. If there are more,
/// the lowest ones are, and the others are counted together. This keeps a list short whatever the
/// input, and independent of the order of the accounts.
const UNKNOWN_CODES: usize = 16;

/// The end of a list.
pub const END: u32 = u32::MAX;

/// The number of accounts of one group in one state: a node of a list.
#[derive(Debug, Clone, Copy)]
pub struct StateCount {
    pub accounts: u64,
    /// Meaningful only if `has_code`.
    code: Code,
    /// The index of the next node, or [`END`].
    next: u32,
    /// The index of the verdict.
    pub verdict: u16,
    has_code: bool,
    is_unknown: bool,
}

impl StateCount {
    pub fn new(verdict: &Verdict<'_>, code: Option<Code>) -> Self {
        let is_unknown = verdict.category == Category::Unknown;
        let code = if is_unknown { code } else { verdict.code };
        Self {
            accounts: 1,
            code: code.unwrap_or_default(),
            next: END,
            // There is one verdict for each code of the catalog, and few others.
            verdict: u16::try_from(verdict.index).unwrap_or(u16::MAX),
            has_code: code.is_some(),
            is_unknown,
        }
    }

    pub fn code(&self) -> Option<Code> {
        self.has_code.then_some(self.code)
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.verdict, self.code, self.has_code) == (other.verdict, other.code, other.has_code)
    }
}

/// The nodes of all lists.
#[derive(Debug, Clone, Default)]
pub struct StateLists(Vec<StateCount>);

impl StateLists {
    /// Adds a count to the list that begins at `head`.
    pub fn add(&mut self, head: &mut u32, new: StateCount) {
        let mut at = *head;
        let mut unknown = 0;
        // The node with the highest unknown code, which gives way to a lower one.
        let mut highest: Option<u32> = None;
        while let Some(state) = self.0.get_mut(at as usize) {
            if state.is_same(&new) {
                state.accounts += new.accounts;
                return self.promote(*head, at);
            }
            if state.is_unknown && state.has_code {
                unknown += 1;
                let code = state.code;
                if highest.is_none_or(|highest| self.0[highest as usize].code < code) {
                    highest = Some(at);
                }
            }
            at = self.0[at as usize].next;
        }
        if !(new.is_unknown && new.has_code) || unknown < UNKNOWN_CODES {
            return self.push(head, new);
        }
        let rest = match highest.and_then(|highest| self.0.get_mut(highest as usize)) {
            Some(state) if new.code < state.code => {
                let next = state.next;
                std::mem::replace(state, StateCount { next, ..new })
            }
            _ => new,
        };
        self.add(head, StateCount { code: 0, has_code: false, ..rest });
    }

    /// Moves a node to the front of its list if it has more accounts than the first. The most
    /// frequent state is then found without following the list through memory.
    fn promote(&mut self, head: u32, at: u32) {
        let (first, state) = (self.0[head as usize], self.0[at as usize]);
        if state.accounts > first.accounts {
            self.0[head as usize] = StateCount { next: first.next, ..state };
            self.0[at as usize] = StateCount { next: state.next, ..first };
        }
    }

    fn push(&mut self, head: &mut u32, state: StateCount) {
        let index = u32::try_from(self.0.len()).unwrap_or(END);
        self.0.push(StateCount { next: *head, ..state });
        *head = index;
    }

    /// Returns the list that begins at `head`.
    pub fn list(&self, head: u32) -> impl Iterator<Item = &StateCount> {
        let mut at = head;
        std::iter::from_fn(move || {
            let state = self.0.get(at as usize)?;
            at = state.next;
            Some(state)
        })
    }
}
