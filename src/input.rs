//! Turns bytes into accounts: JSON of any shape and size, in one pass and in bounded memory.
//!
//! | module | purpose |
//! |---|---|
//! | `json` | parses JSON (RFC 8259) in chunks of any size: events, positions, recovery; finds where to split an input |
//! | `account` | the rule: which objects are accounts, and which of their members count |
//! | `parser` | applies both to one input |
//! | `chunks`, `scan` | read an input in chunks on several threads, in order |
//! | `read` | does the same on one thread, as an iterator |

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
