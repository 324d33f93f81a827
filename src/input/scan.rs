//! One input from its first byte to its last: blocks, walkers, and what is gathered of the accounts, in order.

use std::io::{self, Read};

use super::blocks::{Block, Blocks, Buffers};
use super::cut::Part;
use super::{Position, Records, Walker};
use crate::pipeline;

/// How an input is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Threads; with one, the input is read and walked on the calling thread.
    pub jobs: usize,
    /// Bytes that an account may have; one of more is an invalid record.
    pub max_record_size: u64,
    /// Bytes that are read at once.
    pub block_size: usize,
}

impl Options {
    /// A block that fits into the cache of one core, which makes reading it several times as fast.
    pub const BLOCK_SIZE: usize = 128 * 1024;
    /// 64 MiB.
    pub const MAX_RECORD_SIZE: u64 = 64 << 20;

    /// The usual sizes, on this many threads.
    #[must_use]
    pub const fn on_threads(jobs: usize) -> Self {
        Self {
            jobs,
            max_record_size: Self::MAX_RECORD_SIZE,
            block_size: Self::BLOCK_SIZE,
        }
    }
}

/// Collects what a run wants to know of the accounts of one part of the input.
pub trait Gather: Records {
    /// What was collected.
    type Part: Send;
    /// Gives what was collected so far, and begins anew.
    fn take(&mut self) -> Self::Part;
}

/// Why a scan ended early.
#[derive(Debug)]
pub enum Stop<E> {
    /// The input could not be read on.
    Read(io::Error),
    /// Whoever took the parts does not want more.
    Taken(E),
}

/// Blocks that are walked on the calling thread before others are begun: small inputs need no more.
const SMALL: usize = 4;

/// Walks an input and gives what was gathered to `taken`, part by part, in the order of the input.
///
/// Whatever `options.jobs` is, `taken` sees the same accounts in the same order, with the same positions.
///
/// # Errors
///
/// When the input cannot be read on, or when `taken` fails.
pub fn scan<G, E>(
    reader: impl Read + Send,
    options: Options,
    gatherer: impl Fn() -> G + Sync,
    mut taken: impl FnMut(G::Part) -> Result<(), E> + Send,
) -> Result<(), Stop<E>>
where
    G: Gather + Send,
    E: Send,
{
    let buffers = Buffers::new(options.block_size.max(1));
    let parallel = options.jobs > 1;
    let mut blocks = Blocks::new(reader, &buffers, parallel);
    let mut truth = Truth {
        walker: Walker::new(Position::START, options.max_record_size),
        gathered: gatherer(),
        taken: |part| taken(part).map_err(Stop::Taken),
    };
    let mut small = 0;
    while !parallel || small < SMALL {
        small += 1;
        let Some(block) = blocks.next().map_err(Stop::Read)? else {
            return truth.finish();
        };
        truth.join(Vec::new(), &block)?;
        buffers.give_back(block);
    }
    pipeline::run(
        options.jobs,
        || blocks.next().map_err(Stop::Read),
        || {
            let mut walker = Walker::new(Position::START, options.max_record_size);
            let mut own = gatherer();
            move |block: Block| (walk(&mut walker, &mut own, &block), block)
        },
        |(outcomes, block)| {
            truth.join(outcomes, &block)?;
            buffers.give_back(block);
            Ok(())
        },
    )?;
    truth.finish()
}

/// What a worker made of a part, in the belief that the part is what the cutter took it to be.
struct Outcome<P> {
    gathered: P,
    end: Position,
    holds_accounts: bool,
}

/// Walks the parts of a block on their own. A part gives no outcome where its walk did not end as it should.
fn walk<G: Gather>(
    walker: &mut Walker,
    gathered: &mut G,
    block: &Block,
) -> Vec<Option<Outcome<G::Part>>> {
    let outcomes = block.parts().map(|(part, at, bytes)| {
        match part {
            Part::Unknown => return None,
            Part::Documents => walker.restart(at),
            Part::Elements { in_accounts } => walker.restart_behind_element(at, in_accounts),
        }
        walker.feed(bytes, gathered);
        let whole = if part == Part::Documents {
            walker.is_between_documents()
        } else {
            walker.is_whole()
        };
        let outcome = Outcome {
            gathered: gathered.take(),
            end: walker.position(0),
            holds_accounts: walker.holds_accounts(),
        };
        whole.then_some(outcome)
    });
    outcomes.collect()
}

/// The one walker that knows everything that came before.
///
/// It takes over what a worker made of a part if the worker began in the state in which this walker is, and walks the
/// part itself otherwise. So the answer is that of one walker from the first byte to the last.
struct Truth<G, T> {
    walker: Walker,
    gathered: G,
    taken: T,
}

impl<G, E, T> Truth<G, T>
where
    G: Gather,
    T: FnMut(G::Part) -> Result<(), Stop<E>>,
{
    fn join(
        &mut self,
        outcomes: Vec<Option<Outcome<G::Part>>>,
        block: &Block,
    ) -> Result<(), Stop<E>> {
        let mut outcomes = outcomes.into_iter();
        for (part, _, bytes) in block.parts() {
            let fits = match part {
                Part::Unknown => false,
                Part::Documents => self.walker.is_between_documents(),
                Part::Elements { in_accounts } => self.walker.is_behind_element(in_accounts),
            };
            if let Some(outcome) = outcomes.next().flatten().filter(|_| fits) {
                self.walker.pass(outcome.end, outcome.holds_accounts);
                (self.taken)(outcome.gathered)?;
            } else {
                self.walker.feed(bytes, &mut self.gathered);
                (self.taken)(self.gathered.take())?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), Stop<E>> {
        self.walker.finish(&mut self.gathered);
        (self.taken)(self.gathered.take())
    }
}
