//! Every mode of reading an input has the same result.

use statuscode::account::OwnedAccount;
use statuscode::input::Options;

use super::collected::{Collected, read_until_invalid, read_with};

/// The number of threads, the block size, and the size of a read, in bytes.
const MODES: [(usize, usize, usize); 14] = [
    (1, 1, 1),
    (1, 64, 7),
    (1, 1 << 17, 1000),
    (1, 1 << 18, 65_536),
    (2, 64, 64),
    (2, 200, 33),
    (2, 1000, 1),
    (2, 1 << 17, 131_071),
    (3, 1000, usize::MAX),
    (7, 17, 5),
    (7, 300, 1000),
    (7, 40, 131_073),
    (8, 90, usize::MAX),
    (2, 1 << 18, 131_073),
];

/// Reads an input in every mode, and checks that the result is the same, also up to the first
/// invalid record.
pub fn read_in_every_mode(input: &[u8], max_record_size: u64) -> Collected {
    let options =
        |jobs, block_size| Options { max_record_size, block_size, ..Options::on_threads(jobs) };
    let first = read_with(input, usize::MAX, options(1, input.len() + 1));
    let (until, stopped) = read_until_invalid(input, usize::MAX, options(1, input.len() + 1));
    assert_eq!(stopped, !first.invalid.is_empty());
    assert!(until.invalid.len() <= 1 && first.accounts.starts_with(&until.accounts));
    for (jobs, block_size, chunk_size) in MODES {
        let mode = format!("{jobs} threads, blocks of {block_size}, reads of {chunk_size}");
        let again = read_with(input, chunk_size, options(jobs, block_size));
        assert_eq!(again, first, "{mode}: {}", String::from_utf8_lossy(input));
        if stopped {
            let again = read_until_invalid(input, chunk_size, options(jobs, block_size));
            assert_eq!(again.0, until, "{mode}: {}", String::from_utf8_lossy(input));
        }
    }
    first
}

/// Returns the accounts by offset, in the order of the oracle.
pub fn found(read: &Collected) -> Vec<(usize, OwnedAccount)> {
    let accounts = read.accounts.iter();
    let mut found: Vec<_> = accounts
        .map(|(account, at)| (usize::try_from(at.offset).unwrap(), account.clone()))
        .collect();
    super::oracle::sort(&mut found);
    found
}
