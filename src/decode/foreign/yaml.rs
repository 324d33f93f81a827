//! YAML.

use std::ops::ControlFlow;

use super::{Foreign, Recognized, Sample, Step};

/// The kind of a line in YAML.
#[derive(PartialEq, Eq)]
enum Line<'a> {
    /// `key:` or `key: value`.
    Member { value: &'a [u8] },
    /// `- key: value` or `- value`.
    Item { is_member: bool },
    /// A comment, a directive, or the beginning of a document.
    Other,
    /// Anything else.
    No,
}

/// Recognizes inputs whose lines are nested members and items. Logs are not nested, and JSON quotes
/// every key.
pub(super) fn recognize(sample: &Sample<'_>) -> Step {
    let (mut has_parent, mut items) = (false, 0);
    let mut lines = sample.lines().peekable();
    while let Some(line) = lines.next() {
        let is_cut_off = lines.peek().is_none() && sample.cuts_off(line);
        match kind(line) {
            Line::No if is_cut_off => {}
            Line::No => return ControlFlow::Break(Recognized::Readable),
            Line::Member { value } => has_parent |= value.is_empty() && lines.peek().is_some(),
            Line::Item { is_member } => items += u32::from(is_member),
            Line::Other => {}
        }
    }
    ControlFlow::Break(if !sample.is_all {
        Recognized::Undecided
    } else if has_parent || items > 0 {
        Recognized::Foreign(Foreign::Yaml)
    } else {
        Recognized::Readable
    })
}

fn kind(line: &[u8]) -> Line<'_> {
    let line = line.trim_ascii();
    match line {
        [b'#' | b'%', ..] | b"---" => Line::Other,
        [b'-', b' ', rest @ ..] => {
            Line::Item { is_member: matches!(kind(rest), Line::Member { .. }) }
        }
        _ => {
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
            let name = line.iter().take_while(|byte| is_name(byte)).count();
            match &line[name..] {
                [b':'] if name > 0 => Line::Member { value: &[] },
                [b':', b' ', value @ ..] if name > 0 => Line::Member { value },
                _ => Line::No,
            }
        }
    }
}
