//! From bytes to accounts: JSON of any shape and size, in one pass and in bounded memory.
//!
//! | module | what it is |
//! |---|---|
//! | `json` | RFC 8259, in pieces of any size: events for a handler, positions, recovery; where an input may be split |
//! | `account` | the rule: which objects are accounts, and what they say |
//! | `parser` | both at work on one input |
//! | `chunks`, `scan` | an input in chunks, on several threads, in order |
//! | `read` | the same for one thread, as an iterator |

mod account;
mod chunks;
mod error;
mod json;
mod parser;
mod read;
mod scan;
mod sink;

pub use error::RecordError;
pub use json::{Instructions, MAX_DEPTH, MAX_TOKEN, Position, SyntaxError};
pub use read::{Accounts, InputError, read};
pub use scan::{Options, ReadError, Scan, scan};
pub use sink::{Batch, Sink};
