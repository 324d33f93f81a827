//! What a read found, in a form that can be compared.

use std::io::{self, Read};

use statuscode::account::{Account, Code};
use statuscode::input::{Gather, Options, Position, Problem, Records, Stop, scan};

/// An account as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub id: Option<String>,
    pub customer: Option<String>,
    pub login: Option<String>,
    pub code: Option<Code>,
    pub success: Option<i64>,
    pub attempt: Option<i64>,
    /// Not compared with the oracle, which knows no lines.
    pub line: u64,
}

/// All that a read gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    pub accounts: Vec<Found>,
    pub invalid: Vec<(u64, u64, String)>,
    pub problems: Vec<Problem>,
    pub documents: usize,
}

impl Gathered {
    pub fn ids(&self) -> Vec<&str> {
        self.accounts
            .iter()
            .map(|account| account.id.as_deref().unwrap_or("-"))
            .collect()
    }

    pub fn without_lines(&self) -> Vec<Found> {
        self.accounts
            .iter()
            .map(|account| Found {
                line: 0,
                ..account.clone()
            })
            .collect()
    }

    pub fn places(&self) -> Vec<String> {
        self.invalid
            .iter()
            .map(|(line, column, _)| format!("{line}:{column}"))
            .collect()
    }
}

impl Records for Gathered {
    fn account(&mut self, account: &Account<'_>, at: Position) {
        let own = |text: Option<&str>| text.map(str::to_owned);
        self.accounts.push(Found {
            id: own(account.id),
            customer: own(account.customer_id),
            login: own(account.institution_login_id),
            code: account.aggregation_status_code,
            success: account.success,
            attempt: account.attempt,
            line: at.line,
        });
    }

    fn invalid(&mut self, at: Position, problem: Problem) {
        self.invalid
            .push((at.line, at.column(), problem.to_string()));
        self.problems.push(problem);
    }

    fn document(&mut self) {
        self.documents += 1;
    }
}

impl Gather for Gathered {
    type Part = Self;

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

/// Gives a few bytes at a time, and an interruption now and then, as signals do.
pub struct Chunks<'a> {
    rest: &'a [u8],
    size: usize,
    count: usize,
}

impl<'a> Chunks<'a> {
    pub fn new(rest: &'a [u8], size: usize) -> Self {
        Self {
            rest,
            size,
            count: 0,
        }
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.count += 1;
        if self.count.is_multiple_of(5) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let size = self.size.min(buffer.len());
        self.rest
            .take(size as u64)
            .read(buffer)
            .inspect(|&count| self.rest = &self.rest[count..])
    }
}

/// Fails when its bytes are used up.
struct Failing<R>(R);

impl<R: Read> Read for Failing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("gone")),
            count => Ok(count),
        }
    }
}

fn gather(reader: impl Read + Send, options: Options) -> (Gathered, bool) {
    let mut all = Gathered::default();
    let end = scan(reader, options, Gathered::default, |part: Gathered| {
        all.accounts.extend(part.accounts);
        all.invalid.extend(part.invalid);
        all.problems.extend(part.problems);
        all.documents += part.documents;
        Ok::<(), ()>(())
    });
    (all, matches!(end, Err(Stop::Read(_))))
}

pub fn read(input: &[u8], options: Options) -> Gathered {
    gather(input, options).0
}

pub fn read_with(input: &[u8], chunk: usize, options: Options) -> Gathered {
    gather(Chunks::new(input, chunk), options).0
}

pub fn read_failing(reader: Chunks<'_>, options: Options) -> (Gathered, bool) {
    gather(Failing(reader), options)
}
