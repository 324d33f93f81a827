//! Accounts in other formats: with members in another order, indented, with long strings, or broken.

use super::scatter;

/// How an account is rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// The members are in a different order in each account.
    Shuffled,
    /// Every member is on its own line.
    Pretty,
    /// Each account has a string of two thousand characters.
    LongStrings,
    /// Each account has a key with an escape.
    EscapedNames,
    /// A truncated line precedes every twentieth account.
    BadLines,
}

impl Variant {
    /// Rewrites a compact account object in this format, followed by a line break.
    pub fn rewrite(self, account: &str, index: u64) -> String {
        let mut members = members(account);
        let text = match self {
            Self::Shuffled => {
                let mut bits = scatter(index ^ 0x5bd1_e995);
                for last in (1..members.len()).rev() {
                    members.swap(last, usize::try_from(bits >> 33).unwrap_or(0) % (last + 1));
                    bits = scatter(bits);
                }
                members.join(",")
            }
            Self::Pretty => {
                let lines: Vec<String> = members
                    .iter()
                    .map(|member| format!("\n  {}", member.replacen("\":", "\": ", 1)))
                    .collect();
                lines.join(",") + "\n"
            }
            Self::LongStrings => {
                format!("{},\"description\":\"{}\"", members.join(","), "Lorem ipsum ".repeat(170))
            }
            Self::EscapedNames => format!("{},\"n\\u0061me2\":\"x\"", members.join(",")),
            Self::BadLines => members.join(","),
        };
        let before = match self {
            Self::BadLines if index.is_multiple_of(20) => "{\"id\":\"1\",\"name\":\"cut o\n",
            _ => "",
        };
        format!("{before}{{{text}}}\n")
    }
}

/// Returns the members of a compact object, as written.
fn members(object: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut members) = (0, 1, Vec::new());
    for (at, byte) in object.bytes().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        let is_end = depth == 0 && byte == b'}';
        if is_end || depth == 1 && byte == b',' {
            members.push(&object[begin..at]);
            begin = at + 1;
        }
    }
    members
}
