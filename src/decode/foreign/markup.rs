//! XML and HTML.

use std::ops::ControlFlow;

use super::{Foreign, Recognized, Sample, Step};

/// Beginnings, in lower case, that are sufficient proof.
const CERTAIN: &[(&[u8], Foreign)] = &[
    (b"<!doctype html", Foreign::Html),
    (b"<html", Foreign::Html),
    (b"<head>", Foreign::Html),
    (b"<body", Foreign::Html),
    (b"<?xml", Foreign::Xml),
];

/// Recognizes beginnings that are sufficient proof, whatever follows them.
pub(super) fn certain(sample: &Sample<'_>) -> Step {
    for &(beginning, foreign) in CERTAIN {
        let begins = sample.bytes.get(..beginning.len());
        if begins.is_some_and(|begins| begins.eq_ignore_ascii_case(beginning)) {
            return ControlFlow::Break(Recognized::Foreign(foreign));
        }
    }
    ControlFlow::Continue(())
}

/// Recognizes inputs that begin with a tag, a comment, or a declaration.
pub(super) fn recognize(sample: &Sample<'_>) -> Step {
    if !sample.bytes.starts_with(b"<") {
        return ControlFlow::Continue(());
    }
    let text = sample.bytes.to_ascii_lowercase();
    if !sample.is_all {
        return ControlFlow::Break(Recognized::Undecided);
    }
    // A line of a log may begin with text that resembles a tag.
    let is_markup = text.starts_with(b"<!") || is_tag(&text);
    ControlFlow::Break(if !is_markup || sample.has_json() {
        Recognized::Readable
    } else if memchr::memmem::find(&text, b"<html").is_some() {
        Recognized::Foreign(Foreign::Html)
    } else {
        Recognized::Foreign(Foreign::Xml)
    })
}

/// Returns whether text begins with a tag: a name, followed by attributes or the end of the tag.
fn is_tag(text: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(byte);
    let name = text[1..].iter().take_while(|byte| is_name(byte)).count();
    let begins_well = text.get(1).is_some_and(u8::is_ascii_alphabetic);
    let ends_well = matches!(text.get(1 + name), Some(b'>' | b'/' | b' ' | b'\n' | b'\r' | b'\t'));
    begins_well && ends_well && memchr::memchr(b'>', text).is_some()
}
