//! Recognizes summaries among snapshots by their first bytes, and reads them.

use std::borrow::Cow;
use std::fmt;
use std::io::{Cursor, Read};

use anyhow::{Context as _, Result};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::super::console::HintedError;
use super::super::merge::shards;
use crate::answer::summary::Summary;
use crate::decode::{Content, Reader};

/// The number of bytes that decide what an input is.
const HEAD: u64 = 64 * 1024;

const HINT: &str =
    "trend takes account JSON, and files that triage --summary-file or merge --json has written";

/// An input that has been opened.
pub enum Opened {
    /// Possibly account JSON, from its first byte on.
    Accounts(Content),
    /// A summary.
    Summary(Recorded),
}

/// A recorded summary.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// The fingerprint of the run's catalog; `None` for the sum of several runs.
    pub catalog: Option<String>,
    /// The fingerprint of the run's selection; `None` if it counted every account.
    pub selection: Option<String>,
    /// Whether the run read all of its input. A sum of several runs is always complete, because
    /// `merge` refuses incomplete ones.
    #[serde(default = "is_complete")]
    pub complete: bool,
    /// The counts.
    pub summary: Summary<'static>,
}

const fn is_complete() -> bool {
    true
}

/// Recognizes an input, and reads it if it is a summary. `name` is for errors.
pub fn recognize(name: &str, content: Content) -> Result<Opened> {
    let (mut reader, rewrap): (Reader, fn(Reader) -> Content) = match content {
        Content::Text(reader) => (reader, Content::Text),
        Content::Answer(reader) => (reader, Content::Answer),
        Content::Foreign(_) => return Ok(Opened::Accounts(content)),
    };
    let cannot_read = || format!("cannot read {name}");
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head).with_context(cannot_read)?;
    if !is_summary(&head) {
        return Ok(Opened::Accounts(rewrap(Box::new(Cursor::new(head).chain(reader)))));
    }
    reader.take(shards::MAX_SIZE).read_to_end(&mut head).with_context(cannot_read)?;
    shards::check_size(name, head.len())?;
    Ok(Opened::Summary(read(name, &head)?))
}

/// Returns the error about a directory with summaries and accounts. A directory of accounts is one
/// snapshot, but one of summaries is many.
pub fn refuse_mixture(name: &str) -> anyhow::Error {
    let hint = "keep summaries and accounts in different directories";
    let message = format!("{name}: its directory has both summaries and accounts");
    HintedError::new(message, Some(hint.to_owned())).into()
}

/// Returns the error about a selection of accounts from a summary.
pub fn refuse_selection(name: &str) -> anyhow::Error {
    let hint = "a summary has counts but no accounts: select them when it is written, with \
                triage --summary-file";
    let message = format!("{name} is a summary, from which no accounts can be selected");
    HintedError::new(message, Some(hint.to_owned())).into()
}

/// Returns the error about a summary whose run selected other accounts.
pub fn refuse_other_selection(name: &str) -> anyhow::Error {
    let hint = "use summaries of runs with the same --code, --customer, and other selection \
                options, and without any next to account JSON";
    let message = format!("{name}: its run and the other snapshots selected different accounts");
    HintedError::new(message, Some(hint.to_owned())).into()
}

fn read(name: &str, bytes: &[u8]) -> Result<Recorded> {
    let refuse =
        |reason: &str| HintedError::new(format!("{name}: {reason}"), Some(HINT.to_owned()));
    let text = std::str::from_utf8(bytes).map_err(|_| refuse("the summary is not UTF-8"))?;
    shards::check_version(name, text, HINT)?;
    let recorded: Recorded = serde_json::from_str(text).map_err(|error| {
        // The library's message may quote untrusted text. The location is enough.
        let location = format!("{name}:{}:{}", error.line(), error.column());
        HintedError::new(format!("{location}: not a summary of a run"), Some(HINT.to_owned()))
    })?;
    if !shards::adds_up(&recorded.summary) {
        return Err(refuse("its counts do not add up").into());
    }
    Ok(recorded)
}

/// Returns whether a document that begins with these bytes is a summary: it has the members of a
/// summary, and no others. The document of `triage --json` has a version too, but also accounts.
fn is_summary(head: &[u8]) -> bool {
    if !head.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let mut members = Members(Vec::new());
    let mut json = serde_json::Deserializer::from_slice(head);
    // A long document is cut off here. The members up to this point decide.
    let is_whole = (&mut members).deserialize(&mut json).is_ok();
    let has = |member| members.0.contains(&member);
    let decisive = if is_whole { Member::Summary } else { Member::Origin };
    has(Member::Version) && has(decisive) && !has(Member::Other)
}

/// A member of a document, as evidence for or against a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Version,
    /// The catalog, the inputs, or the shards.
    Origin,
    Summary,
    Detail,
    /// A member that no summary has.
    Other,
}

/// The members of a document, up to the first one that no summary has.
struct Members(Vec<Member>);

impl<'de> DeserializeSeed<'de> for &mut Members {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Members {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            let member = match &*key {
                "schemaVersion" => Member::Version,
                "catalog" | "inputs" | "shards" => Member::Origin,
                "summary" => Member::Summary,
                "connectFix" | "selection" | "complete" => Member::Detail,
                _ => Member::Other,
            };
            self.0.push(member);
            if member == Member::Other {
                return Err(A::Error::custom("not a summary"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_recognized_by_its_members_in_any_order_even_if_it_is_cut_off() {
        let summary = "\"summary\":{\"documents\":1}";
        for text in [
            format!("{{\"schemaVersion\":2,\"catalog\":\"a\",\"connectFix\":true,{summary}}}"),
            format!(" \n{{{summary},\"inputs\":[],\"complete\":false,\"schemaVersion\":1}}\n"),
            "{\"schemaVersion\":2,\"shards\":[{\"file\":\"a\",\"inp".to_owned(),
        ] {
            assert!(is_summary(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_document_with_any_other_member_is_not_a_summary() {
        for text in [
            "",
            "[]",
            "{}",
            "{\"summary\":{}}",
            "{\"schemaVersion\":2}",
            "{\"schemaVersion\":2,\"accounts\":[],\"summary\":{}}",
            "{\"schemaVersion\":2,\"summary\":{},\"accounts\":[]}",
            "{\"accounts\":[],\"schemaVersion\":2,\"catalog\":1,\"summary\":{}}",
            "{\"schemaVersion\":2,\"other\":[",
        ] {
            assert!(!is_summary(text.as_bytes()), "{text}");
        }
    }
}
