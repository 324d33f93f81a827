//! CSV, with commas, semicolons, or tabs.

use std::ops::ControlFlow;

use super::{Foreign, Recognized, Sample, Step};

/// Recognizes inputs whose first line is a row of headings, followed by a row of as many cells.
///
/// Rows of quoted cells with tabs between them are also valid JSON, a sequence of strings. But
/// programs write tables like that, and nobody writes accounts like that.
pub(super) fn recognize(sample: &Sample<'_>) -> Step {
    let mut lines = sample.lines();
    let Some(headings) = lines.next() else {
        return ControlFlow::Break(Recognized::Undecided);
    };
    let Some(separator) = [b',', b';', b'\t'].into_iter().find(|&by| is_heading(headings, by))
    else {
        return ControlFlow::Continue(());
    };
    let Some(row) = lines.next() else {
        // Headings alone are a table without rows.
        return ControlFlow::Break(if sample.is_all && !sample.is_cut_off {
            Recognized::Foreign(foreign(separator))
        } else {
            Recognized::Undecided
        });
    };
    let (expected, found) = (cells(headings, separator).count(), cells(row, separator).count());
    let is_row =
        found == expected || found < expected && lines.next().is_none() && sample.cuts_off(row);
    if is_row && !matches!(row.trim_ascii_start(), [b'{' | b'[', ..]) {
        return ControlFlow::Break(Recognized::Foreign(foreign(separator)));
    }
    ControlFlow::Continue(())
}

const fn foreign(separator: u8) -> Foreign {
    if separator == b'\t' { Foreign::Tsv } else { Foreign::Csv }
}

/// Returns whether a line has several cells, all of which are names.
fn is_heading(line: &[u8], separator: u8) -> bool {
    cells(line, separator).count() > 1 && cells(line, separator).all(is_name)
}

/// Returns whether a cell is a name, quoted or not: letters, digits, and common separators. Leading
/// blanks, colons, and brackets are not part of a name: they also occur between the commas of logs
/// and JSON.
fn is_name(cell: &[u8]) -> bool {
    let cell = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell);
    let is_inner =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. /()#".contains(byte) || *byte >= 0x80;
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || b"_#".contains(byte) || *byte >= 0x80;
    cell.first().is_some_and(is_first) && cell.last() != Some(&b' ') && cell.iter().all(is_inner)
}

/// Returns the cells of a line. A separator in quotes does not separate cells.
fn cells(line: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut is_quoted = false;
    line.strip_suffix(b"\r").unwrap_or(line).split(move |&byte| {
        is_quoted ^= byte == b'"';
        byte == separator && !is_quoted
    })
}
