//! The states of the accounts of all groups: a linked list for each group, because most groups have
//! few states.

use crate::account::Code;
use crate::catalog::Category;
use crate::classify::Verdict;

/// How many distinct unknown codes of a group are counted separately. Beyond that, the lowest ones
/// are, and the others are counted together: a list stays short whatever the input, and does not
/// depend on its order.
const UNKNOWN_CODES: usize = 16;

/// The end of a list.
pub const END: u32 = u32::MAX;

/// The accounts of one group in one state.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub accounts: u64,
    /// Only meaningful if `has_code`.
    code: Code,
    next: u32,
    /// The index of the verdict.
    pub verdict: u16,
    has_code: bool,
    is_unknown: bool,
}

impl Cell {
    pub fn new(verdict: &Verdict<'_>, code: Option<Code>) -> Self {
        let is_unknown = verdict.category == Category::Unknown;
        let code = if is_unknown { code } else { verdict.code };
        Self {
            accounts: 1,
            code: code.unwrap_or_default(),
            next: END,
            // There is one verdict for each code of the catalog, and not many more.
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

/// All lists.
#[derive(Debug, Clone, Default)]
pub struct Cells(Vec<Cell>);

impl Cells {
    /// Counts accounts of one state in the list that begins at `head`.
    pub fn add(&mut self, head: &mut u32, new: Cell) {
        let mut at = *head;
        let mut unknown = 0;
        // The unknown code that gives way to a lower one.
        let mut highest: Option<u32> = None;
        while let Some(cell) = self.0.get_mut(at as usize) {
            if cell.is_same(&new) {
                cell.accounts += new.accounts;
                return self.promote(*head, at);
            }
            if cell.is_unknown && cell.has_code {
                unknown += 1;
                let code = cell.code;
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
            Some(cell) if new.code < cell.code => {
                let next = cell.next;
                std::mem::replace(cell, Cell { next, ..new })
            }
            _ => new,
        };
        self.add(head, Cell { code: 0, has_code: false, ..rest });
    }

    /// Brings a cell to the front of its list if it has more accounts than the first: the state that
    /// most accounts have is found first, which saves following a list through memory.
    fn promote(&mut self, head: u32, at: u32) {
        let (first, cell) = (self.0[head as usize], self.0[at as usize]);
        if cell.accounts > first.accounts {
            self.0[head as usize] = Cell { next: first.next, ..cell };
            self.0[at as usize] = Cell { next: cell.next, ..first };
        }
    }

    fn push(&mut self, head: &mut u32, cell: Cell) {
        let index = u32::try_from(self.0.len()).unwrap_or(END);
        self.0.push(Cell { next: *head, ..cell });
        *head = index;
    }

    /// The list that begins at `head`.
    pub fn list(&self, head: u32) -> impl Iterator<Item = &Cell> {
        let mut at = head;
        std::iter::from_fn(move || {
            let cell = self.0.get(at as usize)?;
            at = cell.next;
            Some(cell)
        })
    }
}
